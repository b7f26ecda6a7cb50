"""Pages of the inbox: read along an index, a keyset each, however many tasks there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from guanxi.storage.moments import moment
from guanxi.storage.session import Session
from guanxi.storage.tasks import COLUMNS, StoredTask, task_from

Box = Literal["waiting", "sent", "done", "cc", "held"]
BOXES: tuple[Box, ...] = ("waiting", "sent", "done", "cc", "held")

_TASKS = "g_task t JOIN g_instance i ON i.id = t.instance_id"
_NEWEST = "t.id = (SELECT max(n.id) FROM g_task n WHERE n.instance_id = i.id)"
_FROM = {
    "waiting": (
        "g_task_holder h JOIN g_task t ON t.id = h.task_id JOIN g_instance i ON i.id = t.instance_id",
        "h.user_id = $1 AND h.waiting",
    ),
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
    tables, where = _FROM[box]
    arguments: list[Any] = [person]

    def bind(value: Any) -> str:
        arguments.append(value)
        return f"${len(arguments)}"

    id_, due = ("h.task_id", "h.due") if box == "waiting" else ("t.id", "t.due")
    conditions = [where]
    conditions += [
        f"{column} = {bind(value)}"
        for column, value in (
            ("t.entity", chosen.entity),
            ("i.approval", chosen.process),
            ("i.started_by", chosen.submitter),
        )
        if value is not None
    ]
    if chosen.overdue:
        conditions.append(f"t.status <> 'closed' AND {due} <= {bind(now)}")
    if chosen.since is not None:
        conditions.append(f"t.opened_at >= {bind(chosen.since)}")
    if chosen.until is not None:
        conditions.append(f"t.opened_at < {bind(chosen.until)}")
    if after is not None:
        conditions.append(_beyond(after, id_, due, bind) if chosen.by_due else f"{id_} < {bind(after.id)}")
    order = f"({due} IS NULL), {due}, {id_}" if chosen.by_due else f"{id_} DESC"
    sql = f"SELECT {COLUMNS} FROM {tables} WHERE {' AND '.join(conditions)} ORDER BY {order}"
    rows = await session.fetch(f"{sql} LIMIT {bind(limit)}", *arguments)
    return [task_from(row) for row in rows]


def _beyond(after: Edge, id_: str, due: str, bind: Any) -> str:
    """What comes after a task in the order of due dates, those without one last."""
    if after.due is None:
        return f"({due} IS NULL AND {id_} > {bind(after.id)})"
    day = bind(after.due)
    return f"({due} > {day} OR ({due} = {day} AND {id_} > {bind(after.id)}) OR {due} IS NULL)"


def edge_text(task: StoredTask, chosen: Filter) -> str:
    """The cursor behind a task, as `edge_of` reads it."""
    return f"{task.id}~{task.due.isoformat() if task.due else ''}" if chosen.by_due else str(task.id)


def edge_of(text: str) -> Edge:
    """The edge of a cursor. Raises ValueError for a text that is none."""
    id_, _, due = text.partition("~")
    if not (id_.isascii() and id_.isdigit() and len(id_) <= LONGEST):
        raise ValueError("a cursor begins with an id")
    return Edge(int(id_), moment(due) if due else None)


LONGEST = 18
"""Any id of as many digits fits the database's 64-bit integers."""
