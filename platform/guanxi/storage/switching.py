"""From the live release to the next while everybody works: expand, move in batches, switch.

Until the switch the release before is live and sees nothing of it: what is added are columns that it does not
know. Whoever writes meanwhile is found in the audit, and converted again in the switch, beside which nobody
writes. When something stands against it, nothing has changed for anybody.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from guanxi.definitions import Catalog
from guanxi.definitions.changes_identity import Identity
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Conflict, GuanxiError
from guanxi.storage.backfills import Formulas, start_backfills
from guanxi.storage.columns import quoted
from guanxi.storage.database import Database
from guanxi.storage.expansion import create_index, expand, plan_expansion
from guanxi.storage.faults import ConstraintBroken, ReleaseMoved
from guanxi.storage.field_columns import FieldColumn, columns_of_catalog, store_field_columns
from guanxi.storage.indexes import Index
from guanxi.storage.introspection import read_existing
from guanxi.storage.live import LiveRelease
from guanxi.storage.moving import PAUSE, Move, Outcome, read_batch, read_touched, write_batch
from guanxi.storage.releases import MOVED, alone, go_live, require_live
from guanxi.storage.replacing import audit_replaced
from guanxi.storage.session import Session

TAKEN = N_("A value would occur twice where it must not. Change the records, then publish again.")


class MoveRefused(GuanxiError):
    """Records that were written meanwhile cannot be converted; nothing was changed."""

    def __init__(self, move: Move, outcome: Outcome) -> None:
        self.move, self.outcome = move, outcome
        super().__init__(
            f"{outcome.failing} values of {move.holder.name}.{move.after.name} cannot be converted"
        )


@dataclass(frozen=True)
class Switch:
    """Everything that is decided: over which release which catalog, what to move and to compute."""

    over: str
    catalog: Catalog
    identity: Identity
    known: Sequence[FieldColumn]
    moves: Sequence[Move] = ()
    formulas: Formulas = field(default_factory=dict)
    lossy: bool = False
    """Whether it is accepted that values cannot be turned back."""


async def switch(
    database: Database, plan: Switch, *, at: datetime, by: int | None = None, note: str = ""
) -> LiveRelease:
    """Carry it out; may be called again after a crash at any point, and then begins where it has to.

    Raises:
        Conflict: another release is live than `over`, or values occur twice where they must not.
        DefinitionsRefused: a unique index cannot be made.
        MoveRefused: values that were written meanwhile cannot be converted.
        Unavailable: other requests kept the database busy all the while.
    """
    mark, left = await alone(database, lambda session: _expand(session, plan))
    passed = {number: await _move(database, plan, move) for number, move in enumerate(plan.moves)}
    await _make_indexes(database, left)
    if plan.moves:
        # Most of what was written meanwhile is converted here, so that the switch has little left to do.
        before, mark = mark, await alone(database, _newest_audit)
        for number, move in enumerate(plan.moves):
            async with _pinned(database, plan) as session:
                passed[number] = await _again(session, plan, move, before, passed[number])
    try:
        live = await alone(
            database, lambda session: _switch(session, plan, mark, passed, at=at, by=by, note=note)
        )
    except ConstraintBroken as broken:
        raise Conflict(TAKEN) from broken
    database.look_again()
    return live


async def _expand(session: Session, plan: Switch) -> tuple[int, list[tuple[Entity, Index]]]:
    """Add what is missing; nobody writes at this moment, so the mark in the audit is exact."""
    await require_live(session, plan.over)
    left = await expand(session, plan.catalog, later=True)
    await store_field_columns(session, (*plan.known, *columns_of_catalog(plan.catalog, plan.identity)))
    return await _newest_audit(session), left


async def _newest_audit(session: Session) -> int:
    newest: int = await session.value("SELECT coalesce(max(id), 0) FROM g_audit")
    return newest


@asynccontextmanager
async def _pinned(database: Database, plan: Switch) -> AsyncIterator[Session]:
    """A transaction that holds while the release is live that the plan begins with."""
    try:
        async with database.transaction(plan.over) as session:
            yield session
    except ReleaseMoved as moved:
        raise Conflict(MOVED) from moved
    except ConstraintBroken as broken:
        raise Conflict(TAKEN) from broken


async def _move(database: Database, plan: Switch, move: Move) -> int:
    """Convert all records, batch by batch, and return the last id."""
    above = 0
    while True:
        async with _pinned(database, plan) as session:
            batch = await read_batch(session, move, above)
            if batch.last is None:
                return above
            _require(plan, move, batch.outcome)
            await write_batch(session, move, batch)
        above = batch.last
        if not batch.more:
            # While others go on adding records there would never be an empty batch.
            return above
        await asyncio.sleep(PAUSE)


async def _again(session: Session, plan: Switch, move: Move, mark: int, above: int) -> int:
    """Convert what was written since the mark, and what came after the last batch."""
    rows = await session.fetch(
        "SELECT DISTINCT record_id FROM g_audit WHERE id > $1 AND entity = $2 AND record_id IS NOT NULL",
        mark,
        move.root,
    )
    batch = await read_touched(session, move, [row[0] for row in rows], above)
    _require(plan, move, batch.outcome)
    await write_batch(session, move, batch)
    return max(above, batch.last or 0)


def _require(plan: Switch, move: Move, outcome: Outcome) -> None:
    if outcome.failing or (outcome.lossy and not plan.lossy):
        raise MoveRefused(move, outcome)


async def _switch(
    session: Session,
    plan: Switch,
    mark: int,
    passed: dict[int, int],
    *,
    at: datetime,
    by: int | None,
    note: str,
) -> LiveRelease:
    await require_live(session, plan.over)
    lacking = plan_expansion(plan.catalog, await read_existing(session), session.dialect)
    if lacking.tables or lacking.columns:
        # A purge at the same time has taken what this would find again.
        raise Conflict(MOVED)
    for number, move in enumerate(plan.moves):
        await _again(session, plan, move, mark, passed[number])
    live = await go_live(session, plan.catalog, plan.identity, at=at, by=by, note=note)
    for move in plan.moves:
        await audit_replaced(session, move, at, by)
    tables = {name: entity.table for name, entity in plan.catalog.entities.items()}
    await start_backfills(session, live.id, plan.formulas, tables, at)
    return live


async def _make_indexes(database: Database, left: Sequence[tuple[Entity, Index]]) -> None:
    """Make indexes beside everybody else's work; on SQLite a write waits for one at most."""
    for entity, index in left:
        if database.dialect == "sqlite":
            async with database.transaction() as session:
                await create_index(session, entity, index)
            continue
        async with database.reading() as session:
            await session.execute("SET statement_timeout = 0")
            try:
                # One that a publishing left half made is of no use to anybody.
                await session.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {quoted(index.name)}")
                await create_index(session, entity, index, concurrently=True)
                await _require_valid(session, index)
            except BaseException:
                await session.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {quoted(index.name)}")
                raise
            finally:
                await session.execute("RESET statement_timeout")


async def _require_valid(session: Session, index: Index) -> None:
    valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)"
    if not await session.value(valid, quoted(index.name)):
        raise Conflict(TAKEN)
