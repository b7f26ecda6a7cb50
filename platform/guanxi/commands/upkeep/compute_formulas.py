"""Compute published formulas for the records that were there before, a few at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Column, Entity
from guanxi.errors import N_, Conflict
from guanxi.records.completing import recompute
from guanxi.records.needs import needs_of
from guanxi.storage.backfills import Backfill, advance_backfill, backfills, next_backfill
from guanxi.storage.computed import next_ids, store_computed
from guanxi.storage.faults import ReleaseMoved
from guanxi.storage.records import load
from guanxi.storage.session import Session

FASTER = N_("Another process has computed these meanwhile.")
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
    variables = {"me": None, "now": now, "today": now.astimezone(workspace.settings.timezone).date()}
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
            await _compute(session, catalog, entity, ids, variables)
        through = ids[-1] if len(ids) == BATCH else backfill.up_to
        finished = None if len(ids) == BATCH else now
        if not await advance_backfill(session, backfill, through, len(ids), finished):
            raise Conflict(FASTER)
        return len(ids)


async def _compute(
    session: Session, catalog: Catalog, entity: Entity, ids: Sequence[int], variables: Mapping[str, Any]
) -> None:
    needs = needs_of(entity)
    paths = {name for name, one in entity.fields.items() if one.columns or one.lines is not None}
    paths |= needs.record
    paths |= {f"{lines}.{path}" for lines, some in needs.lines.items() for path in some}
    records = await load(session, catalog, entity, ids, paths)
    for record in records.values():
        recompute(entity, record, variables)
    await store_computed(session, entity, computed_columns(entity), records.values())
    for one in entity.line_fields:
        if one.lines is not None:
            lines = [line for record in records.values() for line in record.get(one.name) or ()]
            await store_computed(session, one.lines, computed_columns(one.lines), lines)


def computed_columns(holder: Entity) -> tuple[Column, ...]:
    """The columns of the fields that have a formula."""
    return tuple(
        column for one in holder.fields.values() if one.formula is not None for column in one.columns
    )
