"""Tasks: what is open for whom, and what was decided. A task is one open entry of an instance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from guanxi.storage.instances import Kind
from guanxi.storage.moments import moment
from guanxi.storage.session import Row, Session, Statement

COLUMNS = (
    "t.id, t.instance_id, t.key, t.step, t.entity, t.record_id, t.kind, t.status, t.due, t.opened_at, "
    "t.closed_at, t.decided_by, t.answer, t.comment, i.approval AS process, i.kind AS process_kind, "
    "i.catalog, i.started_by, i.status AS instance_status"
)
JOINED = "g_task t JOIN g_instance i ON i.id = t.instance_id"
_OPEN = (
    "INSERT INTO g_task (instance_id, key, step, entity, record_id, kind, status, due, opened_at, comment) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') ON CONFLICT (instance_id, key) DO UPDATE "
    "SET kind = excluded.kind, status = excluded.status, due = excluded.due, "
    "opened_at = excluded.opened_at, closed_at = NULL, decided_by = NULL, answer = NULL, comment = '' "
    "RETURNING id"
)
_CLOSE = (
    "UPDATE g_task SET status = 'closed', closed_at = $1, decided_by = $2, answer = $3, comment = $4 "
    "WHERE instance_id = $5 AND key = $6"
)
_RELEASE = (
    "UPDATE g_task_holder SET waiting = FALSE WHERE waiting AND task_id = "
    "(SELECT id FROM g_task WHERE instance_id = $1 AND key = $2)"
)
_UNHOLD = "DELETE FROM g_task_holder WHERE task_id = $1"
_HOLD = "INSERT INTO g_task_holder (task_id, user_id, waiting, due) VALUES ($1, $2, TRUE, $3)"

Decided: TypeAlias = tuple[int | None, str | None, str]
"""By whom a task was decided, what, and the comment."""
NOT_DECIDED: Decided = (None, None, "")


@dataclass(frozen=True, slots=True)
class StoredTask:
    """A task with what its instance says of it.

    `kind` is decide, or advise for who is asked for information only. `status` is open, held (nobody may
    decide it), or closed; `key` names it in its instance. `due` is until when it should be decided.
    """

    id: int
    instance_id: int
    key: str
    step: str
    entity: str
    record_id: int
    kind: str
    status: str
    due: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    decided_by: int | None
    answer: str | None
    comment: str
    process: str
    process_kind: Kind
    catalog: str
    started_by: int
    instance_status: str


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to open for people, about a record (entity, id)."""

    key: str
    step: str
    record: tuple[str, int]
    holders: Sequence[int]
    kind: str = "decide"
    due: datetime | None = None


async def open_tasks(
    session: Session, instance_id: int, tasks: Sequence[NewTask], at: datetime
) -> dict[str, int]:
    """Open tasks for people and return their ids by key; one for nobody is held until somebody is assigned.

    One that was closed before anybody decided it, because an earlier step was asked again, opens again.
    """
    opened = await session.batch([(_OPEN, _opening(instance_id, task, at)) for task in tasks])
    ids = {task.key: int(rows[0]["id"]) for task, rows in zip(tasks, opened, strict=True)}
    cleared: list[Statement] = [(_UNHOLD, (id_,)) for id_ in ids.values()]
    held: list[Statement] = [
        (_HOLD, (ids[task.key], person, task.due)) for task in tasks for person in task.holders
    ]
    await session.batch([*cleared, *held])
    return ids


def _opening(instance_id: int, task: NewTask, at: datetime) -> tuple[Any, ...]:
    status = "open" if task.holders else "held"
    return (instance_id, task.key, task.step, *task.record, task.kind, status, task.due, at)


async def close_tasks(
    session: Session, instance_id: int, closings: Mapping[str, Decided], at: datetime
) -> None:
    """Close the tasks of these keys, each with how it was decided."""
    statements: list[Statement] = []
    for key, decided in closings.items():
        statements += [(_CLOSE, (at, *decided, instance_id, key)), (_RELEASE, (instance_id, key))]
    await session.batch(statements)


async def task_of(session: Session, id_: int) -> StoredTask | None:
    """The task of an id."""
    row = await session.fetchrow(f"SELECT {COLUMNS} FROM {JOINED} WHERE t.id = $1", id_)
    return task_from(row) if row is not None else None


