"""Carrying an event into an instance: decide (pure), store all that follows, move the record."""

from dataclasses import replace
from typing import Any

from guanxi.commands.approvals.awaited import awaited_events
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.notices import tell_people
from guanxi.commands.audit import audit_changes, audit_event
from guanxi.commands.pending import Given
from guanxi.commands.records.bookings import taken_times
from guanxi.commands.records.judging import touch
from guanxi.commands.records.numbers import follow, give_numbers
from guanxi.commands.records.related import lock_related, refresh_related
from guanxi.commands.records.uniqueness import taken_keys
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Conflict, Invalid
from guanxi.records.difference import difference
from guanxi.storage.instances import (
    Instance,
    Kind,
    StoredEvent,
    add_event,
    add_instance,
    await_events,
    save_instance,
)
from guanxi.storage.records import update
from guanxi.storage.tasks import NOT_DECIDED, Decided, NewTask, close_tasks, open_tasks
from guanxi.storage.timers import Timer, clear_timers, set_timer
from guanxi.workflow import (
    CancelChild,
    CarryOut,
    Close,
    Event,
    Finished,
    Hold,
    Open,
    StartChild,
    State,
    Step,
    Submit,
    TimerGone,
    TimerSet,
    step,
)
from guanxi.workflow.events_json import event_to_json
from guanxi.workflow.marks import Entry

FASTER = N_("Somebody else acted on this approval at the same moment. Reload the page and look again.")
NOT_MOVED = N_("This cannot move on: another record has the same already.")
INSTANCE = "instance"
"""The kind of owner of the timers of instances."""
GOOD = frozenset({"approved", "done"})
"""The ends after which a record moves on as it was asked to."""
NEW = 0
"""The id of an instance that is not stored yet."""


def new_instance(
    turn: Turn, about: tuple[str, int], kind: Kind, name: str, parent: tuple[int, str] | None = None
) -> Instance:
    """An instance of a process about a record (entity, id), before its first event."""
    parent_id, parent_key = parent or (None, None)
    return Instance(
        id=NEW,
        approval=name,
        catalog=turn.catalog.digest,
        entity=about[0],
        record_id=about[1],
        kind=kind,
        parent_id=parent_id,
        parent_key=parent_key,
        status="new",
        seq=0,
        state={},
        content_hash="",
        started_by=turn.actor.user_id or 0,
        started_at=turn.now,
        finished_at=None,
    )


async def happen(turn: Turn, case: Case, event: Event, note: str = "") -> Step:
    """Apply an event to the case and store all that follows from it; `note` goes into the audit.

    Raises the engine's refusals; Conflict when another event was stored meanwhile.
    """
    state = case.state if case.instance.seq else None
    made = step(case.process, state, event, turn.now, case.facts)
    await keep(turn, case, event, made, note)
    return made


async def keep(turn: Turn, case: Case, event: Event, made: Step, note: str = "") -> None:
    """Store a step of the engine: instance, event, tasks, timers, and the stage of a record that waited.

    What reaches beyond the instance is left in `turn.pending` for `settle`.
    """
    was, status = case.instance.seq, case.instance.status
    before = case.state if was else None
    finished = next((output for output in made.outputs if isinstance(output, Finished)), None)
    if isinstance(event, Submit):
        case.instance = replace(case.instance, started_by=event.behalf or event.by, started_at=turn.now)
    case.instance = replace(
        case.instance,
        status=made.state.status,
        seq=made.state.seq,
        state=made.state.to_json(),
        content_hash=made.run.content(),
        finished_at=turn.now if finished else None,
    )
    if case.instance.id == NEW:
        case.instance = replace(case.instance, id=await add_instance(turn.session, case.instance))
    elif not await save_instance(turn.session, case.instance, was):
        raise Conflict(FASTER)
    await add_event(turn.session, case.instance.id, _row(turn, event, made))
    case.kept = made.state
    tasks = await _tasks(turn, case.instance, made)
    _audit(turn, case, event, note)
    await _waits(turn, case, before, made)
    if finished is not None or (made.state.status == "returned" and status != "returned"):
        await _arrive(turn, case, made.state.status)
    await tell_people(turn, case, event, made, tasks)
    turn.pending.extend(
        Given(case.instance.id, output)
        for output in made.outputs
        if isinstance(output, CarryOut | StartChild | CancelChild | Finished)
    )


