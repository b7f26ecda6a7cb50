"""Reading an entity: fields with their formulas, rules, the order of computation, its schema."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.entity import Constraint, Entity, Field, Lock
from guanxi.definitions.naming import OWNER, SYSTEM_KEYS, check_entity, check_table
from guanxi.definitions.no_overlap import check_no_overlap
from guanxi.definitions.order import check_currencies, computation_order
from guanxi.definitions.platform_entities import check_platform_entity
from guanxi.definitions.read_field import read_field
from guanxi.definitions.record_schema import line_schema, record_schema
from guanxi.definitions.shapes import inverses_of, lines_data, reads_others
from guanxi.definitions.suggestions import nearest
from guanxi.expressions import Formula
from guanxi.expressions.types import BOOLEAN, USER_ENTITY

Data = Mapping[str, Any]

TITLES = ("text", "sequence")
SEARCHED = ("text", "longText", "sequence", "email", "phone", "url")


def read_entity(plain: Entity, data: Data, compiling: Compiling) -> Entity:
    """Compile an entity document that its meta-schema has accepted; `plain` has no formulas yet."""
    check_entity(plain.name, compiling)
    fields = {
        name: _field(field, data["fields"][name], plain.name, f"/fields/{name}", compiling)
        for name, field in plain.fields.items()
    }
    entity = replace(
        plain,
        table=compiling.workshop.placement.table(plain.name),
        fields=MappingProxyType(fields),
        constraints=_constraints(data, fields, plain.name, "", compiling),
        locks=_locks(data, fields, plain.name, compiling),
        owner=owner_of(data, fields),
        search=tuple(data.get("search", (data["title"],))),
    )
    _check_names(entity, data, compiling)
    check_platform_entity(entity, compiling)
    check_currencies(entity, "", compiling)
    entity = replace(entity, order=computation_order(entity, "", compiling))
    return replace(entity, schema=record_schema(entity))


def check_inverses(entities: Mapping[str, Entity], compilings: Mapping[str, Compiling]) -> None:
    """Note every inverse whose name the other entity uses already, for a field or another inverse."""
    taken: dict[tuple[str, str], str] = {
        (name, field): f'the field "{field}"' for name, entity in entities.items() for field in entity.fields
    }
    for inverse in inverses_of(entities.values()):
        holder, field = inverse.declared
        entity, _, lines = holder.partition(".")
        inside = f"/fields/{lines}" if lines else ""
        pointer = f"{inside}/fields/{field}/inverse"
        key = (inverse.entity, inverse.name)
        if key in taken:
            message = f'"{inverse.name}" is already {taken[key]} of {inverse.entity}'
            compilings[entity].problem(pointer, message, "give it another name")
        taken.setdefault(key, f"the inverse of {holder}.{field}")


def _field(plain: Field, data: Data, entity: str, pointer: str, compiling: Compiling) -> Field:
    if plain.lines is None:
        return read_field(plain, data, entity, pointer, compiling)
    root = plain.lines.name
    check_table(root, pointer, compiling)
    # A link stands in the definition as the field itself.
    inside = pointer if plain.type == "references" else ""
    inner = {
        name: _field(field, inner_data, root, inside or f"{pointer}/fields/{name}", compiling)
        for name, field in plain.lines.fields.items()
        for inner_data in (lines_data(data)["fields"][name],)
    }
    lines = replace(
        plain.lines,
        table=compiling.workshop.placement.table(root),
        parent=entity,
        title=_line_title(inner),
        fields=MappingProxyType(inner),
        constraints=_constraints(data, inner, root, pointer, compiling),
    )
    check_currencies(lines, pointer, compiling)
    lines = replace(lines, order=computation_order(lines, pointer, compiling))
    lines = replace(lines, schema=line_schema(lines))
    return replace(read_field(replace(plain, lines=lines), data, entity, pointer, compiling), lines=lines)


def _line_title(fields: Mapping[str, Field]) -> str:
    """What names a line: its first text or reference, else its first field."""
    return next(
        (name for name, field in fields.items() if field.type in ("text", "reference")), next(iter(fields))
    )


def _check_names(entity: Entity, data: Data, compiling: Compiling) -> None:
    """The title, the searched fields and the names of the entity's own parts."""
    fields = entity.fields
    if compiling.one_of(entity.title, fields, Part("field", entity.name), "/title"):
        _check_type(entity.title, fields, TITLES, "/title", compiling)
    for index, name in enumerate(data.get("search", ())):
        if compiling.one_of(name, fields, Part("field", entity.name), f"/search/{index}"):
            _check_type(name, fields, SEARCHED, f"/search/{index}", compiling)
    if "owner" in data:
        people = [name for name, field in fields.items() if field.to == USER_ENTITY]
        compiling.one_of(data["owner"], people, Part("field", entity.name, "reference to user"), "/owner")
    stages = [name for name, field in fields.items() if field.type == "stage"]
    for name in stages[1:]:
        compiling.problem(f"/fields/{name}", "an entity has one field of type stage", "remove the others")


