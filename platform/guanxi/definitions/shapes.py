"""The shapes of entities: what expressions may read, known before any expression is compiled."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from guanxi.definitions.entity import Entity, Field, Option
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.fields.references import links_of
from guanxi.definitions.labels import humanised
from guanxi.definitions.options import options_of
from guanxi.definitions.placement import table_of
from guanxi.expressions.resolve import OWNER
from guanxi.expressions.types import (
    DATETIME,
    INTEGER,
    USER_ENTITY,
    CollectionType,
    ReferenceType,
    Shape,
    Type,
)

Data = Mapping[str, Any]

DEFAULT_SCALE = 2
_PATH = re.compile(r"=\s+([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\s*")
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Inverse:
    """The name under which `entity` reaches the records of `source` whose field `via` refers to it."""

    entity: str
    name: str
    source: str
    via: str
    links: bool = False
    """Whether `source` are the links of a field of several references; their records are meant."""

    @property
    def collection(self) -> CollectionType:
        """What expressions of `entity` find under the name."""
        return CollectionType(self.source, self.via, OWNER if self.links else None)

    @property
    def declared(self) -> tuple[str, str]:
        """The entity, or lines, and the name of the field that declares it."""
        holder, _, field = self.source.rpartition(".")
        return (holder, field) if self.links else (self.source, self.via)


def plain_entity(name: str, data: Data, states: list[Data] | None) -> Entity:
    """An entity with its fields but without formulas; `states` are those of its stages."""
    fields = {key: plain_field(name, key, item, states) for key, item in data["fields"].items()}
    return Entity(
        name=name,
        label=data.get("label") or humanised(data["name"]),
        plural=data.get("plural") or data.get("label") or humanised(data["name"]),
        help=data.get("help"),
        title=data.get("title", ""),
        icon=data.get("icon", "box"),
        table=table_of(name),
        fields=fields,
    )


def with_targets(entities: Mapping[str, Entity]) -> dict[str, Entity]:
    """The entities; what a reference to one of several leads to are the options of what kind it is."""

    def told(field: Field) -> Field:
        if field.lines is not None:
            return replace(field, lines=with_fields(field.lines))
        known = [entities[name] for name in field.targets if name in entities]
        return replace(field, options=tuple(Option(one.name, one.label) for one in known) or field.options)

    def with_fields(entity: Entity) -> Entity:
        return replace(entity, fields={name: told(one) for name, one in entity.fields.items()})

    return {name: with_fields(one) for name, one in entities.items()}


def plain_field(entity: str, name: str, data: Data, states: list[Data] | None) -> Field:
    """A field with what needs no other definition."""
    kind = data["type"]
    lines = None
    if kind in ("lines", "references"):
        lines = plain_entity(f"{entity}.{name}", {**data, **lines_data(data), "name": name}, None)
    options = states if kind == "stage" else data.get("options")
    return Field(
        name=name,
        type=kind,
        label=data.get("label") or humanised(name),
        help=data.get("help"),
        required=data.get("required", False),
        unique=data.get("unique", False) or kind == "sequence",
        index=data.get("index", False),
        read_only=data.get("readOnly", False),
        audit=data.get("audit", True),
        scale=data.get("scale", DEFAULT_SCALE if kind in ("decimal", "percent") else 0),
        options=options_of(list(options or ())),
        to=data["to"] if kind == "reference" and isinstance(data["to"], str) else None,
        targets=tuple(data["to"]) if kind == "reference" and not isinstance(data["to"], str) else (),
        inverse=data.get("inverse"),
        on_delete=data.get("onDelete", "restrict"),
        tree=data.get("tree", False),
        format=data.get("format"),
        country=data.get("country"),
        restart=data.get("restart", "never"),
        gapless=data.get("gapless", False),
        types=tuple(data.get("types", ())),
        lines=lines,
    )


def lines_data(data: Data) -> Data:
    """The definition of lines: that of a lines field, or of the links of a field of several references."""
    return links_of(data) if data.get("type") == "references" else data


def unit_of(data: Data) -> str | None:
    """The unit of a money field: a currency code, or the path to the currency; None where it is neither."""
    currency = data.get("currency", "")
    match = _PATH.fullmatch(currency)
    if match:
        return match[1]
    return currency if _CODE.fullmatch(currency) else None


def shapes_of(entities: Mapping[str, Entity], data: Mapping[str, Data]) -> dict[str, Shape]:
    """The shapes of all entities and of their lines."""
    found: dict[str, Shape] = {}
    for name, entity in entities.items():
        found[name] = Shape(name, _members(entity, data[name]))
        for field in entity.line_fields:
            if field.lines is not None:
                inner = _members(field.lines, lines_data(data[name]["fields"][field.name]))
                found[field.lines.name] = Shape(field.lines.name, inner, parent=name)
    for inverse in inverses_of(entities.values()):
        shape = found.get(inverse.entity)
        if shape is not None and inverse.name not in shape.members:
            members = {**shape.members, inverse.name: inverse.collection}
            found[inverse.entity] = Shape(shape.entity, members, shape.parent)
    return found


def inverses_of(entities: Iterable[Entity]) -> list[Inverse]:
    """All inverses that references of these entities and of their lines declare."""
    found = []
    for entity in entities:
        lines = ((one.lines, one.type == "references") for one in entity.line_fields if one.lines)
        for source, links in ((entity, False), *lines):
            found += [
                Inverse(field.to, field.inverse, source.name, field.name, links)
                for field in source.fields.values()
                if field.to and field.inverse
            ]
    return found


def led_back_by(kind: CollectionType) -> tuple[str, str]:
    """The entity, or lines, and the name of the field that declares an inverse."""
    return Inverse("", "", kind.entity, kind.via or "", links=kind.through is not None).declared


def reads_others(path: str, root: str, shapes: Mapping[str, Shape]) -> bool:
    """Whether a path from records of `root` leads through a collection other than the record's own lines."""
    shape = shapes[root]
    for place, name in enumerate(path.split(".")):
        kind = shape.members.get(name)
        if isinstance(kind, CollectionType) and (kind.via is not None or place > 0):
            return True
        owner = shape.parent if name == "parent" and kind is None else None
        target = str(owner or getattr(kind, "entity", ""))
        if target not in shapes:
            return False
        shape = shapes[target]
    return False


def _members(entity: Entity, data: Data) -> dict[str, Type]:
    members: dict[str, Type] = {"id": ReferenceType(entity.name)}
    if "." not in entity.name:
        person = ReferenceType(USER_ENTITY)
        members |= {"version": INTEGER, "created_at": DATETIME, "updated_at": DATETIME}
        members |= {"created_by": person, "updated_by": person}
    for field in entity.fields.values():
        unit = unit_of(data["fields"][field.name])
        kind = FIELD_TYPES[field.type]
        members[field.name] = kind.expression_type(field, unit)
        members |= {f"{field.name}.{part}": type_ for part, type_ in kind.parts(field).items()}
    return members