def _audit(turn: Turn, case: Case, event: Event, note: str) -> None:
    """Decisions go into the audit with the hash of the content that they were made on."""
    said = event_to_json(event)
    detail = {
        "instance": case.instance.id,
        case.instance.kind: case.process.name,
        "content": case.instance.content_hash,
        "task": said.get("task"),
        "answer": said.get("answer"),
        "comment": said.get("comment") or note,
        "who": said.get("who"),
        "behalf": said.get("behalf"),
        "to": said.get("to"),
        "where": said.get("where"),
        "add": said.get("add"),
        "timer": said.get("key"),
        "outcome": case.instance.status if case.instance.finished_at else None,
    }
    kept = {name: value for name, value in detail.items() if value not in (None, "")}
    verb = f"{case.instance.kind} {said['type']}"
    audit_event(turn, case.instance.entity, case.instance.record_id, verb, kept)


def _row(turn: Turn, event: Event, made: Step) -> StoredEvent:
    by = getattr(event, "by", None)
    return StoredEvent(made.state.seq, event.type, turn.now, by, event_to_json(event), made.facts_used())


async def _tasks(turn: Turn, instance: Instance, made: Step) -> dict[str, int]:
    """Close and open tasks; returns the ids of those opened, by key."""
    record = (instance.entity, instance.record_id)
    closed: dict[str, Decided] = {}
    new: list[NewTask] = []
    for output in made.outputs:
        match output:
            case Close(key=key, decided=entry):
                closed[key] = _decided(entry)
            case Open(key=key, task=task) | Hold(key=key, task=task):
                kind = "decide" if task.kind == "hold" else task.kind
                new.append(NewTask(key, task.step, record, task.who, kind, task.due))
            case _:
                pass
    # The engine tells what closes before what opens.
    if closed:
        await close_tasks(turn.session, instance.id, closed, turn.now)
    return await open_tasks(turn.session, instance.id, new, turn.now) if new else {}


async def _waits(turn: Turn, case: Case, before: State | None, made: Step) -> None:
    """The timers of the instance, and the named events that it waits for."""
    id_, state = case.instance.id, made.state
    if state.ended:
        if before is not None and before.timers:
            await clear_timers(turn.session, INSTANCE, id_)
    else:
        for output in made.outputs:
            match output:
                case TimerGone(key=key):
                    await clear_timers(turn.session, INSTANCE, id_, key)
                case TimerSet(key=key, due=due):
                    await set_timer(turn.session, Timer(INSTANCE, id_, key, due))
                case _:
                    pass
    was = awaited_events(case.process, before) if before is not None else frozenset()
    now = awaited_events(case.process, state)
    if was != now:
        await await_events(turn.session, id_, now)


def _decided(entry: Entry | None) -> Decided:
    """By whom, what and why a closed task was decided, if it was."""
    return NOT_DECIDED if entry is None else (entry.by, entry.answer, entry.comment)


async def _arrive(turn: Turn, case: Case, status: str) -> None:
    """The record leaves the stage in which it waited."""
    transition = case.transition
    stages = turn.catalog.stages.get(case.entity.name)
    if transition is None or stages is None:
        return
    if case.record.get(stages.field) != (transition.through or transition.to):
        return  # it was moved on meanwhile
    to = transition.to if status in GOOD else transition.back or transition.from_[0]
    await move_stage(turn, case.entity, case.record, stages.field, to, status)


async def move_stage(
    turn: Turn, entity: Entity, record: dict[str, Any], field: str, to: str, verb: str
) -> None:
    """Set the stage field of a loaded record, and what follows from it, with its audit row.

    Raises:
        Invalid: in the new stage the record has values that another has.
    """
    before = dict(record)
    before |= {one.name: [dict(line) for line in record.get(one.name) or ()] for one in entity.line_fields}
    record[field] = to
    await follow(turn, entity, record, {field})
    await lock_related(turn, entity, before, record)
    await give_numbers(turn, entity, record)
    problems = await taken_keys(turn, entity, record, before)
    problems += await taken_times(turn, entity, record, before)
    if problems:
        record.update(before)
        raise Invalid(NOT_MOVED, problems)
    await update(turn.session, entity, before, record, by=turn.actor.user_id, at=turn.now)
    touch(turn, entity, before, record)
    await refresh_related(turn, entity, before, record)
    audit_changes(turn, entity, record, verb, difference(entity, before, record))
