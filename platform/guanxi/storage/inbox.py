"""Pages of the inbox: read along an index, a keyset each, however many tasks there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.moments import moment
from guanxi.storage.session import Row, Session
from guanxi.storage.tasks import COLUMNS, StoredTask, task_from

Box = Literal["waiting", "sent", "done", "cc", "held"]
BOXES: tuple[Box, ...] = ("waiting", "sent", "done", "cc", "held")

CHUNK = 500
"""Open tasks of a person that are looked at together, where a filter may let few of them pass."""
_TASKS = "g_task t JOIN g_instance i ON i.id = t.instance_id"
_NEWEST = "t.id = (SELECT max(n.id) FROM g_task n WHERE n.instance_id = i.id)"
_FROM = {
    "done": (_TASKS, "t.decided_by = $1"),
    "held": (_TASKS, "t.status = 'held' AND CAST($1 AS BIGINT) IS NOT NULL"),
    "sent": (_TASKS, f"i.started_by = $1 AND {_NEWEST}"),
    "cc": (
        "g_copy c JOIN g_instance i ON i.id = c.instance_id JOIN g_task t ON t.instance_id = i.id",
        f"c.user_id = $1 AND {_NEWEST}",
    ),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks of a box: None and False leave them all. With `by_due`, those due first come first.

    `since` and `until` are the moments between which a task was opened, the first included.
    """

    entity: str | None = None
    process: str | None = None
    submitter: int | None = None
    overdue: bool = False
    since: datetime | None = None
    until: datetime | None = None
    by_due: bool = False

    @property
    def of_holders(self) -> bool:
        """Whether who holds a task says all that counts."""
        return all(one is None for one in (self.entity, self.process, self.submitter, self.since, self.until))


ALL = Filter()


@dataclass(frozen=True, slots=True)
class Edge:
    """The last task of the page before; `due` counts where pages are sorted by it."""

    id: int
    due: datetime | None = None


async def tasks_in(
    session: Session,
    box: Box,
    people: Sequence[int],
    limit: int,
    now: datetime,
    after: Edge | None = None,
    chosen: Filter = ALL,
) -> Sequence[StoredTask]:
    """A page of a box for one or several people; each task once.

    waiting: open for one of them. done: decided by one. held: nobody may decide it. sent: the newest task of
    each instance that one of them started. cc: the newest task of each instance of which one was sent a copy.
    """
    found: dict[int, StoredTask] = {}
    for person in people:
        for task in await _of_person(session, box, person, limit, now, after, chosen):
            found.setdefault(task.id, task)
    if chosen.by_due:
        return sorted(found.values(), key=lambda one: (one.due is None, one.due or now, one.id))[:limit]
    return sorted(found.values(), key=lambda one: -one.id)[:limit]


async def count_overdue(session: Session, user_id: int, now: datetime) -> int:
    """How many tasks that wait for a person should have been decided."""
    sql = "SELECT count(*) FROM g_task_holder WHERE user_id = $1 AND waiting AND due <= $2"
    return int(await session.value(sql, user_id, now))


async def _of_person(
    session: Session,
    box: Box,
    person: int,
    limit: int,
    now: datetime,
    after: Edge | None,
    chosen: Filter,
) -> Sequence[StoredTask]:
    if box == "waiting":
        return await _waiting(session, person, limit, now, after, chosen)
    binding = _Binding([person])
    tables, where = _FROM[box]
    conditions = [where, *_chosen(chosen, now, binding)]
    if after is not None and chosen.by_due:
        day = binding.add(after.due) if after.due is not None else None
        beyond = f"t.id > {binding.add(after.id)}"
        conditions.append(
            f"(t.due IS NULL AND {beyond})"
            if day is None
            else f"(t.due > {day} OR (t.due = {day} AND {beyond}) OR t.due IS NULL)"
        )
    elif after is not None:
        conditions.append(f"t.id < {binding.add(after.id)}")
    order = "(t.due IS NULL), t.due, t.id" if chosen.by_due else "t.id DESC"
    sql = f"SELECT {COLUMNS} FROM {tables} WHERE {' AND '.join(conditions)} ORDER BY {order}"
    rows = await session.fetch(f"{sql} LIMIT {binding.add(limit)}", *binding.values)
    return [task_from(row) for row in rows]


