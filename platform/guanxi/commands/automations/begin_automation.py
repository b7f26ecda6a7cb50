"""Begin an automation for a record."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.actor import SYSTEM
from guanxi.commands.automations.beginning import Beginning, begin
from guanxi.commands.once_only import first_time
from guanxi.commands.workspace import Turn, Workspace


async def begin_automation(workspace: Workspace, payload: Mapping[str, Any]) -> None:
    """Do it once for its occasion, however often the job comes; the payload is that of the job.

    Raises:
        Refused: an effect is refused; then nothing is done, and an administrator sees why.
    """
    beginning = Beginning.of(payload)

    async def work(turn: Turn) -> None:
        if await first_time(turn, beginning.occasion):
            await begin(turn, beginning)

    await workspace.write(SYSTEM, work)
