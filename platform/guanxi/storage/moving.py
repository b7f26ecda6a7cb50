"""Moving the values of a field into other columns, while others read and write the old ones.

A value is converted here, not in the database, so that both databases and every later save agree on it. Where
the new columns have values of an earlier time (a field that goes back to a type it had), a record that nobody
changed since gets exactly those again; that it was not changed shows in its old value being what the earlier
one became.
"""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import Any

from guanxi.definitions.converting import comes_back, converted, mapped
from guanxi.definitions.entity import Column, Entity, Field
from guanxi.definitions.fields import FieldProblem
from guanxi.errors import N_, Text
from guanxi.storage.columns import convert_in, convert_out, quoted, sql_type
from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.session import Dialect, Row, Session
from guanxi.storage.titles import titles

BATCH = 1_000
"""Records that one transaction converts."""
PAUSE = 0.002
"""Seconds between two batches: others have their turn."""
SAMPLES = 20
OTHER = N_("It would become {value}.")


@dataclass(frozen=True, slots=True)
class Move:
    """Values of `before` (as it is live) shall be in the columns of `after`; both are fields of `holder`.

    `again` says that the columns hold values of an earlier time. With `fill` there is no field before: every
    record gets this value.
    """

    holder: Entity
    before: Field | None
    after: Field
    again: bool = False
    fill: Any = None
    target: Entity | None = None
    """What the reference, before or after, leads to: its titles become the texts."""
    forward: Mapping[str, str] = field(default_factory=dict)
    """The new value for each option that goes."""
    backward: Mapping[str, str] = field(default_factory=dict)
    """What became of options, since the columns held the values of an earlier time, that come back now."""
    zone: tzinfo = UTC
    """The time zone in which days begin."""
    probe: bool = False
    """Only to see what would come of it: the new columns are not there yet."""

    @property
    def root(self) -> str:
        """The entity whose records are touched."""
        return self.holder.name.partition(".")[0]


