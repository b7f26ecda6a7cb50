"""Formulas that are still to be computed for the records that were there when they were published."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.storage.columns import quoted
from guanxi.storage.moments import moment
from guanxi.storage.session import Row, Session

Formulas = Mapping[str, Sequence[str]]
"""Paths of fields by entity."""
_COLUMNS = "id, release_id, entity, names, through, up_to, done, created_at, finished_at"


@dataclass(frozen=True, slots=True)
class Backfill:
    """One entity's formulas of one release. See `models.Backfill`."""

    id: int
    release_id: int
    entity: str
    names: tuple[str, ...]
    through: int
    up_to: int
    done: int
    created_at: datetime
    finished_at: datetime | None


async def start_backfills(
    session: Session, release: int, formulas: Formulas, tables: Mapping[str, str], at: datetime
) -> None:
    """Note what is to be computed; what an earlier release left undone is done with it."""
    await session.execute(
        "UPDATE g_backfill SET release_id = $1, through = 0 WHERE finished_at IS NULL", release
    )
    for entity, names in formulas.items():
        last = await session.value(f"SELECT max(id) FROM {quoted(tables[entity])}")
        if last is None:
            continue
        await session.execute(
            "INSERT INTO g_backfill (release_id, entity, names, through, up_to, done, created_at) "
            "VALUES ($1, $2, $3, 0, $4, 0, $5)",
            release,
            entity,
            json.dumps(list(names)),
            last,
            at,
        )


async def compute_later(
    session: Session, entity: str, names: Sequence[str], table: str, at: datetime
) -> None:
    """Leave the formulas of all records of an entity to be computed; once, however often it is asked for."""
    said = json.dumps(list(names))
    await session.execute(
        "INSERT INTO g_backfill (release_id, entity, names, through, up_to, done, created_at) "
        "SELECT (SELECT max(id) FROM g_release), CAST($1 AS text), CAST($2 AS text), 0, "
        f"(SELECT max(id) FROM {quoted(table)}), 0, $3 "
        "WHERE NOT EXISTS (SELECT 1 FROM g_backfill "
        "WHERE entity = CAST($1 AS text) AND names = CAST($2 AS text) "
        "AND through = 0 AND finished_at IS NULL)",
        entity,
        said,
        at,
    )


async def next_backfill(session: Session) -> Backfill | None:
    """The oldest that is not finished."""
    row = await session.fetchrow(
        f"SELECT {_COLUMNS} FROM g_backfill WHERE finished_at IS NULL ORDER BY id LIMIT 1"
    )
    return _backfill(row) if row is not None else None


async def backfills(session: Session, limit: int = 20) -> list[Backfill]:
    """The newest, newest first."""
    rows = await session.fetch(f"SELECT {_COLUMNS} FROM g_backfill ORDER BY id DESC LIMIT $1", limit)
    return [_backfill(row) for row in rows]


async def advance_backfill(
    session: Session, backfill: Backfill, through: int, done: int, finished_at: datetime | None
) -> bool:
    """Note how far it is; False when somebody else has been as far meanwhile."""
    count = await session.execute(
        "UPDATE g_backfill SET through = $1, done = done + $2, finished_at = $3 "
        "WHERE id = $4 AND through = $5 AND finished_at IS NULL",
        through,
        done,
        finished_at,
        backfill.id,
        backfill.through,
    )
    return count == 1


def _backfill(row: Row) -> Backfill:
    return Backfill(
        row["id"],
        row["release_id"],
        row["entity"],
        tuple(json.loads(row["names"])),
        row["through"],
        row["up_to"],
        row["done"],
        moment(row["created_at"]),
        None if row["finished_at"] is None else moment(row["finished_at"]),
    )
