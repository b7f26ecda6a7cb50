"""What a person says when they press something: read and judged as a form of a record is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.effects.writing import loaded
from guanxi.commands.records.relations import Related, refuse_references, relate
from guanxi.commands.workspace import Turn
from guanxi.definitions.action import Action
from guanxi.definitions.effect import every_effect
from guanxi.definitions.entity import Entity
from guanxi.definitions.role import Level
from guanxi.definitions.stages import Transition
from guanxi.errors import N_, Invalid, Problem
from guanxi.expressions import Formula
from guanxi.records.checking import check_values
from guanxi.records.completing import complete
from guanxi.records.conditions import refuse_by_condition
from guanxi.records.needs import needs_of, needs_of_paths
from guanxi.records.payload import read_payload
from guanxi.records.schema_check import check_schema
from guanxi.rules.effects import INPUT, reads_of

SAY_MORE = N_("Something is still to be filled in. Correct what is marked and try again.")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, completed, with everything that is wrong with it."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]
    related: Related


async def read_said(
    turn: Turn, entity: Entity, id_: int, asked: Entity, payload: object, *, form: bool = False
) -> Said:
    """Read what was said of the fields `asked` about a record of `entity`; nothing is refused yet."""
    levels: Mapping[str, Level] = dict.fromkeys(asked.fields, "write")
    reading = read_payload(asked, payload, levels, None, form=form)
    paths = {path.removeprefix(ABOVE) for path in _reads(asked) if path.startswith(ABOVE)}
    values = {**reading.values, "parent": await loaded(turn, entity, id_, paths)}
    given, needs, related = frozenset(reading.given), needs_of(asked), Related()
    complete(asked, values, None, given, turn.variables)
    await relate(turn, asked, values, needs, related)
    complete(asked, values, None, given, turn.variables)
    problems = {problem.field: problem for problem in reading.problems}
    for problem in (
        *refuse_references(turn, asked, values, needs, related, given),
        *refuse_by_condition(asked, values, None, given, turn.variables),
        *check_values(asked, values, given),
    ):
        problems.setdefault(problem.field, problem)
    found = tuple(problems.values()) or tuple(check_schema(asked, values))
    return Said(values, found, related)


async def inputs_of(
    turn: Turn,
    entity: Entity,
    id_: int,
    pressed: Action | Transition,
    payload: object,
    *,
    form: bool = False,
) -> dict[str, Any]:
    """What the effects of what is pressed read: `input.<name>` by path, for a currency too.

    Raises:
        Invalid: with every problem of what was said; fields are pointed at below `/input`.
    """
    if pressed.input is None:
        return {}
    said = await read_said(turn, entity, id_, pressed.input, payload, form=form)
    if said.problems:
        problems = [Problem(f"/input{one.field}", one.code, one.message) for one in said.problems]
        raise Invalid(SAY_MORE, problems)
    paths = {path for effect in every_effect(pressed.effects) for path in reads_of(effect)}
    behind = {path.removeprefix(INPUT) for path in paths if path.startswith(INPUT)}
    needs = needs_of_paths(pressed.input, behind)
    await relate(turn, pressed.input, said.values, needs, said.related)
    return {f"{INPUT}{key}": value for key, value in said.values.items() if key != "parent"}


ABOVE = "parent."


def _reads(asked: Entity) -> set[str]:
    return {path for formula in _formulas(asked) for path in formula.reads}


def _formulas(asked: Entity) -> Iterator[Formula]:
    for field in asked.fields.values():
        values = (one.formula for one in (field.default, field.currency) if one is not None)
        conditions = (field.visible_when, field.required_when, field.read_only_when, field.suggest)
        options = (option.when for option in field.options)
        yield from (one for one in (*values, *conditions, *options) if one is not None)