@dataclass(slots=True)
class Outcome:
    """What converting values has come to so far; samples are (id, value before, value after or why not)."""

    seen: int = 0
    lossy: int = 0
    failing: int = 0
    mapped: int = 0
    lossy_samples: list[tuple[int, str, str]] = field(default_factory=list)
    failing_samples: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another part of the records."""
        self.seen += other.seen
        self.lossy += other.lossy
        self.failing += other.failing
        self.mapped += other.mapped
        self.lossy_samples = (self.lossy_samples + other.lossy_samples)[:SAMPLES]
        self.failing_samples = (self.failing_samples + other.failing_samples)[:SAMPLES]


@dataclass(frozen=True, slots=True)
class Batch:
    """One part of a table: the last id of it (None: it is empty), what came of it, what is to write.

    `more` is whether there are records after it.
    """

    last: int | None
    outcome: Outcome
    writes: Sequence[tuple[int, Mapping[str, Any]]]
    more: bool = False


async def read_batch(session: Session, move: Move, above: int) -> Batch:
    """Convert the records with the next ids, without writing anything."""
    sql = f"{_select(move)} WHERE t.id > $1 ORDER BY t.id LIMIT {BATCH}"
    rows = await session.fetch(sql, above)
    return replace(await _convert(session, move, rows), more=len(rows) == BATCH)


async def read_touched(session: Session, move: Move, records: Sequence[int], above: int) -> Batch:
    """Convert some records, or the lines of some, and all with an id above; nothing is written."""
    key = "t.parent_id" if move.holder.parent else "t.id"
    chosen = in_ids(key, "$1", session.dialect)
    rows = await session.fetch(
        f"{_select(move)} WHERE {chosen} OR t.id > $2", id_list(records, session.dialect), above
    )
    return await _convert(session, move, rows)


async def write_batch(session: Session, move: Move, batch: Batch) -> None:
    """Write what differs."""
    columns = move.after.columns
    if not batch.writes:
        return
    rows = [
        (id_, *(convert_in(column, values[column.key], session.dialect) for column in columns))
        for id_, values in batch.writes
    ]
    table = quoted(move.holder.table)
    if session.dialect == "sqlite":
        sets = ", ".join(f"{quoted(column.name)} = ${place + 2}" for place, column in enumerate(columns))
        await session.execute_many(f"UPDATE {table} SET {sets} WHERE id = $1", rows)
        return
    sets = ", ".join(f"{quoted(column.name)} = v.{quoted(column.name)}" for column in columns)
    names = ", ".join(["id", *(quoted(column.name) for column in columns)])
    arrays = ", ".join(
        ["$1::bigint[]"]
        + [
            f"${place + 2}::{sql_type(column, 'postgres').partition('(')[0]}[]"
            for place, column in enumerate(columns)
        ]
    )
    await session.execute(
        f"UPDATE {table} t SET {sets} FROM unnest({arrays}) AS v({names}) WHERE t.id = v.id",
        *(list(values) for values in zip(*rows, strict=True)),
    )


async def check_values(session: Session, move: Move) -> Outcome:
    """What the values of a field that stays in its columns are under its new type or options."""
    if move.before is None:
        return Outcome()
    column = move.before.columns[0]
    name = quoted(column.name)
    rows = await session.fetch(
        f"SELECT {name}, count(*), min(id) FROM {quoted(move.holder.table)} WHERE {name} IS NOT NULL "
        f"GROUP BY {name}"
    )
    read = convert_out(column, session.dialect)
    outcome = Outcome()
    for row in rows:
        value = read(row[0]) if read else row[0]
        outcome.seen += row[1]
        against = _against(move.before, move.after, {column.key: value})
        if against is not None:
            outcome.failing += row[1]
            outcome.failing_samples.append((row[2], str(value), str(against)))
    outcome.failing_samples = outcome.failing_samples[:SAMPLES]
    return outcome


def _against(before: Field, after: Field, record: Mapping[str, Any]) -> Text | None:
    """Why a value cannot stay as it is."""
    try:
        became = converted(before, after, record)[after.columns[0].key]
    except FieldProblem as problem:
        return problem.message
    return None if became == record[before.name] else OTHER(value=str(became))


def _select(move: Move) -> str:
    before = move.before.columns if move.before else ()
    names = [f"t.{quoted(column.name)}" for column in before]
    names += ["NULL" if move.probe else f"t.{quoted(column.name)}" for column in move.after.columns]
    return f"SELECT {', '.join(['t.id', *names])} FROM {quoted(move.holder.table)} t"


async def _convert(session: Session, move: Move, rows: Sequence[Row]) -> Batch:
    if not rows:
        return Batch(None, Outcome(), ())
    before = move.before.columns if move.before else ()
    read_before, read_after = _reader(before, session.dialect), _reader(move.after.columns, session.dialect)
    records = [(row[0], read_before(row, 1), read_after(row, 1 + len(before))) for row in rows]
    called = await _titles(session, move, records)
    # A thread gives way every few milliseconds; on the event loop everybody would wait for the whole batch.
    return await asyncio.to_thread(_all, move, records, called)


def _all(
    move: Move,
    records: Sequence[tuple[int, Mapping[str, Any], Mapping[str, Any]]],
    called: Mapping[Any, str],
) -> Batch:
    outcome, writes = Outcome(), []
    for id_, record, there in records:
        values = _one(move, id_, record, there, called, outcome)
        if values != there:
            writes.append((id_, values))
    return Batch(max(id_ for id_, _, _ in records), outcome, writes)


def _one(
    move: Move,
    id_: int,
    record: Mapping[str, Any],
    there: Mapping[str, Any],
    called: Mapping[Any, str],
    outcome: Outcome,
) -> Mapping[str, Any]:
    if move.before is None:
        return there if there[move.after.name] is not None else {**there, move.after.name: move.fill}
    outcome.seen += record[move.before.name] is not None
    title = called.get(record[move.before.name]) if called else None
    # What was entered before is there again, even nothing; only what must be filled takes the computed.
    entered = there[move.after.name] is not None or not move.after.required
    if move.again and move.before.formula is not None and entered:
        return there
    former = mapped(there, move.after.name, move.backward)
    if move.again and _unchanged(move, move.before, record, former, called):
        return there
    meant = mapped(record, move.before.name, move.forward)
    try:
        values = converted(move.before, move.after, meant, title, move.zone)
    except FieldProblem as problem:
        outcome.failing += 1
        if len(outcome.failing_samples) < SAMPLES:
            outcome.failing_samples.append((id_, _shown(record), str(problem.message)))
        return dict.fromkeys(there)
    if meant is not record:
        outcome.mapped += 1
    elif not comes_back(move.before, move.after, record, values, move.zone):
        outcome.lossy += 1
        if len(outcome.lossy_samples) < SAMPLES:
            outcome.lossy_samples.append((id_, _shown(record), _shown(values)))
    return values


def _unchanged(
    move: Move,
    before: Field,
    record: Mapping[str, Any],
    there: Mapping[str, Any],
    called: Mapping[Any, str],
) -> bool:
    """Whether what is there from earlier times is what became the record's value."""
    after = move.after
    if there[after.name] is None:
        return False
    try:
        became = converted(after, before, there, called.get(there[after.name]), move.zone)
    except FieldProblem:
        return False
    return all(became[column.key] == record[column.key] for column in before.columns)


async def _titles(
    session: Session, move: Move, rows: Sequence[tuple[int, Mapping[str, Any], Mapping[str, Any]]]
) -> Mapping[Any, str]:
    """What the referred records are called, where one side is a reference."""
    if move.before is None or move.target is None:
        return {}
    one = move.before.to is not None
    ids = {record[move.before.name] if one else there[move.after.name] for _, record, there in rows}
    return await titles(session, move.target, ids - {None})


def _reader(columns: Iterable[Column], dialect: Dialect) -> Any:
    convert = [(column.key, convert_out(column, dialect)) for column in columns]

    def read(row: Row, start: int) -> dict[str, Any]:
        found = {}
        for place, (key, turn) in enumerate(convert, start):
            value = row[place]
            found[key] = turn(value) if turn is not None and value is not None else value
        return found

    return read


def _shown(record: Mapping[str, Any]) -> str:
    values = [str(value) for value in record.values() if value is not None]
    return " ".join(values)[:200] if values else json.dumps(None)
