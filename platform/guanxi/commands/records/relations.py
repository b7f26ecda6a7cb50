"""Fetching what a record refers to: titles, values that formulas read, whether the actor may see it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields.any_reference import leads_to
from guanxi.definitions.following import roll_ups
from guanxi.errors import N_, Problem
from guanxi.records.needs import Needs
from guanxi.rules.access import SYSTEM_KEYS, Access
from guanxi.storage.projection import collections_of
from guanxi.storage.records import Wanted, load_each

NO_SUCH = N_("Choose a {label} from the list: this one is not there, or not for you to see.")
NOT_OFFERED = N_("{label}: this one cannot be chosen here.")

Titles = dict[tuple[str, int], str]


@dataclass(slots=True)
class Related:
    """What was fetched: rows by entity and id, and titles of those that the actor may see."""

    rows: dict[str, dict[int, Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    titles: Titles = field(default_factory=dict)
    visible: set[tuple[str, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Place:
    """One reference of a record: the field, the value, the record or line that holds it, and where it is."""

    field: Field
    to: str
    value: int
    holder: dict[str, Any]
    pointer: str
    wanted: frozenset[str]
    """The paths behind the reference that are read, without the field's name."""


async def relate(turn: Turn, entity: Entity, record: dict[str, Any], needs: Needs, related: Related) -> None:
    """Put the values of relation paths into the record; what `related` holds already is not fetched again.

    One query an entity that is referred to. A path behind a missing reference is missing.
    """
    places = list(references(entity, record, needs))
    wanted: dict[str, tuple[set[int], set[str]]] = defaultdict(lambda: (set(), set()))
    for place in places:
        wanted[place.to][0].add(place.value)
        wanted[place.to][1].update(place.wanted)
    missing = {name: (ids - related.rows[name].keys(), paths) for name, (ids, paths) in wanted.items()}
    await _fetch(turn, missing, related)
    _clear(entity, record, needs)
    for place in places:
        row = related.rows[place.to].get(place.value)
        for path in place.wanted:
            place.holder[f"{place.field.name}.{path}"] = None if row is None else row.get(path)


async def relate_back(turn: Turn, entity: Entity, record: dict[str, Any], paths: Iterable[str]) -> None:
    """Put the records that refer to this one into it, by the name of the inverse, as far as paths read them.

    A record that is not stored yet, and an inverse that the tables do not have yet, have none. What the
    formulas of the record read of the same inverse comes along, so that they can be computed of it.
    """
    names = collections_of(turn.catalog, entity).keys() - entity.fields.keys()
    heads = {path.partition(".")[0] for path in paths} & names
    if not heads:
        return
    own = (path for field in roll_ups(entity) if field.formula is not None for path in field.formula.reads)
    wanted = frozenset(path for path in (*heads, *paths, *own) if path.partition(".")[0] in heads)
    ids = [record["id"]] if record.get("id") is not None else []
    (rows,) = await _rows(turn, [Wanted(entity, ids, wanted)])
    found = rows[ids[0]] if ids else {}
    for head in heads:
        record[head] = found.get(head, [])
        behind = {path.removeprefix(f"{head}.") for path in wanted if path.startswith(f"{head}.")}
        for row in record[head]:
            row.update(dict.fromkeys(behind - row.keys()))


def references(entity: Entity, record: dict[str, Any], needs: Needs) -> Iterator[Place]:
    """Every reference that the record and its lines hold."""
    yield from _of(entity, record, needs.record, "")
    for field_ in entity.line_fields:
        if field_.lines is None:
            continue
        paths = needs.lines.get(field_.name, frozenset())
        for position, line in enumerate(record.get(field_.name) or ()):
            pointer = f"/{field_.name}/{position}"
            for place in _of(field_.lines, line, paths, pointer):
                yield replace(place, pointer=pointer) if field_.type == "references" else place


def refuse_references(
    turn: Turn,
    entity: Entity,
    record: dict[str, Any],
    needs: Needs,
    related: Related,
    given: frozenset[str],
    *,
    unseen: bool = False,
) -> list[Problem]:
    """A problem for each reference in the payload that leads nowhere, or to what the actor may not see.

    With `unseen` it may lead to what the actor does not see.
    """
    problems = []
    for place in references(entity, record, needs):
        if place.pointer not in given:
            continue
        row = related.rows[place.to].get(place.value)
        seen = unseen or (place.to, place.value) in related.visible
        if row is None or not seen:
            problems.append(Problem(place.pointer, "no_such_record", NO_SUCH(label=place.field.label)))
        elif place.field.choices is not None and not place.field.choices.holds(row, turn.variables):
            problems.append(Problem(place.pointer, "not_a_choice", NOT_OFFERED(label=place.field.label)))
    return problems


