"""Compute published formulas for the records that were there before, a few at a time."""

from guanxi.commands.actor import Actor
from guanxi.commands.effects.settling import settle
from guanxi.commands.recomputing import recompute_stored
from guanxi.commands.records.related import refresh_following
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict
from guanxi.storage.backfills import Backfill, advance_backfill, backfills, next_backfill
from guanxi.storage.computed import next_ids
from guanxi.storage.faults import ReleaseMoved

FASTER = N_("Another process has computed these meanwhile.")
UPKEEP = Actor(user_id=None, name="upkeep", channel="system", roles=frozenset())
BATCH = 500
MOST = 20
"""Batches of one round: then other jobs have their turn."""


async def compute_formulas(workspace: Workspace) -> int:
    """Go on with what is left to compute, and return how many records were done.

    A crash loses one batch at most, which is done again. Several processes may do this at once.
    """
    total = 0
    for _ in range(MOST):
        try:
            done = await _one_batch(workspace)
        except (ReleaseMoved, Conflict):
            # Another release went live, or another process was faster.
            workspace.database.look_again()
            continue
        if done is None:
            break
        total += done
    return total


async def formula_progress(workspace: Workspace, limit: int = 20) -> list[Backfill]:
    """How far computing is, newest first."""
    async with workspace.database.reading() as session:
        return await backfills(session, limit)


async def _one_batch(workspace: Workspace) -> int | None:
    release = await workspace.database.live_release()
    if release is None:
        return None
    async with workspace.database.reading() as session:
        if await next_backfill(session) is None:
            return None
    catalog = await workspace.live()
    now = workspace.clock.now()
    async with workspace.database.transaction(catalog.digest) as session:
        backfill = await next_backfill(session)
        if backfill is None:
            return None
        entity = catalog.entities.get(backfill.entity)
        ids = (
            await next_ids(session, entity, backfill.through, backfill.up_to, BATCH)
            if entity is not None
            else []
        )
        if entity is not None and ids:
            turn = Turn(session, catalog, workspace.catalogs, UPKEEP, now, workspace.settings.timezone)
            changes = await recompute_stored(session, catalog, entity, ids, turn.variables)
            await refresh_following(turn, entity, changes)
            await settle(turn)
        through = ids[-1] if len(ids) == BATCH else backfill.up_to
        finished = None if len(ids) == BATCH else now
        if not await advance_backfill(session, backfill, through, len(ids), finished):
            raise Conflict(FASTER)
        return len(ids)
