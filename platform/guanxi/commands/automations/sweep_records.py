"""Look at the records of an automation that begins at times."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.actor import SYSTEM
from guanxi.commands.automations.scheduling import Sweep, sweep_chunk
from guanxi.commands.once_only import first_time
from guanxi.commands.workspace import Turn, Workspace


async def sweep_records(workspace: Workspace, payload: Mapping[str, Any]) -> None:
    """Look at one chunk of them, once, however often the job comes; the next chunk is a job of its own."""
    sweep = Sweep(**payload)

    async def work(turn: Turn) -> None:
        if await first_time(turn, sweep.occasion):
            await sweep_chunk(turn, sweep)

    await workspace.write(SYSTEM, work)
