"""Pressing an action: its effects one after the other, by the same way to the tables as people's changes."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from guanxi.commands.approvals.edits import note_edit
from guanxi.commands.audit import audit_event
from guanxi.commands.records.offering import refuse_action
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.saving import insert_prepared, refuse_problems, update_prepared
from guanxi.commands.workspace import Turn
from guanxi.definitions.action import Action, Effect, IfEffect, MoveEffect, RefuseEffect
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem
from guanxi.records.difference import changed_fields
from guanxi.records.needs import needs_of
from guanxi.rules.access import RecordAccess
from guanxi.rules.effects import Write, reads_of, writes_of
from guanxi.rules.locks import refuse_locked
from guanxi.storage.records import load, lock_record

GONE = N_("A record that this changes is not there any more. Reload the page and look again.")
NOT_DONE = N_("“{action}” is not possible: what it does to this {label} is refused.")
Move = Callable[[Turn, Entity, dict[str, Any], str], Awaitable[None]]
"""Presses a transition of a loaded record."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """An action that somebody presses on a record, with what they say about it."""

    action: Action
    entity: Entity
    id: int
    comment: str = ""


async def press_action(
    turn: Turn, pressed: Pressed, access: RecordAccess, move: Move
) -> tuple[str, int] | None:
    """Carry out all effects, or refuse; returns the new record that it leads to, if the actor may read it.

    Raises:
        Forbidden, Invalid, Conflict: not granted, a condition or a rule does not hold, or an effect refuses.
    """
    await refuse_action(turn, pressed.entity, pressed.id, access, pressed.action)
    detail = {"comment": pressed.comment} if pressed.comment else {}
    audit_event(turn, pressed.entity.name, pressed.id, pressed.action.name, detail)
    return await _carry_out(turn, pressed, pressed.action.effects, move)


async def _carry_out(
    turn: Turn, pressed: Pressed, effects: Iterable[Effect], move: Move
) -> tuple[str, int] | None:
    opened = None
    for effect in effects:
        record = await loaded(turn, pressed.entity, pressed.id, reads_of(effect))
        match effect:
            case RefuseEffect():
                raise Conflict(effect.message)
            case MoveEffect():
                await move(turn, pressed.entity, record, effect.transition)
            case IfEffect():
                holds = effect.condition.evaluate(record, turn.variables) is True
                chosen = effect.then if holds else effect.otherwise
                opened = await _carry_out(turn, pressed, chosen, move) or opened
            case _:
                entities, variables = turn.catalog.entities, turn.variables
                for write in writes_of(effect, pressed.entity, record, entities, variables):
                    id_ = await _write(turn, pressed, write)
                    if write.id is None and pressed.action.opens == write.entity and _opens(effect):
                        opened = await _readable(turn, write.entity, id_)
    return opened


def _opens(effect: Effect) -> bool:
    return bool(getattr(effect, "open", False))


async def _readable(turn: Turn, name: str, id_: int) -> tuple[str, int] | None:
    access = turn.access(name)
    rows = await load(turn.session, turn.catalog, access.entity, [id_], access.reads())
    return (name, id_) if "read" in access.on_record(rows[id_]).can else None


async def _write(turn: Turn, pressed: Pressed, write: Write) -> int:
    """Store one write; its problems are told with the action that it belongs to."""
    entity = turn.catalog.entities[write.entity]
    try:
        if write.id is None:
            return await _create(turn, entity, write)
        return await _update(turn, entity, write, write.id)
    except Invalid as refused:
        problems = [Problem(_pointer(pressed, write, one), one.code, one.message) for one in refused.problems]
        raise Invalid(NOT_DONE(action=pressed.action.label, label=entity.label), problems) from refused


def _pointer(pressed: Pressed, write: Write, problem: Problem) -> str:
    """Only fields of the record at hand can be pointed at."""
    return problem.field if (write.entity, write.id) == (pressed.entity.name, pressed.id) else ""


async def _create(turn: Turn, entity: Entity, write: Write) -> int:
    prepared = await prepare(turn, entity, write.reading, None, {}, form=False)
    await refuse_problems(turn, entity, prepared, None)
    await insert_prepared(turn, entity, prepared)
    id_: int = prepared.record["id"]
    return id_


async def _update(turn: Turn, entity: Entity, write: Write, id_: int) -> int:
    await lock_record(turn.session, entity, id_)
    before = await loaded(turn, entity, id_, turn.access(entity.name).reads())
    prepared = await prepare(turn, entity, write.reading, before, {}, form=False)
    changed = changed_fields(entity, before, prepared.record)
    prepared.problems += refuse_locked(entity, before, changed, turn.variables)
    await refuse_problems(turn, entity, prepared, before)
    await update_prepared(turn, entity, before, prepared, "changed")
    if changed:
        await note_edit(turn, entity, prepared.record, changed)
    return id_


async def loaded(turn: Turn, entity: Entity, id_: int, paths: Iterable[str]) -> dict[str, Any]:
    """The record as the effects before left it."""
    wanted = frozenset(entity.fields) | needs_of(entity).record | frozenset(paths)
    rows = await load(turn.session, turn.catalog, entity, [id_], wanted)
    if id_ not in rows:
        raise NotFound(GONE)
    return rows[id_]
