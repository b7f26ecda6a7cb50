"""What a field is at this moment: visible, required, read-only. Worked out on the server from the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.entity import Entity, Field
from guanxi.errors import N_, Problem
from guanxi.expressions import Formula
from guanxi.records.completing import inputs_changed

REQUIRED = N_("Enter {label}.")
NOT_APPLICABLE = N_("{label} does not apply here: leave it empty.")
READ_ONLY = N_("{label} cannot be changed here.")
NOT_OFFERED = N_("{label}: this choice does not fit the rest of the record. Choose another.")


@dataclass(frozen=True, slots=True)
class FieldState:
    """How a field stands on one record. `refused` are the options that it does not offer there."""

    visible: bool
    required: bool
    read_only: bool
    refused: frozenset[str] = frozenset()


def field_state(field: Field, record: Mapping[str, Any], variables: Mapping[str, Any]) -> FieldState:
    """The state of one field; a field that is not visible is never required."""
    visible = field.visible_when is None or field.visible_when.holds(record, variables)
    wanted = field.required or _holds(field.required_when, record, variables)
    fixed = field.read_only or field.computed or _holds(field.read_only_when, record, variables)
    refused = frozenset(
        option.name
        for option in field.options
        if option.when is not None and not option.when.holds(record, variables)
    )
    return FieldState(visible, visible and wanted and not field.computed, fixed, refused)


def field_states(
    entity: Entity, record: Mapping[str, Any], variables: Mapping[str, Any]
) -> dict[str, FieldState]:
    """The states of all fields of a record, and of its lines under `<field>/<position>/<name>`."""
    states = {name: field_state(field, record, variables) for name, field in entity.fields.items()}
    for field in entity.line_fields:
        for position, line in enumerate(record.get(field.name) or ()):
            owned = {**line, "parent": record}
            for name, inner in (field.lines.fields if field.lines else {}).items():
                states[f"{field.name}/{position}/{name}"] = field_state(inner, owned, variables)
    return states


def refuse_by_condition(
    entity: Entity,
    record: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    given: frozenset[str],
    variables: Mapping[str, Any],
) -> list[Problem]:
    """Problems of a completed record: missing what is required, given what does not apply or is read-only.

    `given` are the JSON pointers of the payload's fields. A value that the stored record (`before`) already
    holds disturbs nobody.
    """
    problems = _of_fields(entity, record, before, given, variables, "")
    for field in entity.line_fields:
        if field.lines is None or not field_state(field, record, variables).visible:
            continue
        old = {line.get("id"): {**line, "parent": before} for line in (before or {}).get(field.name) or ()}
        for position, line in enumerate(record.get(field.name) or ()):
            pointer = f"/{field.name}/{position}"
            problems += _of_fields(field.lines, line, old.get(line.get("id")), given, variables, pointer)
    return problems


def _of_fields(
    entity: Entity,
    record: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    given: frozenset[str],
    variables: Mapping[str, Any],
    base: str,
) -> list[Problem]:
    problems = []
    for name, field in entity.fields.items():
        state = field_state(field, record, variables)
        value, pointer = record.get(name), f"{base}/{name}"
        changed = pointer in given and (field.lines is not None or value != (before or {}).get(name))
        if state.required and value in (None, "", []):
            problems.append(Problem(pointer, "required", REQUIRED(label=field.label)))
        elif changed and not state.visible and value not in (None, "", []):
            problems.append(Problem(pointer, "not_applicable", NOT_APPLICABLE(label=field.label)))
        elif changed and state.read_only and not field.computed and field.read_only_when is not None:
            problems.append(Problem(pointer, "read_only", READ_ONLY(label=field.label)))
        elif state.visible and _refused(value, state) and _chosen_now(field, record, before):
            problems.append(Problem(pointer, "choice", NOT_OFFERED(label=field.label)))
    return problems


def _refused(value: Any, state: FieldState) -> bool:
    return bool(state.refused) and not state.refused.isdisjoint(_several(value))


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _chosen_now(field: Field, record: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    """Whether the value, or what decides that it fits, is another than the stored record has."""
    value = record.get(field.name)
    if field.computed or before is None or before.get(field.name) != value:
        return not field.computed
    conditions = [option.when for option in field.options if option.name in _several(value)]
    return any(one is not None and inputs_changed(one, record, before) for one in conditions)


def _holds(formula: Formula | None, record: Mapping[str, Any], variables: Mapping[str, Any]) -> bool:
    return formula is not None and formula.holds(record, variables)