def _check_type(
    name: str, fields: Mapping[str, Field], types: tuple[str, ...], pointer: str, compiling: Compiling
) -> None:
    if fields[name].type not in types:
        fitting = [key for key, field in fields.items() if field.type in types]
        message = f'"{name}" is of type {fields[name].type}; it must be {" or ".join(types)}'
        compiling.problem(pointer, message, nearest(name, fitting))


def owner_of(data: Data, fields: Mapping[str, Field]) -> str | None:
    """The field that says whose a record is: the one that is named, else a reference to user called so."""
    if "owner" in data:
        return str(data["owner"])
    return OWNER if OWNER in fields and fields[OWNER].to == USER_ENTITY else None


def _constraints(
    data: Data, fields: Mapping[str, Field], root: str, pointer: str, compiling: Compiling
) -> tuple[Constraint, ...]:
    items = data.get("constraints", ())
    compiling.distinct(items, f"{pointer}/constraints")
    return tuple(
        _constraint(item, fields, root, f"{pointer}/constraints/{index}", compiling)
        for index, item in enumerate(items)
    )


def _constraint(
    item: Data, fields: Mapping[str, Field], root: str, pointer: str, compiling: Compiling
) -> Constraint:
    if len({"unique", "check", "noOverlap"} & item.keys()) != 1:
        message = 'a constraint has exactly one of "unique", "check" and "noOverlap"'
        compiling.problem(pointer, message, "write one of them")
    kept = {name for name, field in fields.items() if field.lines is None}
    for index, name in enumerate(item.get("unique", ())):
        compiling.one_of(name, kept, Part("field", root), f"{pointer}/unique/{index}")
    when = compiling.optional(item, "when", root, BOOLEAN, pointer)
    check_no_overlap(item, fields, root, pointer, compiling)
    if when is not None and "check" not in item:
        _check_own_when(when, fields, root, pointer, compiling)
    check = compiling.optional(item, "check", root, BOOLEAN, pointer)
    reads = (check.reads if check else frozenset()) | (when.reads if when else frozenset())
    return Constraint(
        name=item["name"],
        unique=tuple(item.get("unique", ())),
        check=check,
        when=when,
        message=item.get("message"),
        resources=tuple(item.get("noOverlap", ())),
        start=item.get("start", ""),
        end=item.get("end", ""),
        related=any(reads_others(path, root, compiling.workshop.shapes) for path in reads),
    )


def _check_own_when(
    when: Formula, fields: Mapping[str, Field], root: str, pointer: str, compiling: Compiling
) -> None:
    """Whom such a constraint is about must follow from the record itself, and change only with it."""
    if "." in root:
        message = 'lines have no such "when"'
        compiling.problem(f"{pointer}/when", message, "write it on the entity")
        return
    own = {column.key for field in fields.values() for column in field.columns}
    other = sorted((when.reads - own - SYSTEM_KEYS) | when.variables)
    if other:
        message = f'this "when" reads {", ".join(other)}, which changes without the record'
        compiling.problem(f"{pointer}/when", message, "read fields of the record only")


def _locks(data: Data, fields: Mapping[str, Field], root: str, compiling: Compiling) -> tuple[Lock, ...]:
    items = data.get("locks", ())
    compiling.distinct(items, "/locks")
    found = []
    for index, item in enumerate(items):
        pointer = f"/locks/{index}"
        for position, name in enumerate(item.get("except", ())):
            compiling.one_of(name, fields, Part("field", root), f"{pointer}/except/{position}")
        when = compiling.formula(item["when"], root, BOOLEAN, f"{pointer}/when")
        if when is not None:
            open_fields = frozenset(item.get("except", ()))
            found.append(Lock(name=item["name"], when=when, except_=open_fields, message=item.get("message")))
    return tuple(found)
