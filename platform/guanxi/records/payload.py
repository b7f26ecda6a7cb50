"""Reading a payload: JSON from the API or text from a form becomes typed values, or problems, all at once.

Unknown, computed and read-only fields are refused, never dropped: what somebody sends either counts or is
named as a problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES, FieldProblem, Money
from guanxi.definitions.fields.references import LINK
from guanxi.definitions.role import Level
from guanxi.errors import N_, Problem
from guanxi.records.checking import NAMED_CURRENCY

UNKNOWN = N_("There is no field “{name}” here. Remove it.")
UNKNOWN_HINT = N_("There is no field “{name}” here. Did you mean “{near}”?")
COMPUTED = N_("{label} is filled in by the system. Remove it.")
READ_ONLY = N_("{label} cannot be changed here.")
NOT_AN_OBJECT = N_("Send an object with fields.")
NOT_A_LIST = N_("Send a list of lines.")
UNKNOWN_LINE = N_("This line is not part of the record any more. Reload the page.")
TOO_MANY_LINKS = N_("At most {limit} records fit in one field.")
TOO_MANY_LINES = N_("At most {limit} lines fit in one record.")
LINE_LIMIT = 1000

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Reading:
    """What a payload says: values to put over a record, the pointers that were given, and what is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_payload(
    entity: Entity,
    payload: object,
    levels: Mapping[str, Level],
    before: Mapping[str, Any] | None,
    *,
    form: bool,
) -> Reading:
    """Read a payload for a new record (`before` None) or a change of a stored one.

    `levels` is the field access of the person; `form` accepts text as people type it in a form.
    """
    reading = Reading()
    if not isinstance(payload, Mapping):
        reading.problems.append(Problem("", "type", NOT_AN_OBJECT))
        return reading
    for name, raw in payload.items():
        definition = entity.fields.get(str(name))
        problem = _refusal(entity, str(name), definition, levels)
        if problem is not None:
            reading.problems.append(problem)
        elif definition is not None and definition.type == "references":
            _read_links(definition, raw, before, reading, form=form)
        elif definition is not None and definition.lines is not None:
            _read_lines(definition, definition.lines, raw, before, reading, form=form)
        elif definition is not None:
            _read_value(definition, raw, reading.values, f"/{name}", reading, form=form)
    return reading


def _refusal(
    entity: Entity, name: str, definition: Field | None, levels: Mapping[str, Level]
) -> Problem | None:
    pointer = f"/{_escape(name)}"
    level = levels.get(name, "hidden")
    if definition is None or level == "hidden":
        visible = [known for known in entity.fields if levels.get(known, "hidden") != "hidden"]
        near = get_close_matches(name, visible, 1)
        message = UNKNOWN_HINT(name=name, near=near[0]) if near else UNKNOWN(name=name)
        return Problem(pointer, "unknown_field", message)
    if definition.computed:
        return Problem(pointer, "computed", COMPUTED(label=definition.label))
    if definition.read_only or level != "write":
        return Problem(pointer, "read_only", READ_ONLY(label=definition.label))
    return None


def _read_value(
    definition: Field, raw: object, values: dict[str, Any], pointer: str, reading: Reading, *, form: bool
) -> None:
    reading.given.add(pointer)
    try:
        value = FIELD_TYPES[definition.type].coerce(definition, raw, form=form)
    except FieldProblem as problem:
        reading.problems.append(Problem(pointer, problem.code, problem.message))
        return
    if isinstance(value, Money):
        values[definition.name] = value.amount
        if value.currency is not None:
            values[f"{definition.name}.currency"] = value.currency
            values[NAMED_CURRENCY.format(definition.name)] = value.currency
            reading.given.add(f"{pointer}/currency")
    else:
        values.update(FIELD_TYPES[definition.type].kept(definition, value))


def _read_links(
    definition: Field, raw: object, before: Mapping[str, Any] | None, reading: Reading, *, form: bool
) -> None:
    """The links to the records given: those that are there already stay the same."""
    pointer = f"/{definition.name}"
    reading.given.add(pointer)
    try:
        ids: tuple[int, ...] = FIELD_TYPES[definition.type].coerce(definition, raw, form=form)
    except FieldProblem as problem:
        reading.problems.append(Problem(pointer, problem.code, problem.message))
        return
    if len(ids) > LINE_LIMIT:
        reading.problems.append(Problem(pointer, "too_many", TOO_MANY_LINKS(limit=LINE_LIMIT)))
        return
    there = {link[LINK]: link["id"] for link in (before or {}).get(definition.name) or ()}
    reading.values[definition.name] = [{"id": there.get(id_), LINK: id_} for id_ in ids]
    reading.given |= {f"{pointer}/{at}" for at, id_ in enumerate(ids) if id_ not in there}


def _read_lines(
    definition: Field,
    lines: Entity,
    raw: object,
    before: Mapping[str, Any] | None,
    reading: Reading,
    *,
    form: bool,
) -> None:
    pointer = f"/{definition.name}"
    reading.given.add(pointer)
    if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
        reading.problems.append(Problem(pointer, "type", NOT_A_LIST))
        return
    if len(raw) > LINE_LIMIT:
        reading.problems.append(Problem(pointer, "too_many", TOO_MANY_LINES(limit=LINE_LIMIT)))
        return
    stored = {str(line["id"]): line for line in (before or {}).get(definition.name) or ()}
    writable: dict[str, Level] = dict.fromkeys(lines.fields, "write")
    result = []
    for position, item in enumerate(raw):
        here = f"{pointer}/{position}"
        if not isinstance(item, Mapping):
            reading.problems.append(Problem(here, "type", NOT_AN_OBJECT))
            continue
        line = _existing_line(item, stored, here, reading)
        for name, value in item.items():
            if name == "id":
                continue
            inner = lines.fields.get(str(name))
            problem = _refusal(lines, str(name), inner, writable)
            if problem is not None:
                reading.problems.append(Problem(here + problem.field, problem.code, problem.message))
            elif inner is not None:
                _read_value(inner, value, line, f"{here}/{name}", reading, form=form)
        result.append(line)
    reading.values[definition.name] = result


def _existing_line(
    item: Mapping[str, Any], stored: dict[str, Any], pointer: str, reading: Reading
) -> dict[str, Any]:
    """The stored line that the item changes (each once), or a new one."""
    key = item.get("id")
    if key in (None, ""):
        return {"id": None}
    line = stored.pop(key, None) if isinstance(key, str) else None
    if line is None:
        reading.problems.append(Problem(f"{pointer}/id", "unknown_line", UNKNOWN_LINE))
        return {"id": None}
    return {name: value for name, value in line.items() if name != "parent"}


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
