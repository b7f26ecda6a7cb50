"""Tell a running automation what happened to its record."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.actor import SYSTEM
from guanxi.commands.automations.hearing import Heard, hear
from guanxi.commands.once_only import first_time
from guanxi.commands.workspace import Turn, Workspace


async def tell_automation(workspace: Workspace, payload: Mapping[str, Any]) -> None:
    """Tell it once, however often the job comes; the payload is that of the job.

    Raises:
        Refused: an effect is refused; then nothing is done, and an administrator sees why.
    """
    heard = Heard.of(payload)

    async def work(turn: Turn) -> None:
        if await first_time(turn, heard.occasion):
            await hear(turn, heard)

    await workspace.write(SYSTEM, work)
