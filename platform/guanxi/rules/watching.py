"""Which checks a change can break: those of the record itself, and those of others that read it.

Source: the definition language, `check`: judged at the end of the command, only if what it reads changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Constraint, Entity
from guanxi.expressions import CollectionType, ReferenceType

ID, PARENT = "id", "parent"


@dataclass(frozen=True, slots=True)
class Hop:
    """One step back towards the record that is judged: `give` of the rows whose `by` is among some ids.

    Both are `id`, `parent` (of lines) or a reference of `holder`, an entity or its lines.
    """

    holder: Entity
    give: str
    by: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A check to judge when a field of some entity changes, and the way from there to its records."""

    root: Entity
    constraint: Constraint
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class OneSide:
    """Records that a check reads through references: the way to them from the record that is judged.

    With `counted` it reads a collection of theirs, so that two writers of it must not judge at once.
    """

    hops: tuple[Hop, ...]
    entity: Entity
    counted: bool


@lru_cache(maxsize=64)
def watches_of(catalog: Catalog, *, alone: bool) -> Mapping[str, Mapping[str, tuple[Watch, ...]]]:
    """The watches by entity and field; with `alone` also those over nothing but the record itself."""
    found: dict[str, dict[str, dict[Watch, None]]] = defaultdict(lambda: defaultdict(dict))
    for root, constraint in _checks(catalog):
        if _judged_alone(root, constraint) and not alone:
            continue
        for path in sorted(_reads(constraint)):
            for entity, name, hops in _steps(catalog, root, path):
                found[entity][name][Watch(root, constraint, hops)] = None
    return {
        entity: {name: tuple(watches) for name, watches in by_name.items()}
        for entity, by_name in found.items()
    }


@lru_cache(maxsize=1024)
def one_sides(catalog: Catalog, root: Entity, constraint: Constraint) -> tuple[OneSide, ...]:
    """The records that a check reads through references, in the order of their paths."""
    found: dict[tuple[Hop, ...], OneSide] = {}
    for path in sorted(_reads(constraint)):
        hops: tuple[Hop, ...] = ()
        name, way = root.name, path.split(".")
        for place, key in enumerate(way[:-1]):
            kind = catalog.shapes[name].members.get(key)
            if not isinstance(kind, ReferenceType) or kind.entity not in catalog.entities:
                break
            hops = (*hops, Hop(holder_of(catalog, name), key, ID))
            name = kind.entity
            following = catalog.shapes[name].members.get(way[place + 1])
            counted = isinstance(following, CollectionType) or (hops in found and found[hops].counted)
            found[hops] = OneSide(hops, catalog.entities[name], counted)
    return tuple(found.values())


def _judged_alone(entity: Entity, constraint: Constraint) -> bool:
    """Whether a check reads nothing but the record with its lines, so that who saves it has judged it."""
    for path in _reads(constraint):
        head, _, rest = path.partition(".")
        field = entity.fields.get(head)
        if field is not None and field.lines is not None:
            field = field.lines.fields.get(rest.partition(".")[0])
            rest = rest.partition(".")[2]
        if rest and (field is None or field.type != "money"):
            return False
    return not constraint.related


def holder_of(catalog: Catalog, name: str) -> Entity:
    """The entity of that name, or the lines of one (`order.lines`)."""
    outer, _, inner = name.partition(".")
    entity = catalog.entities[outer]
    lines = entity.fields[inner].lines if inner else entity
    if lines is None:
        raise KeyError(f"{name} holds no lines.")
    return lines


def _checks(catalog: Catalog) -> Iterator[tuple[Entity, Constraint]]:
    for entity in catalog.entities.values():
        for holder in (entity, *(one.lines for one in entity.line_fields if one.lines)):
            for constraint in holder.constraints:
                if constraint.check is not None:
                    yield holder, constraint


def _reads(constraint: Constraint) -> frozenset[str]:
    check, when = constraint.check, constraint.when
    return (check.reads if check else frozenset()) | (when.reads if when else frozenset())


def _steps(catalog: Catalog, root: Entity, path: str) -> Iterator[tuple[str, str, tuple[Hop, ...]]]:
    """Every field along a path, with its entity and the way back from its records to those of the root."""
    name, hops = root.name, tuple[Hop, ...]()
    for key in path.split("."):
        shape = catalog.shapes[name]
        kind = shape.members.get(key)
        if kind is None and key == PARENT and shape.parent is not None:
            hops, name = (Hop(holder_of(catalog, name), ID, PARENT), *hops), shape.parent
        elif isinstance(kind, CollectionType) and kind.via is not None:
            holder = holder_of(catalog, kind.entity)
            hops, name = (Hop(holder, kind.via, ID), *hops), kind.entity
            yield _changed(holder, kind.via, hops)
        elif isinstance(kind, CollectionType):
            yield name, key, hops
            holder = holder_of(catalog, kind.entity)
            hops, name = (Hop(holder, PARENT, ID), *hops), kind.entity
        elif kind is None:
            return
        else:
            holder = holder_of(catalog, name)
            yield _changed(holder, key, hops)
            if not isinstance(kind, ReferenceType) or kind.entity not in catalog.entities or key == ID:
                return
            hops, name = (Hop(holder, ID, key), *hops), kind.entity


def _changed(holder: Entity, name: str, hops: tuple[Hop, ...]) -> tuple[str, str, tuple[Hop, ...]]:
    """Lines change with the record that holds them, whose way leads through its lines."""
    if holder.parent is None:
        return holder.name, name, hops
    entity, _, field = holder.name.partition(".")
    if hops[:1] == (Hop(holder, PARENT, ID),):
        return entity, field, hops[1:]
    return entity, field, (Hop(holder, ID, PARENT), *hops)
