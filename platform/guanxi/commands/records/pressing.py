"""What comes with the pressing of an action or transition, and filling in what it requires."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.commands.approvals.edits import note_edit
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.saving import refuse_problems, update_prepared
from guanxi.commands.workspace import Turn
from guanxi.definitions.action import Action
from guanxi.definitions.entity import Entity
from guanxi.definitions.role import Level
from guanxi.definitions.stages import Transition
from guanxi.errors import N_, Invalid, Problem
from guanxi.records.difference import changed_fields
from guanxi.records.payload import UNKNOWN
from guanxi.rules.access import RecordAccess
from guanxi.rules.locks import refuse_locked

LONGEST_ID = 19
UNKNOWN_INPUT = N_("This action takes no such input.")


@dataclass(frozen=True, slots=True)
class Pressing:
    """A comment, what was said of the fields that are asked for, and values of fields that are required.

    `chosen` are the people whom the submitter names for steps of the approval.
    """

    comment: str = ""
    input: Any = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def read_pressing(payload: object, pressed: Action | Transition | None) -> Pressing:
    """Read a payload of `comment`, `input`, `fields` and `chosen`, as far as what is pressed takes them.

    `chosen` has, by step, the ids of people as texts.

    Raises:
        Invalid: it holds something else.
    """
    if not payload:
        return Pressing(input={})
    required = pressed.requires if isinstance(pressed, Transition) else ()
    known = {"comment"} | ({"input"} if pressed is not None and pressed.input is not None else set())
    known |= {"fields"} if required else set()
    known |= {"chosen"} if isinstance(pressed, Transition) and pressed.approval is not None else set()
    if not isinstance(payload, dict):
        raise Invalid(UNKNOWN_INPUT, [Problem("", "type", N_("Send an object."))])
    if extra := sorted(set(payload) - known):
        raise Invalid(UNKNOWN_INPUT, [Problem(f"/{extra[0]}", "unknown_field", UNKNOWN(name=extra[0]))])
    comment, fields = payload.get("comment") or "", payload.get("fields") or {}
    if not isinstance(comment, str):
        raise Invalid(UNKNOWN_INPUT, [Problem("/comment", "type", N_("Send a text."))])
    if not isinstance(fields, Mapping):
        raise Invalid(UNKNOWN_INPUT, [Problem("/fields", "type", N_("Send an object."))])
    if other := sorted(set(fields) - set(required)):
        raise Invalid(
            UNKNOWN_INPUT, [Problem(f"/fields/{other[0]}", "unknown_field", UNKNOWN(name=other[0]))]
        )
    return Pressing(comment.strip(), payload.get("input") or {}, fields, _chosen(payload.get("chosen")))


def _chosen(said: object) -> dict[str, tuple[int, ...]]:
    """The people by step, as ids."""
    steps = said or {}
    if not isinstance(steps, Mapping):
        raise Invalid(UNKNOWN_INPUT, [Problem("/chosen", "type", N_("Send an object."))])
    found = {}
    for step, people in steps.items():
        ids = [one for one in people if _is_id(one)] if isinstance(people, list) else []
        if not ids or len(ids) != len(people):
            message = N_("Send a list of ids, as texts.")
            raise Invalid(UNKNOWN_INPUT, [Problem(f"/chosen/{step}", "type", message)])
        found[str(step)] = tuple(int(one) for one in ids)
    return found


def _is_id(text: object) -> bool:
    return isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < LONGEST_ID


async def fill_in(
    turn: Turn,
    entity: Entity,
    before: dict[str, Any],
    right: RecordAccess,
    fields: Mapping[str, Any],
    *,
    form: bool,
) -> dict[str, Any]:
    """Change fields of a loaded record, before it moves on, as the person might have done before.

    Raises:
        Invalid: with every problem.
    """
    reading: dict[str, Level] = dict.fromkeys(right.fields, "read")
    levels = right.fields if "update" in right.can else reading
    prepared = await prepare(turn, entity, fields, before, levels, form=form)
    changed = changed_fields(entity, before, prepared.record)
    prepared.problems += refuse_locked(entity, before, changed, turn.variables)
    await refuse_problems(turn, entity, prepared, before)
    await update_prepared(turn, entity, before, prepared, "changed")
    return await note_edit(turn, entity, prepared.record, changed) if changed else prepared.record