async def newest_task_of_step(session: Session, instance_id: int, step: str) -> StoredTask | None:
    """The task that is open at a step, else the one that was opened last."""
    row = await session.fetchrow(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE t.instance_id = $1 AND t.step = $2 "
        "ORDER BY (t.status = 'closed'), t.id DESC LIMIT 1",
        instance_id,
        step,
    )
    return task_from(row) if row is not None else None


async def open_tasks_of(session: Session, instance_id: int) -> Sequence[StoredTask]:
    """The open and held tasks of an instance."""
    rows = await session.fetch(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE t.instance_id = $1 AND t.status <> 'closed' ORDER BY t.id",
        instance_id,
    )
    return [task_from(row) for row in rows]


async def holders_of(session: Session, task_ids: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    """Who may decide each task, by id."""
    found: dict[int, tuple[int, ...]] = dict.fromkeys(task_ids, ())
    if task_ids:
        marks = ", ".join(f"${place + 1}" for place in range(len(task_ids)))
        sql = f"SELECT task_id, user_id FROM g_task_holder WHERE task_id IN ({marks}) ORDER BY user_id"
        for row in await session.fetch(sql, *task_ids):
            found[row["task_id"]] += (row["user_id"],)
    return found


async def holds_task(session: Session, entity: str, record_id: int, user_id: int | None) -> bool:
    """Whether the person has, or had, a task about a record: whoever decided may look back."""
    found = await session.value(
        "SELECT 1 FROM g_task t JOIN g_task_holder h ON h.task_id = t.id "
        "WHERE t.entity = $1 AND t.record_id = $2 AND h.user_id = $3 AND (h.waiting OR t.decided_by = $3) "
        "LIMIT 1",
        entity,
        record_id,
        user_id,
    )
    return found is not None


async def count_waiting(session: Session, user_id: int) -> int:
    """How many tasks wait for a person."""
    sql = "SELECT count(*) FROM g_task_holder WHERE user_id = $1 AND waiting"
    return int(await session.value(sql, user_id))


async def count_held(session: Session) -> int:
    """How many tasks nobody may decide."""
    return int(await session.value("SELECT count(*) FROM g_task WHERE status = 'held'"))


def task_from(row: Row) -> StoredTask:
    """The task of a row with `COLUMNS`."""
    values: dict[str, Any] = {key: row[key] for key in StoredTask.__slots__}
    values["opened_at"] = moment(values["opened_at"])
    for name in ("closed_at", "due"):
        if values[name] is not None:
            values[name] = moment(values[name])
    return StoredTask(**values)


async def task_id_of(session: Session, instance_id: int, key: str) -> int | None:
    """The id of the task that an instance knows by a key."""
    sql = "SELECT id FROM g_task WHERE instance_id = $1 AND key = $2"
    id_: int | None = await session.value(sql, instance_id, key)
    return id_


async def took_part(session: Session, instance_id: int, people: Sequence[int]) -> bool:
    """Whether one of the people has, or had, a task of an instance."""
    marks = ", ".join(f"${place + 2}" for place in range(len(people)))
    found = await session.value(
        "SELECT 1 FROM g_task t LEFT JOIN g_task_holder h ON h.task_id = t.id WHERE t.instance_id = $1 "
        f"AND (h.user_id IN ({marks}) OR t.decided_by IN ({marks})) LIMIT 1",
        instance_id,
        *people,
    )
    return found is not None


async def decided_in_children(session: Session, instance_id: int) -> bool:
    """Whether somebody has decided a task of a sub-process of an instance, at any depth."""
    found = await session.value(
        "WITH RECURSIVE below(id) AS (SELECT id FROM g_instance WHERE parent_id = $1 "
        "UNION SELECT i.id FROM g_instance i JOIN below b ON i.parent_id = b.id) "
        "SELECT 1 FROM g_task t JOIN below b ON t.instance_id = b.id WHERE t.decided_by IS NOT NULL LIMIT 1",
        instance_id,
    )
    return found is not None


async def people_asked(session: Session, instance_id: int) -> list[int]:
    """Everybody who has, or had, a task of an instance."""
    rows = await session.fetch(
        "SELECT DISTINCT h.user_id FROM g_task t JOIN g_task_holder h ON h.task_id = t.id "
        "WHERE t.instance_id = $1 ORDER BY h.user_id",
        instance_id,
    )
    return [row["user_id"] for row in rows]
