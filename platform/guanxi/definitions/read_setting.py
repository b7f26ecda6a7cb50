"""Reading what an effect sets: values of fields, and lines made from the records of a collection."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.decisions.model import LISTS, Asked
from guanxi.definitions.effect import Each, LinesFrom
from guanxi.definitions.entity import Entity, Field, Value
from guanxi.definitions.fields import FIELD_TYPES, FieldProblem
from guanxi.definitions.fields.references import target_of
from guanxi.definitions.shapes import led_back_by
from guanxi.definitions.suggestions import nearest
from guanxi.expressions.types import BOOLEAN, AnyReferenceType, CollectionType, ReferenceType, Shape, Type
from guanxi.expressions.unify import assignable

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowScope:
    """A collection, and the name of the shape of the record with one row of it beside its own fields."""

    each: Each
    root: str


def is_row_scope(name: str) -> bool:
    """Whether a shape is of a record with a row beside it, so that only effects know it."""
    return ":" in name


def read_set(
    data: Data, target: Entity, root: str, pointer: str, compiling: Compiling
) -> Mapping[str, Value]:
    """The values that fields of `target` get, as expressions over `root`."""
    found = {}
    for name, raw in data.items():
        here = f"{pointer}/{name}"
        if not compiling.one_of(name, target.fields, Part("field", target.name, key=True), here):
            continue
        value = _value(target.fields[name], raw, root, here, compiling)
        if value is not None:
            found[name] = value
    return MappingProxyType(found)


def read_data(data: Data, root: str, pointer: str, compiling: Compiling) -> Mapping[str, Value]:
    """Values by name that are no fields: what an event or a request holds, or is to hold."""
    found = {}
    for name, raw in data.items():
        if isinstance(raw, str) and raw.startswith("= "):
            formula = compiling.formula(raw[2:].strip(), root, None, f"{pointer}/{name}")
            if formula is not None:
                found[name] = Value(formula=formula)
        elif isinstance(raw, Mapping):
            asked = read_asked(raw, root, f"{pointer}/{name}", compiling)
            if asked is not None:
                found[name] = Value(decision=asked)
        else:
            literal = raw[1:] if isinstance(raw, str) and raw.startswith("==") else raw
            found[name] = Value(literal=literal)
    return MappingProxyType(found)


def read_asked(data: Data, root: str, pointer: str, compiling: Compiling) -> Asked | None:
    """The output of a table that is asked for a value (`{"decision": ..., "output": ...}`).

    It is asked about the record, beside a row too. None where it cannot be: the problem is noted.
    """
    if "decision" not in data:
        compiling.problem(pointer, '"decision" is missing', "lines are made in a field that holds lines")
        return None
    of = compiling.workshop.shapes[root].entity
    table = compiling.decision(data, of, pointer)
    output = table.output(data.get("output", "")) if table is not None else None
    if table is None or output is None:
        return None
    if table.of is None:
        message = f'the decision "{table.name}" is about facts, not about {of}'
        compiling.problem(f"{pointer}/decision", message, f"name a decision of {of}")
        return None
    if table.hit in LISTS or output.measure.type == "who" or output.measure.as_written:
        message = f'"{output.name}" of {table.name} is not one value'
        compiling.problem(f"{pointer}/decision", message, "name an output that gives one value")
        return None
    return Asked(table, output)


def _fits(asked: Asked, field: Field) -> bool:
    """Whether a field can hold whatever the table answers."""
    measure = asked.output.measure
    names = {option.name for option in field.options}
    if field.type == "select" and not (measure.values and names.issuperset(measure.values)):
        return False
    return assignable(measure.expression_type(), FIELD_TYPES[field.type].expression_type(field, None))


def read_lines(
    name: str, data: Data, target: Entity, source: str, pointer: str, compiling: Compiling
) -> LinesFrom | None:
    """Lines of the field `name` of `target`, made from a collection of the shape `source`."""
    if not compiling.one_of(name, target.fields, Part("field", target.name, key=True), pointer):
        return None
    lines = target.fields[name].lines
    if lines is None:
        compiling.problem(pointer, f'the field "{name}" holds no lines', "write a value")
        return None
    if "set" not in data or "decision" in data:
        compiling.problem(pointer, 'lines are made with "each" and "set"', "say what stands in each line")
        return None
    row, _, collection = data["each"].partition(" in ")
    scope = read_each(row, collection, data.get("when"), source, pointer, compiling, key="each")
    if scope is None:
        return None
    return LinesFrom(
        each=scope.each, set=read_set(data["set"], lines, scope.root, f"{pointer}/set", compiling)
    )


def read_each(
    row: str,
    collection: str,
    when: str | None,
    source: str,
    pointer: str,
    compiling: Compiling,
    *,
    key: str = "as",
) -> RowScope | None:
    """The rows of a collection of the shape `source`, each called `row` in expressions."""
    shapes = compiling.workshop.shapes
    shape = shapes[source]
    kinds = {name: kind for name, kind in shape.members.items() if isinstance(kind, CollectionType)}
    if collection not in kinds:
        message = f'{shape.entity} has no collection "{collection}"'
        compiling.problem(f"{pointer}/{key}", message, nearest(collection, kinds))
        return None
    if row in shape.members or row in ("this", "me", "today", "now", "parent"):
        compiling.problem(f"{pointer}/{key}", f'"{row}" means something else already', "call it otherwise")
        return None
    kind = kinds[collection]
    holder, field = led_back_by(kind) if kind.via is not None else (shape.entity, collection)
    compiling.mention(Part("field", holder, key=True), field, f"{pointer}/{key}")
    root = f"{source}:{row}:{collection}"
    members = {**shape.members, row: ReferenceType(kind.entity)}
    compiling.workshop.shapes = {**shapes, root: Shape(shape.entity, members, shape.parent)}
    condition = None if when is None else compiling.formula(when, root, BOOLEAN, f"{pointer}/when")
    return RowScope(Each(row=row, collection=collection, when=condition), root)


def _value(field: Field, raw: Any, root: str, pointer: str, compiling: Compiling) -> Value | None:
    if field.type == "references":
        return _links(field, raw, root, pointer, compiling)
    if field.computed or field.lines is not None:
        hint = "use a transition" if field.type == "stage" else "set what it is computed from"
        if field.lines is not None:
            hint = 'write {"each": "l in lines", "set": {...}} in a "create", or update its lines'
        compiling.problem(pointer, f'the field "{field.name}" cannot be set', hint)
        return None
    if isinstance(raw, Mapping):
        asked = read_asked(raw, root, pointer, compiling)
        if asked is not None and not _fits(asked, field):
            given = f'"{asked.output.name}" of {asked.table.name} is {asked.output.measure.type}'
            message = f'{given}, which "{field.name}" cannot hold'
            compiling.problem(pointer, message, f"give that output the type {field.type}")
            return None
        return None if asked is None else Value(decision=asked)
    if isinstance(raw, str) and raw.startswith("= "):
        wanted: Type | tuple[Type, ...] = FIELD_TYPES[field.type].expression_type(field, None)
        if field.targets:
            wanted = (*(ReferenceType(name) for name in field.targets), AnyReferenceType(field.targets))
        formula = compiling.formula(raw[2:].strip(), root, wanted, pointer)
        return None if formula is None else Value(formula=formula)
    literal = raw[1:] if isinstance(raw, str) and raw.startswith("==") else raw
    if field.type == "reference" and literal is not None:
        message = "a record cannot be named in a definition"
        compiling.problem(pointer, message, 'write an expression such as "= this"')
        return None
    if literal is None and field.required:
        compiling.problem(pointer, f'"{field.name}" is required', "write a value")
        return None
    try:
        return Value(literal=FIELD_TYPES[field.type].coerce(field, literal, form=False))
    except FieldProblem as problem:
        compiling.problem(pointer, f"the value does not fit: {problem.message}", "")
        return None


def _links(field: Field, raw: Any, root: str, pointer: str, compiling: Compiling) -> Value | None:
    """What a field of several references gets: one record, or none."""
    if raw is None and not field.required:
        return Value()
    if isinstance(raw, str) and raw.startswith("= "):
        formula = compiling.formula(raw[2:].strip(), root, ReferenceType(target_of(field)), pointer)
        return None if formula is None else Value(formula=formula)
    message = f'"{field.name}" is set to one record, or to null where it is not required'
    compiling.problem(pointer, message, 'write "= account", or {"each": ..., "set": {...}} in a "create"')
    return None