def references_of(entity: Entity, records: Iterable[Mapping[str, Any]]) -> dict[str, set[int]]:
    """The ids that records refer to, by entity: their own references, and who created and changed them."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for record in records:
        for field_ in entity.fields.values():
            link = leads_to(field_, record)
            if link is not None:
                wanted[link.entity].add(link.id)
        wanted["user"] |= {record[name] for name in ("created_by", "updated_by") if record.get(name)}
    return wanted


async def titles_for(turn: Turn, wanted: Mapping[str, set[int]]) -> Titles:
    """The titles of records by entity, of those that the actor may see."""
    related = Related()
    known = {name: (ids, set[str]()) for name, ids in wanted.items() if name in turn.catalog.entities}
    await _fetch(turn, known, related)
    return related.titles


async def _fetch(turn: Turn, missing: Mapping[str, tuple[set[int], set[str]]], related: Related) -> None:
    """Fetch rows of several entities together, and judge each: whether it is seen, and by what title."""
    wanted = []
    for name, (ids, paths) in missing.items():
        entity, access = turn.catalog.entities[name], turn.access(name)
        needed = paths | access.reads() | {entity.title} | _choice_reads(turn.catalog, name)
        own = _own_row(turn, access, needed) if name == "user" else None
        if own is not None and own["id"] in ids:
            _judge(turn, name, {own["id"]: own}, related)
        left = sorted(ids - related.rows[name].keys())
        if left:
            wanted.append(Wanted(entity, left, frozenset(needed)))
    for one, rows in zip(wanted, await _rows(turn, wanted), strict=True):
        _judge(turn, one.entity.name, rows, related)


def _judge(turn: Turn, name: str, rows: Mapping[int, Mapping[str, Any]], related: Related) -> None:
    access, title = turn.access(name), turn.catalog.entities[name].title
    related.rows[name].update(rows)
    for id_, row in rows.items():
        right = access.on_record(row)
        myself = name == "user" and id_ == turn.actor.user_id
        if "read" in right.can or myself or turn.actor.user_id is None:
            related.visible.add((name, id_))
            if right.fields.get(title, "read") in ("read", "write"):
                related.titles[name, id_] = str(row.get(title) or "")


async def _rows(turn: Turn, wanted: Sequence[Wanted]) -> list[dict[int, dict[str, Any]]]:
    """The rows as they are kept; what the turn's catalog has and the tables do not is missing."""
    if turn.stored is None:
        return await load_each(turn.session, turn.catalog, wanted)
    stored, kept = turn.stored, []
    for one in wanted:
        entity = stored.entities.get(one.entity.name)
        if entity is None:
            kept.append(Wanted(one.entity, (), frozenset()))
        else:
            there = frozenset(path for path in one.paths if _kept(stored, entity, path))
            kept.append(Wanted(entity, one.ids, there))
    return await load_each(turn.session, stored, kept)


def _kept(catalog: Catalog, entity: Entity, path: str) -> bool:
    """Whether a path leads to something that is stored."""
    head, _, rest = path.partition(".")
    field_ = entity.fields.get(head)
    if field_ is None and head in (known := collections_of(catalog, entity)):
        return not rest or _kept(catalog, known[head].entity, rest)
    if field_ is None:
        return not rest and head in SYSTEM_KEYS
    if not rest or any(column.key == path for column in field_.columns):
        return True
    return field_.to is not None and _kept(catalog, catalog.entities[field_.to], rest)


def _own_row(turn: Turn, access: Access, needed: set[str]) -> dict[str, Any] | None:
    """The actor's own row of the users, when what is needed of it is known from signing in."""
    actor = turn.actor
    known = {
        "id": actor.user_id,
        "name": actor.name,
        "email": actor.email,
        "team": actor.team_id,
        "active": True,
    }
    judged = access.reads() - known.keys()
    everybody = access.scope("read").everything and all(grant.where is None for grant in access.grants)
    return known if everybody and needed - judged <= known.keys() else None


@lru_cache(maxsize=512)
def _choice_reads(catalog: Catalog, name: str) -> frozenset[str]:
    """What the `choices` of any field that leads to the entity read."""
    fields = (field for _, field in catalog.references_to(name))
    return frozenset(path for field in fields if field.choices is not None for path in field.choices.reads)


def _of(entity: Entity, holder: dict[str, Any], paths: frozenset[str], base: str) -> Iterator[Place]:
    for field_ in entity.fields.values():
        link = leads_to(field_, holder)
        if link is not None:
            head = f"{field_.name}."
            wanted = frozenset(path.removeprefix(head) for path in paths if path.startswith(head))
            yield Place(field_, link.entity, link.id, holder, f"{base}/{field_.name}", wanted)


def _clear(entity: Entity, record: dict[str, Any], needs: Needs) -> None:
    """Every needed path is there, missing until its reference is found."""
    for path in needs.record:
        record[path] = None
    for field_ in entity.line_fields:
        for line in record.get(field_.name) or ():
            for path in needs.lines.get(field_.name, frozenset()):
                line[path] = None
