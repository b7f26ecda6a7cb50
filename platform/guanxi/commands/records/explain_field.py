"""Why a field of a record is as it is: its value, and why it is hidden, required, fixed or locked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from guanxi.commands.actor import Actor
from guanxi.commands.records.collecting import collect
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.relations import Related, relate
from guanxi.commands.records.showing import CLEAR, shows_of
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.following import collections_read
from guanxi.definitions.labels import Label
from guanxi.errors import N_, NotFound, Text
from guanxi.expressions import Formula, Shows, Step, explain, sentence
from guanxi.records.needs import needs_of
from guanxi.rules.constraints import shows_of_line

NO_FIELD = N_("{label} has no field “{name}”, or it is not for you to see.")
NO_LINE = N_("Say of which line: one of {lines}.")

Aspect = Literal["value", "visible", "required", "read_only", "locked", "pressed"]


@dataclass(frozen=True, slots=True)
class StepView:
    """A part of an expression with its value; `withheld` where the value is not for the reader."""

    step: Step
    withheld: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field is as it is in one aspect.

    `now` is the computed value, or whether the aspect applies now. `text` is the expression; None where the
    definition says it without one (a field that is always required). `why` names the values that decided.
    """

    aspect: Aspect
    now: object
    withheld: bool = False
    text: str | None = None
    lock: str | None = None
    why: Text | None = None
    steps: tuple[StepView, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldExplanation:
    """A field of a record with its reasons, one for each aspect that its definition speaks of."""

    name: str
    label: Label
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked about: a field, the record or line that holds it, and what may be told."""

    entity: Entity
    field: Field
    holder: Mapping[str, Any]
    variables: Mapping[str, Any]
    shows: Shows
    masked: bool


async def explain_field(
    workspace: Workspace, actor: Actor, entity: str, id_: int, field: str, *, line: int | None = None
) -> FieldExplanation:
    """Why a field of a record is as it is now; `field` is `lines.amount` for one of the line `line` (its id).

    Raises NotFound when the record, the line or the field is not there, or not for the actor to see.
    """

    async def work(turn: Turn) -> FieldExplanation:
        definition = entity_of(turn, entity)
        record, right = await find_record(turn, definition, id_)
        related = Related()
        await relate(turn, definition, record, needs_of(definition), related)
        head, _, inner = field.partition(".")
        level = right.fields.get(head, "hidden")
        found = definition.fields.get(head)
        if found is None or level == "hidden":
            raise NotFound(NO_FIELD(label=definition.label, name=field))
        shows = shows_of(turn, definition, record, right.fields, related)
        if collections_read(definition, found):
            await collect(turn, definition, record, found)
        asked = _Question(definition, found, record, turn.variables, shows, level not in CLEAR)
        locks = tuple(_locks(asked))
        if inner:
            asked = _of_line(asked, inner, line)
        return FieldExplanation(field, asked.field.label, (*_reasons(asked), *locks))

    return await workspace.read(actor, work)


def _of_line(asked: _Question, name: str, line: int | None) -> _Question:
    lines = asked.field.lines
    field = lines.fields.get(name) if lines is not None else None
    if lines is None or field is None:
        raise NotFound(NO_FIELD(label=asked.field.label, name=name))
    rows = () if asked.masked else asked.holder.get(asked.field.name) or ()
    holder = next((row for row in rows if row.get("id") == line), None)
    if holder is None:
        raise NotFound(NO_LINE(lines=", ".join(str(row.get("id")) for row in rows)))
    shows = shows_of_line(asked.field.name, asked.shows)
    owned = {**holder, "parent": asked.holder}
    return _Question(lines, field, owned, asked.variables, shows, asked.masked)


def _reasons(asked: _Question) -> Iterator[Reason]:
    field = asked.field
    if field.formula is not None:
        yield _explained(asked, "value", field.formula)
    if field.visible_when is not None:
        yield _explained(asked, "visible", field.visible_when)
    if field.required:
        yield Reason("required", now=True)
    elif field.required_when is not None:
        yield _explained(asked, "required", field.required_when)
    if field.read_only or field.computed:
        yield Reason("read_only", now=True)
    elif field.read_only_when is not None:
        yield _explained(asked, "read_only", field.read_only_when)


def _locks(asked: _Question) -> Iterator[Reason]:
    for lock in asked.entity.locks:
        if asked.field.name not in lock.except_:
            yield _explained(asked, "locked", lock.when, lock.name)


def reason_of(
    aspect: Aspect, formula: Formula, holder: Mapping[str, Any], variables: Mapping[str, Any], shows: Shows
) -> Reason:
    """Whether a condition holds on a record, and why, told only with what `shows` lets the reader see."""
    explanation = explain(formula, holder, variables)
    steps = tuple(StepView(step, not all(map(shows, step.reads))) for step in explanation.steps)
    return Reason(aspect, explanation.holds, text=formula.text, why=sentence(explanation, shows), steps=steps)


def _explained(asked: _Question, aspect: Aspect, formula: Formula, lock: str | None = None) -> Reason:
    if aspect != "value":
        reason = reason_of(aspect, formula, asked.holder, asked.variables, asked.shows)
        return replace(reason, lock=lock)
    explanation = explain(formula, asked.holder, asked.variables)
    # Every part of the formula of a masked field tells about the field.
    steps = tuple(
        StepView(step, asked.masked or not all(map(asked.shows, step.reads))) for step in explanation.steps
    )
    value = None if asked.masked else explanation.value
    return Reason(aspect, value, withheld=asked.masked, text=formula.text, steps=steps)