async def _waiting(
    session: Session, person: int, limit: int, now: datetime, after: Edge | None, chosen: Filter
) -> list[StoredTask]:
    """A page of open tasks: who holds them is read along its index, and then what the filter lets pass."""
    found: list[StoredTask] = []
    size = limit if chosen.of_holders else max(limit, CHUNK)
    while True:
        edges = await _held_by(session, person, size, now, after, chosen)
        binding = _Binding([id_list([edge.id for edge in edges], session.dialect)])
        conditions = [in_ids("t.id", "$1", session.dialect), *_chosen(chosen, now, binding)]
        sql = f"SELECT {COLUMNS} FROM {_TASKS} WHERE {' AND '.join(conditions)}"
        tasks = {row["id"]: task_from(row) for row in await session.fetch(sql, *binding.values)}
        found += [tasks[edge.id] for edge in edges if edge.id in tasks]
        if len(edges) < size or len(found) >= limit:
            return found[:limit]
        after = edges[-1]


async def _held_by(
    session: Session, person: int, limit: int, now: datetime, after: Edge | None, chosen: Filter
) -> list[Edge]:
    """The next open tasks of a person, in the order of the page."""
    head = "SELECT task_id, due FROM g_task_holder WHERE user_id = $1 AND waiting"
    if not chosen.by_due:
        late, edge = (" AND due <= $3" if chosen.overdue else ""), after.id if after else LARGEST
        sql = f"{head} AND task_id < $2{late} ORDER BY task_id DESC LIMIT {int(limit)}"
        return _edges(await session.fetch(sql, person, edge, *((now,) if chosen.overdue else ())))
    found: list[Edge] = []
    if after is None or after.due is not None:
        binding = _Binding([person])
        conditions = ["due IS NOT NULL"] if not chosen.overdue else [f"due <= {binding.add(now)}"]
        if after is not None:
            day = binding.add(after.due)
            conditions.append(f"due >= {day} AND (due > {day} OR task_id > {binding.add(after.id)})")
        sql = f"{head} AND {' AND '.join(conditions)} ORDER BY due, task_id LIMIT {int(limit)}"
        found += _edges(await session.fetch(sql, *binding.values))
    if len(found) < limit and not chosen.overdue:
        edge = after.id if after is not None and after.due is None else 0
        sql = f"{head} AND due IS NULL AND task_id > $2 ORDER BY task_id LIMIT {int(limit) - len(found)}"
        found += _edges(await session.fetch(sql, person, edge))
    return found


def _edges(rows: Sequence[Row]) -> list[Edge]:
    return [Edge(row["task_id"], moment(row["due"]) if row["due"] is not None else None) for row in rows]


class _Binding:
    """Values of a statement, by the marks that stand for them."""

    def __init__(self, values: list[Any]) -> None:
        self.values = values

    def add(self, value: Any) -> str:
        self.values.append(value)
        return f"${len(self.values)}"


def _chosen(chosen: Filter, now: datetime, binding: _Binding) -> list[str]:
    """The conditions of a filter on tasks and their instances."""
    equal = (
        ("t.entity", chosen.entity),
        ("i.approval", chosen.process),
        ("i.started_by", chosen.submitter),
    )
    found = [f"{column} = {binding.add(value)}" for column, value in equal if value is not None]
    if chosen.overdue:
        found.append(f"t.status <> 'closed' AND t.due <= {binding.add(now)}")
    if chosen.since is not None:
        found.append(f"t.opened_at >= {binding.add(chosen.since)}")
    if chosen.until is not None:
        found.append(f"t.opened_at < {binding.add(chosen.until)}")
    return found


def edge_text(task: StoredTask, chosen: Filter) -> str:
    """The cursor behind a task, as `edge_of` reads it."""
    return f"{task.id}~{task.due.isoformat() if task.due else ''}" if chosen.by_due else str(task.id)


def edge_of(text: str) -> Edge:
    """The edge of a cursor. Raises ValueError for a text that is none."""
    id_, _, due = text.partition("~")
    if not (id_.isascii() and id_.isdigit() and len(id_) <= LONGEST):
        raise ValueError("a cursor begins with an id")
    return Edge(int(id_), moment(due) if due else None)


LARGEST = 2**63 - 1
"""Above every id."""
LONGEST = 18
"""Any id of as many digits fits the database's 64-bit integers."""
