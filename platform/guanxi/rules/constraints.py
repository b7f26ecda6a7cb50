"""Checks over a record and what it refers to, on form and API alike; those over others are judged later."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Constraint, Entity
from guanxi.errors import N_, Problem, Sentence
from guanxi.expressions import Formula, Shows, because

BROKEN = N_("The rule “{name}” does not hold: {text}")
BROKEN_BY = N_("The rule “{name}” does not hold: {text} ({values})")


def broken_checks(
    entity: Entity, record: Mapping[str, Any], variables: Mapping[str, Any], shows: Shows
) -> list[Problem]:
    """Every check that fails on the record, and on each of its lines.

    A check that brings no message of its own is told with the values that decided, of those that `shows`
    lets the reader see.
    """
    problems = _broken(entity, record, variables, "", shows)
    for field in entity.line_fields:
        lines = field.lines
        if lines is None or not lines.constraints:
            continue
        for position, line in enumerate(record.get(field.name) or ()):
            pointer = f"/{field.name}/{position}"
            problems += _broken(lines, line, variables, pointer, shows_of_line(field.name, shows))
    return problems


def shows_of_line(field: str, shows: Shows) -> Shows:
    """What may be seen of paths that begin at a line of a field, by what may be seen of the record's."""
    return lambda path: shows(
        path.removeprefix("parent.") if path.startswith("parent.") else f"{field}.{path}"
    )


def unique_keys(entity: Entity) -> list[Constraint]:
    """The unique constraints; a field's own `unique` counts as one."""
    own = [Constraint(name=f"unique_{f.name}", unique=(f.name,)) for f in entity.fields.values() if f.unique]
    return [constraint for constraint in [*own, *entity.constraints] if constraint.unique]


def key_values(constraint: Constraint, record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values of a record that may occur once; None where a part is missing."""
    values = {name: record.get(name) for name in constraint.unique}
    return None if any(value is None for value in values.values()) else values


def counts(constraint: Constraint, record: Mapping[str, Any], variables: Mapping[str, Any]) -> bool:
    """Whether the constraint is about the record at all."""
    return constraint.when is None or constraint.when.evaluate(record, variables) is True


def _broken(
    entity: Entity, record: Mapping[str, Any], variables: Mapping[str, Any], pointer: str, shows: Shows
) -> list[Problem]:
    found = []
    for constraint in entity.constraints:
        if constraint.check is None or constraint.related:
            continue
        if constraint.when is not None and not constraint.when.holds(record, variables):
            continue
        if not constraint.check.holds(record, variables):
            message = constraint.message or _message(
                constraint.name, constraint.check, record, variables, shows
            )
            found.append(Problem(pointer + _where(entity, constraint), "check", message))
    return found


def _where(entity: Entity, constraint: Constraint) -> str:
    """The field to point at: the first that the check reads directly, if any."""
    reads = constraint.check.reads if constraint.check else ()
    first = next((name for name in entity.fields if any(path.split(".")[0] == name for path in reads)), None)
    return f"/{first}" if first else ""


def _message(
    name: str, check: Formula, record: Mapping[str, Any], variables: Mapping[str, Any], shows: Shows
) -> Sentence:
    values = because(check, record, variables, shows)
    if values is None:
        return BROKEN(name=name, text=check.text)
    return BROKEN_BY(name=name, text=check.text, values=values)
