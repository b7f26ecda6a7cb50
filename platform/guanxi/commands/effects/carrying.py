"""Carrying out effects one after the other, in the transaction of the command: all of them, or none.

An effect may press a transition, and a transition has effects: so both are here.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from guanxi.commands.approvals.case import Case, complete_content, facts_of, open_case
from guanxi.commands.approvals.happening import happen, move_stage, new_instance
from guanxi.commands.approvals.submitting import acting_person
from guanxi.commands.effects.effecting import Effecting
from guanxi.commands.effects.inputs import inputs_of
from guanxi.commands.effects.outside import tell_outside
from guanxi.commands.effects.sending import send_message
from guanxi.commands.effects.writing import loaded, record_of, write_effect
from guanxi.commands.pending import Begin
from guanxi.commands.records.showing import shows_of
from guanxi.commands.workspace import Turn
from guanxi.definitions.effect import (
    CallEffect,
    CreateEffect,
    Effect,
    EmitEffect,
    IfEffect,
    MoveEffect,
    RefuseEffect,
    SendEffect,
    StartEffect,
    UpdateEffect,
)
from guanxi.definitions.entity import Entity
from guanxi.definitions.stages import Stages, Transition
from guanxi.errors import N_, Conflict, NotFound
from guanxi.rules.access import RecordAccess
from guanxi.rules.effects import INPUT, reads_of, writes_of
from guanxi.rules.transitions import refuse_move
from guanxi.storage.history import last_editors
from guanxi.storage.instances import last_instance
from guanxi.storage.records import load
from guanxi.workflow import Submit, needed

NO_ACTION = N_("There is no action “{name}” for this {label}.")
Opened = tuple[str, int] | None
"""The new record that effects lead to, if the actor may read it."""


async def carry_out(turn: Turn, effecting: Effecting, effects: Iterable[Effect]) -> Opened:
    """Carry out effects in their order; each sees what those before it left.

    Who may press something may do what belongs to it, so no right is asked for.

    Raises:
        Invalid, Conflict, NotFound: a rule does not hold, an effect refuses, or a record is gone.
    """
    opened: Opened = None
    for effect in effects:
        paths = {path for path in reads_of(effect) if not path.startswith(INPUT)}
        record = await record_of(turn, effecting, paths)
        match effect:
            case RefuseEffect():
                raise Conflict(effect.message)
            case MoveEffect():
                opened = await _move(turn, effecting, record, effect) or opened
            case IfEffect():
                holds = effect.condition.evaluate({**record, **effecting.inputs}, turn.variables) is True
                chosen = effect.then if holds else effect.otherwise
                opened = await carry_out(turn, effecting, chosen) or opened
            case SendEffect():
                await send_message(turn, effecting, effect)
            case StartEffect():
                about = (effecting.entity.name, effecting.id)
                by = acting_person(turn, effecting.entity, record)
                turn.pending.append(Begin(effect.kind, effect.process, *about, by))
            case CallEffect() | EmitEffect():
                await tell_outside(turn, effecting, effect, {**record, **effecting.inputs})
            case _:
                opened = await _write(turn, effecting, effect, record) or opened
    return opened


async def _write(
    turn: Turn, effecting: Effecting, effect: UpdateEffect | CreateEffect, record: dict[str, Any]
) -> Opened:
    opened: Opened = None
    known = {**record, **effecting.inputs}
    for write in writes_of(effect, effecting.entity, known, turn.catalog.entities, turn.variables):
        id_ = await write_effect(turn, effecting, write)
        if isinstance(effect, CreateEffect) and effect.open:
            opened = await _readable(turn, write.entity, id_)
    return opened


async def _readable(turn: Turn, name: str, id_: int) -> Opened:
    access = turn.access(name)
    rows = await load(turn.session, turn.catalog, access.entity, [id_], access.reads())
    return (name, id_) if "read" in access.on_record(rows[id_]).can else None


async def _move(turn: Turn, effecting: Effecting, record: dict[str, Any], effect: MoveEffect) -> Opened:
    """Press a transition as an effect: who may press what it belongs to may do this."""
    granted = RecordAccess(frozenset(), frozenset({effect.transition}), {})
    transition = turn.catalog.stages[effecting.entity.name].transitions[effect.transition]
    said = await inputs_of(turn, effecting.entity, effecting.id, transition, {})
    return await press_transition(turn, replace(effecting, inputs=said), record, effect.transition, granted)


async def press_transition(
    turn: Turn, pressing: Effecting, record: dict[str, Any], name: str, right: RecordAccess
) -> Opened:
    """Press a transition of a loaded record: move it, carry out the effects, start the approval it needs.

    `pressing` says what led to it and what the person entered; `right` is what may be done with the record.

    Raises:
        NotFound, Forbidden, Invalid, Conflict: see `refuse_move` and `carry_out`.
    """
    entity = pressing.entity
    stages = turn.catalog.stages.get(entity.name)
    transition = stages.transitions.get(name) if stages is not None else None
    if stages is None or transition is None:
        raise NotFound(NO_ACTION(name=name, label=entity.label))
    passing = pressing.passing(name, transition.label, pressing.inputs)
    if transition.approval is not None:
        await complete_content(turn, entity, record, turn.catalog.approvals[transition.approval])
    refuse_move(
        stages, transition, record, right, turn.variables, shows_of(turn, entity, record, right.fields)
    )
    waits = await _needs_approval(turn, transition, entity, record)
    to = transition.through if waits and transition.through else transition.to
    await move_stage(turn, entity, record, stages.field, to, transition.name)
    opened = await carry_out(turn, passing, transition.effects)
    if waits:
        await _submit(turn, passing, stages, transition, record)
    return opened


async def _needs_approval(turn: Turn, transition: Transition, entity: Entity, record: dict[str, Any]) -> bool:
    if transition.approval is None:
        return False
    approval = turn.catalog.approvals[transition.approval]
    person = acting_person(turn, entity, record)
    return needed(approval, person, turn.now, await facts_of(turn, turn.catalog, approval, record, person))


async def _submit(
    turn: Turn, passing: Effecting, stages: Stages, transition: Transition, record: dict[str, Any]
) -> None:
    """Start the approval of a record that waits for it, or go on with the one that was begun."""
    entity, approval = passing.entity, turn.catalog.approvals[transition.approval or ""]
    if transition.effects:
        record.update(await loaded(turn, entity, passing.id, entity.fields))
        if record[stages.field] != transition.through:
            return  # an effect moved it on
        await complete_content(turn, entity, record, approval)
    about, person = (entity.name, passing.id), acting_person(turn, entity, record)
    instance = await last_instance(turn.session, *about, approval.name)
    if instance is not None and instance.status == "returned":
        case = await open_case(turn, instance)  # it goes on under the definition under which it came back
    else:
        if instance is None or instance.catalog != turn.catalog.digest:
            instance = new_instance(turn, about, "approval", approval.name)
        facts = await facts_of(turn, turn.catalog, approval, record, person)
        case = Case(instance, turn.catalog, approval, entity, record, facts)
    editors = await last_editors(turn.session, entity, passing.id)
    await happen(turn, case, Submit(by=person, editors=editors, chosen=passing.chosen))
