"""Checks: expressions that must hold on the record at the end of a command, on form and API alike."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Constraint, Entity
from guanxi.errors import N_, Problem, Sentence

BROKEN = N_("The rule “{name}” does not hold: {text}")


def broken_checks(entity: Entity, record: Mapping[str, Any], variables: Mapping[str, Any]) -> list[Problem]:
    """Every check that fails on the record, and on each of its lines."""
    problems = _broken(entity, record, variables, "")
    for field in entity.line_fields:
        lines = field.lines
        if lines is None or not lines.constraints:
            continue
        for position, line in enumerate(record.get(field.name) or ()):
            problems += _broken(lines, line, variables, f"/{field.name}/{position}")
    return problems


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
    entity: Entity, record: Mapping[str, Any], variables: Mapping[str, Any], pointer: str
) -> list[Problem]:
    found = []
    for constraint in entity.constraints:
        if constraint.check is None:
            continue
        if constraint.when is not None and constraint.when.evaluate(record, variables) is not True:
            continue
        if constraint.check.evaluate(record, variables) is not True:
            found.append(Problem(pointer + _where(entity, constraint), "check", _message(constraint)))
    return found


def _where(entity: Entity, constraint: Constraint) -> str:
    """The field to point at: the first that the check reads directly, if any."""
    reads = constraint.check.reads if constraint.check else ()
    first = next((name for name in entity.fields if any(path.split(".")[0] == name for path in reads)), None)
    return f"/{first}" if first else ""


def _message(constraint: Constraint) -> Sentence:
    if constraint.message is not None:
        return constraint.message
    return BROKEN(name=constraint.name, text=constraint.check.text if constraint.check else "")
