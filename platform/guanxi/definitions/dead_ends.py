"""Fields that cannot be read because something they lead to is missing: a mistake that is told elsewhere."""

from collections.abc import Iterator, Mapping

from guanxi.definitions.entity import Entity
from guanxi.expressions.types import MoneyType, ReferenceType, Shape, Type


def dead_ends(entities: Mapping[str, Entity], shapes: Mapping[str, Shape]) -> set[str]:
    """The names of fields that refer to no entity, have no states, or whose currency is at no path."""
    found = set()
    for holder in _holders(entities):
        members = shapes[holder.name].members
        for field in holder.fields.values():
            unknown = field.to is not None and field.to not in shapes
            if unknown or (field.type == "stage" and not field.options):
                found.add(field.name)
            type_ = members[field.name]
            if isinstance(type_, MoneyType) and type_.unit and not type_.unit.isupper():
                found |= set() if _resolves(type_.unit, holder.name, shapes) else {field.name}
    return found


def _holders(entities: Mapping[str, Entity]) -> Iterator[Entity]:
    for entity in entities.values():
        yield entity
        yield from (field.lines for field in entity.line_fields if field.lines)


def _resolves(path: str, root: str, shapes: Mapping[str, Shape]) -> bool:
    """Whether a path can be followed to its end."""
    shape: Shape | None = shapes[root]
    for name in path.split("."):
        if shape is None:
            return False
        member: Type | None = shape.members.get(name)
        if name == "parent" and shape.parent is not None:
            shape = shapes.get(shape.parent)
            continue
        if member is None:
            return False
        shape = shapes.get(member.entity) if isinstance(member, ReferenceType) else None
    return True
