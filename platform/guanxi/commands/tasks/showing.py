"""Tasks as the inbox shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.commands.approvals.administering import administers
from guanxi.commands.approvals.card import card_of, person
from guanxi.commands.approvals.case import Case, open_case, process_of
from guanxi.commands.approvals.powers import powers_of
from guanxi.commands.approvals.standing_in import people_of
from guanxi.commands.records.relations import references_of, titles_for
from guanxi.commands.records.viewing import listed
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Turn
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.labels import humanised
from guanxi.errors import N_, NotFound
from guanxi.storage.instances import instance_of
from guanxi.storage.people import titles_of_users
from guanxi.storage.records import load
from guanxi.storage.tasks import StoredTask, holders_of, task_of, took_part

NO_TASK = N_("There is no such task, or it is not yours to see.")


async def find_task(turn: Turn, id_: int) -> StoredTask:
    """A task of an instance that the actor started, was ever asked in, or administers; else NotFound.

    Who stands in for somebody sees what that person is asked.
    """
    task = await task_of(turn.session, id_)
    if task is None or not (await _takes_part(turn, task) or await _administers(turn, task)):
        raise NotFound(NO_TASK)
    return task


async def _takes_part(turn: Turn, task: StoredTask) -> bool:
    people = await people_of(turn)
    return task.started_by in people or await took_part(turn.session, task.instance_id, people)


async def _administers(turn: Turn, task: StoredTask) -> bool:
    catalog = await turn.catalogs.get(turn.session, task.catalog)
    if not process_of(catalog, task.process_kind, task.process).admins:
        return turn.actor.may(turn.catalog, "process")
    instance = await instance_of(turn.session, task.instance_id)
    return instance is not None and administers(turn, await open_case(turn, instance))


async def summaries(turn: Turn, tasks: Sequence[StoredTask]) -> tuple[TaskView, ...]:
    """Tasks for a list: with the highlights of their record, without the card."""
    views = []
    holders = await holders_of(turn.session, [task.id for task in tasks])
    ids = {id_ for task in tasks for id_ in (task.started_by, task.decided_by) if id_ is not None}
    ids |= {id_ for people in holders.values() for id_ in people}
    people = await titles_of_users(turn.session, turn.catalog, ids)
    records = await _records(turn, tasks)
    for task in tasks:
        record = records.get((task.entity, task.record_id))
        views.append(await _view(turn, task, record, holders[task.id], people))
    return tuple(views)


async def whole(turn: Turn, task: StoredTask, case: Case | None = None) -> TaskView:
    """One task with its record and its card; `case` is that of its instance, where it is at hand."""
    (view,) = await summaries(turn, [task])
    if case is None:
        instance = await instance_of(turn.session, task.instance_id)
        if instance is None:
            raise NotFound(NO_TASK)
        case = await open_case(turn, instance)
    card = await card_of(turn, case) if isinstance(case.process, Approval) else None
    return replace(view, card=card, powers=await powers_of(turn, case, task.key))


async def _records(turn: Turn, tasks: Sequence[StoredTask]) -> dict[tuple[str, int], Any]:
    """The records of the tasks, one query an entity, as the actor may see them."""
    found: dict[tuple[str, int], Any] = {}
    for name in {task.entity for task in tasks}:
        entity, access = turn.catalog.entities[name], turn.access(name)
        ids = sorted({task.record_id for task in tasks if task.entity == name})
        paths = {f for f, field in entity.fields.items() if field.lines is None} | access.reads()
        rows = await load(turn.session, turn.catalog, entity, ids, frozenset(paths))
        titles = await titles_for(turn, references_of(entity, rows.values()))
        for id_, row in rows.items():
            right = access.on_record(row)
            seen = right if "read" in right.can else access.of_granted_fields()
            found[name, id_] = listed(turn.catalog, entity, row, titles, seen)
    return found


async def _view(
    turn: Turn, task: StoredTask, record: Any, holders: Sequence[int], people: Mapping[int, str]
) -> TaskView:
    catalog = await turn.catalogs.get(turn.session, task.catalog)
    approval = process_of(catalog, task.process_kind, task.process)
    place = approval.places.get(task.step)
    return TaskView(
        id=task.id,
        kind="hold" if task.status == "held" else task.kind,
        step=place.step.label if place is not None else humanised(task.step),
        approval=approval.label,
        opened_at=task.opened_at,
        record=record,
        entity=task.entity,
        record_id=task.record_id,
        title=record.title if record is not None else f"#{task.record_id}",
        submitter=person(task.started_by, people),
        open=task.status != "closed",
        mine=turn.actor.user_id in holders and task.status == "open",
        decided_by=person(task.decided_by, people) if task.decided_by is not None else None,
        decided_at=task.closed_at if task.decided_by is not None else None,
        outcome=task.answer,
        instance_id=task.instance_id,
        due=task.due,
        overdue=task.status != "closed" and task.due is not None and task.due <= turn.now,
        holders=tuple(person(id_, people) for id_ in holders),
    )
