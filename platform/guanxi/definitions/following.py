"""Which formulas follow other records: what they read of them, and the way there.

A formula is kept with its record. So when a record changes that it reads through a reference
(`account.name`) or in a collection (`orders.total`), it has to be computed anew; the way back from there
says for which records.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.entity import Entity, Field
from guanxi.expressions.types import USER_ENTITY

DEEPEST = 5
"""How many records apart a value and a formula that follows it through others may be."""
PEOPLE = ("created_by", "updated_by")
Entities = Mapping[str, Entity]


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, from records of `here` to records of `there`.

    `key` is the reference that leads: a field of `here`, or (`inverse`) a field of `there` that leads back.
    """

    kind: Literal["reference", "inverse", "lines", "owner"]
    here: Entity
    there: Entity
    key: str = ""


@dataclass(frozen=True, slots=True)
class Follower:
    """Formulas of `root`, or of its lines, that read `names` of the records at the end of `hops`."""

    root: Entity
    hops: tuple[Hop, ...]
    names: frozenset[str]

    @property
    def there(self) -> Entity:
        """The entity (or lines) whose records are followed."""
        return self.hops[-1].there


Followers = Mapping[str, tuple[Follower, ...]]
"""By the name of the entity, or lines, whose records are followed."""


def followers_of(entities: Entities) -> dict[str, tuple[Follower, ...]]:
    """All formulas that follow other records."""
    inverses = _inverses(entities)
    ways: dict[tuple[str, tuple[Hop, ...]], set[str]] = {}
    for root, holder, field in _formulas(entities):
        for path in field.formula.reads if field.formula is not None else ():
            for hops, name in _read(entities, inverses, holder, path):
                if any(hop.kind in ("reference", "inverse") for hop in hops):
                    ways.setdefault((root.name, hops), set()).add(name)
    found: dict[str, tuple[Follower, ...]] = {}
    for (root_name, hops), names in ways.items():
        follower = Follower(entities[root_name], hops, frozenset(names))
        found[follower.there.name] = (*found.get(follower.there.name, ()), follower)
    return found


@lru_cache(maxsize=1024)
def roll_ups(entity: Entity) -> tuple[Field, ...]:
    """The fields whose formula reads records that refer to the record, in the order of computation."""
    fields = (entity.fields[name] for name in entity.order)
    return tuple(one for one in fields if one.formula is not None and collections_read(entity, one))


@lru_cache(maxsize=8192)
def collections_read(entity: Entity, field: Field) -> frozenset[str]:
    """The names of the collections of other records that the formula of a field reads."""
    if "." in entity.name:
        return frozenset()
    heads = {path.partition(".")[0] for path in (field.formula.reads if field.formula is not None else ())}
    return frozenset(heads - entity.fields.keys() - _SYSTEM)


_SYSTEM = frozenset({"id", "version", "created_at", "updated_at", "parent", *PEOPLE})


def check_following(entities: Entities, compilings: Mapping[str, Compiling]) -> None:
    """Note formulas that follow each other in a circle through other records, or through too many."""
    inverses = _inverses(entities)
    graph: dict[tuple[str, str], list[tuple[tuple[str, str], bool]]] = {}
    for _, holder, field in _formulas(entities):
        edges = graph.setdefault((holder.name, field.name), [])
        for path in sorted(field.formula.reads) if field.formula is not None else ():
            for hops, name in _read(entities, inverses, holder, path):
                there = hops[-1].there if hops else holder
                if name in there.fields and there.fields[name].formula is not None:
                    far = any(hop.kind in ("reference", "inverse") for hop in hops)
                    edges.append(((there.name, name), far))
    for node in graph:
        way = _too_far(graph, node, (), 0)
        if way:
            root, _, lines = node[0].partition(".")
            inside = f"/fields/{lines}" if lines else ""
            circle = way[0] == way[-1]
            told = " -> ".join(".".join(one) for one in way)
            message = (
                f"the formulas follow each other in a circle: {told}"
                if circle
                else f"the formula follows others through more than {DEEPEST} records: {told}"
            )
            compilings[root].problem(f"{inside}/fields/{node[1]}/formula", message, "break it")
            if circle:
                return


def _too_far(
    graph: Mapping[tuple[str, str], list[tuple[tuple[str, str], bool]]],
    node: tuple[str, str],
    path: tuple[tuple[str, str], ...],
    far: int,
) -> tuple[tuple[str, str], ...]:
    """The way from the first node of the path that is a circle or too long; empty when there is none."""
    way = (*path, node)
    if far > DEEPEST or (path and node == path[0] and far):
        return way
    if node in path:
        return ()
    for next_, is_far in graph.get(node, ()):
        found = _too_far(graph, next_, way, far + is_far)
        if found:
            return found
    return ()


def _formulas(entities: Entities) -> Iterator[tuple[Entity, Entity, Field]]:
    for root in entities.values():
        for holder in (root, *(one.lines for one in root.line_fields if one.lines is not None)):
            for field in holder.fields.values():
                if field.formula is not None:
                    yield root, holder, field


def _inverses(entities: Entities) -> dict[tuple[str, str], tuple[Entity, str]]:
    found: dict[tuple[str, str], tuple[Entity, str]] = {}
    for root in entities.values():
        for holder in (root, *(one.lines for one in root.line_fields if one.lines is not None)):
            for field in holder.fields.values():
                if field.to is not None and field.inverse is not None:
                    found.setdefault((field.to, field.inverse), (holder, field.name))
    return found


def _read(
    entities: Entities, inverses: Mapping[tuple[str, str], tuple[Entity, str]], here: Entity, path: str
) -> Iterator[tuple[tuple[Hop, ...], str]]:
    """Everything that a path reads: the way to a record, and the name of what is read of it."""
    hops: tuple[Hop, ...] = ()
    for name in path.split("."):
        hop = _hop(entities, inverses, here, name)
        if hop is None or hop.kind == "reference":
            yield hops, name
        if hop is None:
            return
        hops = (*hops, hop)
        here = hop.there
        if hop.kind == "inverse":
            yield hops, hop.key
        elif hop.kind == "lines":
            yield hops, "position"


def _hop(
    entities: Entities, inverses: Mapping[tuple[str, str], tuple[Entity, str]], here: Entity, name: str
) -> Hop | None:
    field = here.fields.get(name)
    if field is not None and field.lines is not None:
        return Hop("lines", here, field.lines)
    if field is not None:
        target = entities.get(field.to or "")
        return Hop("reference", here, target, name) if target is not None else None
    if name == "parent" and here.parent is not None:
        return Hop("owner", here, entities[here.parent])
    if name in PEOPLE and USER_ENTITY in entities:
        return Hop("reference", here, entities[USER_ENTITY], name)
    if (here.name, name) in inverses:
        there, key = inverses[here.name, name]
        return Hop("inverse", here, there, key)
    return None
