"""Fetching what a record refers to: titles, values that formulas read, whether the actor may see it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity, Field
from guanxi.errors import N_, Problem
from guanxi.records.needs import Needs
from guanxi.rules.access import SYSTEM_KEYS
from guanxi.storage.records import load

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
        if place.field.to is not None:
            wanted[place.field.to][0].add(place.value)
            wanted[place.field.to][1].update(place.wanted)
    for name, (ids, paths) in wanted.items():
        missing = ids - related.rows[name].keys()
        if missing:
            await _fetch(turn, name, missing, paths, related)
    _clear(entity, record, needs)
    for place in places:
        row = related.rows[place.field.to or ""].get(place.value)
        for path in place.wanted:
            place.holder[f"{place.field.name}.{path}"] = None if row is None else row.get(path)


def references(entity: Entity, record: dict[str, Any], needs: Needs) -> Iterator[Place]:
    """Every reference that the record and its lines hold."""
    yield from _of(entity, record, needs.record, "")
    for field_ in entity.line_fields:
        if field_.lines is None:
            continue
        paths = needs.lines.get(field_.name, frozenset())
        for position, line in enumerate(record.get(field_.name) or ()):
            yield from _of(field_.lines, line, paths, f"/{field_.name}/{position}")


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
        row = related.rows[place.field.to or ""].get(place.value)
        seen = unseen or (place.field.to, place.value) in related.visible
        if row is None or not seen:
            problems.append(Problem(place.pointer, "no_such_record", NO_SUCH(label=place.field.label)))
        elif (
            place.field.choices is not None and place.field.choices.evaluate(row, turn.variables) is not True
        ):
            problems.append(Problem(place.pointer, "not_a_choice", NOT_OFFERED(label=place.field.label)))
    return problems


def references_of(entity: Entity, records: Iterable[Mapping[str, Any]]) -> dict[str, set[int]]:
    """The ids that records refer to, by entity: their own references, and who created and changed them."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for record in records:
        for field_ in entity.fields.values():
            if field_.to is not None and record.get(field_.name) is not None:
                wanted[field_.to].add(record[field_.name])
        wanted["user"] |= {record[name] for name in ("created_by", "updated_by") if record.get(name)}
    return wanted


async def titles_for(turn: Turn, wanted: Mapping[str, set[int]]) -> Titles:
    """The titles of records by entity, of those that the actor may see."""
    related = Related()
    for name, ids in wanted.items():
        if ids and name in turn.catalog.entities:
            await _fetch(turn, name, ids, set(), related)
    return related.titles


async def _fetch(turn: Turn, name: str, ids: set[int], paths: set[str], related: Related) -> None:
    entity, access = turn.catalog.entities[name], turn.access(name)
    judged = access.reads() | {entity.title} | _choice_reads(turn, name)
    rows = await _rows(turn, entity, sorted(ids), frozenset(paths | judged))
    for id_, row in rows.items():
        related.rows[name][id_] = row
        right = access.on_record(row)
        if (
            "read" in right.can
            or (id_ == turn.actor.user_id and name == "user")
            or turn.actor.user_id is None
        ):
            related.visible.add((name, id_))
            if right.fields.get(entity.title, "read") in ("read", "write"):
                related.titles[name, id_] = str(row.get(entity.title) or "")


async def _rows(
    turn: Turn, entity: Entity, ids: Sequence[int], paths: frozenset[str]
) -> Mapping[int, dict[str, Any]]:
    """The rows as they are kept; what the turn's catalog has and the tables do not is missing."""
    if turn.stored is None:
        return await load(turn.session, turn.catalog, entity, ids, paths)
    kept = turn.stored.entities.get(entity.name)
    if kept is None:
        return {}
    there = frozenset(path for path in paths if _kept(turn.stored, kept, path))
    return await load(turn.session, turn.stored, kept, ids, there)


def _kept(catalog: Catalog, entity: Entity, path: str) -> bool:
    """Whether a path leads to something that is stored."""
    head, _, rest = path.partition(".")
    field_ = entity.fields.get(head)
    if field_ is None:
        return not rest and head in SYSTEM_KEYS
    return not rest or (field_.to is not None and _kept(catalog, catalog.entities[field_.to], rest))


def _choice_reads(turn: Turn, name: str) -> set[str]:
    """What the `choices` of any field that leads to the entity read."""
    fields = (field for _, field in turn.catalog.references_to(name))
    return {path for field in fields if field.choices is not None for path in field.choices.reads}


def _of(entity: Entity, holder: dict[str, Any], paths: frozenset[str], base: str) -> Iterator[Place]:
    for field_ in entity.fields.values():
        value = holder.get(field_.name)
        if field_.type == "reference" and value is not None:
            head = f"{field_.name}."
            wanted = frozenset(path.removeprefix(head) for path in paths if path.startswith(head))
            yield Place(field_, value, holder, f"{base}/{field_.name}", wanted)


def _clear(entity: Entity, record: dict[str, Any], needs: Needs) -> None:
    """Every needed path is there, missing until its reference is found."""
    for path in needs.record:
        record[path] = None
    for field_ in entity.line_fields:
        for line in record.get(field_.name) or ():
            for path in needs.lines.get(field_.name, frozenset()):
                line[path] = None
