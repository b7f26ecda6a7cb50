"""What follows in other records when one is saved: their formulas, in the same transaction.

A formula that reads other records has one value, whoever looks. So who changes what it reads computes it
anew, whatever they may see of it themselves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.commands.approvals.members import note_members
from guanxi.commands.audit import audit_changes
from guanxi.commands.recomputing import recompute_stored
from guanxi.commands.records.judging import touch
from guanxi.commands.records.relations import Related, references, relate
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.definitions.following import DEEPEST, Follower, Hop, roll_ups
from guanxi.records.completing import inputs_changed, recompute
from guanxi.records.difference import changed_fields, difference
from guanxi.records.needs import Needs, needs_of
from guanxi.storage.backfills import compute_later
from guanxi.storage.following import referring_rows
from guanxi.storage.judging import keep_rows, linked
from guanxi.storage.keeping import keep_referred
from guanxi.storage.records import referring_value

Row = Mapping[str, Any]
Pair = tuple[Row | None, Row | None]
"""A record, or a line with its `parent_id`, before and after; None where it was or is not there."""
AT_ONCE = 500
MOST = 10_000
"""Records of one entity that one command computes anew; more are left to the upkeep."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Records, or lines, of one entity that changed."""

    entity: Entity
    rows: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Removal:
    """What a deletion is going to leave behind."""

    roots: Mapping[str, set[int]]
    touched: Sequence[Touched]


async def lock_related(turn: Turn, entity: Entity, before: Row | None, record: dict[str, Any] | None) -> None:
    """Before a record is written or removed: lock what collects it, then what it reads of others.

    The collecting side comes first, so that two who save records of the same one do not lose what the other
    adds. What was read before the lock is read again.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for touched in _touched(entity, [(before, record)]):
        for follower in turn.catalog.followers.get(touched.entity.name, ()):
            hop = follower.hops[-1]
            if hop.kind == "inverse" and len(follower.hops) == 1 and _is_about(follower, touched):
                wanted[follower.root.name] |= _links(hop.key, touched.rows)
    for name in sorted(wanted):
        await keep_rows(turn.session, turn.catalog.entities[name], wanted[name], shared=False)
    if record is not None:
        await _keep_targets(turn, entity, before, record)
        await _lock_read(turn, entity, record)


async def _keep_targets(turn: Turn, entity: Entity, before: Row | None, record: Row) -> None:
    """What references to one of several entities newly lead to: no foreign key keeps it there."""
    nothing = Needs(frozenset(), {})
    known = {(place.to, place.value) for place in references(entity, dict(before or {}), nothing)}
    wanted: dict[str, set[int]] = defaultdict(set)
    for place in references(entity, dict(record), nothing):
        if place.field.targets and (place.to, place.value) not in known:
            wanted[place.to].add(place.value)
    for name in sorted(wanted):
        await keep_referred(turn.session, turn.catalog.entities[name], wanted[name])


async def _lock_read(turn: Turn, entity: Entity, record: dict[str, Any]) -> None:
    """Keep what formulas read through references as it is until the record is seen by others."""
    names = _followed_by(turn, entity)
    if turn.session.dialect != "postgres" or not names:
        return
    needs = needs_of(entity)
    read: dict[str, set[int]] = defaultdict(set)
    for place in references(entity, record, needs):
        if place.to in names and place.wanted:
            read[place.to].add(place.value)
    for name in sorted(read):
        await keep_rows(turn.session, turn.catalog.entities[name], read[name], shared=True)
    if read:
        await relate(turn, entity, record, needs, Related())
        recompute(entity, record, turn.variables)


def _followed_by(turn: Turn, entity: Entity) -> set[str]:
    """The entities whose records the formulas of this entity read through references."""
    return {
        name
        for name, followers in turn.catalog.followers.items()
        for one in followers
        if one.root.name == entity.name and all(hop.kind != "inverse" for hop in one.hops)
    }


async def before_removal(turn: Turn, entity: Entity, record: Row) -> Removal:
    """What follows a record that is about to be deleted: who collects it, and who loses a reference."""
    roots: dict[str, set[int]] = defaultdict(set)
    touched = []
    for holder, field in turn.catalog.references_to(entity.name):
        if field.on_delete == "clear" and turn.catalog.followers:
            value = referring_value(entity, field, record["id"])
            rows = await referring_rows(turn.session, holder, field, value)
            pairs: list[Pair] = [({**row, field.name: value}, {**row, field.name: None}) for row in rows]
            if pairs:
                touched.append(Touched(holder, pairs))
                owners = {row.get("parent_id") or row["id"] for row in rows}
                roots[holder.name.partition(".")[0]] |= owners
    return Removal(roots, touched)


async def refresh_related(
    turn: Turn,
    entity: Entity,
    before: Row | None,
    record: dict[str, Any] | None,
    removal: Removal | None = None,
) -> None:
    """After a record was written: compute what follows it, and what follows that.

    The record itself takes part when a formula of it collects others by something that changed in it.
    """
    queue = [*_touched(entity, [(before, record)]), *(removal.touched if removal is not None else ())]
    for touched in queue:
        for pair in touched.rows:
            note_members(turn, touched.entity, *pair)
    roots: dict[str, set[int]] = defaultdict(set, removal.roots if removal is not None else {})
    if record is not None and before is not None and _collects_anew(entity, record, before):
        roots[entity.name].add(record["id"])
    for entity_, pairs in await _spread(turn, queue, roots):
        if record is not None and entity_ is entity:
            _take_over(record, pairs)


async def refresh_following(turn: Turn, entity: Entity, pairs: Sequence[Pair]) -> None:
    """After formulas of these records were computed anew: compute what follows them."""
    await _spread(turn, list(_touched(entity, pairs)), {})


async def _spread(
    turn: Turn, queue: Sequence[Touched], roots: Mapping[str, set[int]]
) -> list[tuple[Entity, list[Pair]]]:
    """Go from what changed to what follows, and on from there; what was computed anew, entity by entity."""
    found = []
    for _ in range(DEEPEST + 1):
        wanted = defaultdict(set, roots)
        for touched in queue:
            for follower in turn.catalog.followers.get(touched.entity.name, ()):
                if _is_about(follower, touched):
                    wanted[follower.root.name] |= await _affected(turn, follower, touched.rows)
        queue, roots = [], {}
        for name in sorted(wanted):
            entity = turn.catalog.entities[name]
            pairs = await _recompute(turn, entity, wanted[name])
            found.append((entity, pairs))
            queue += _touched(entity, pairs)
        if not queue:
            break
    return found


async def _recompute(turn: Turn, entity: Entity, ids: Collection[int]) -> list[Pair]:
    wanted = sorted(ids)
    found: list[Pair] = []
    if len(wanted) > MOST:
        names = [one.name for one in entity.fields.values() if one.formula is not None]
        await compute_later(turn.session, entity.name, names, entity.table, turn.now)
        return found
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        await keep_rows(turn.session, entity, some, shared=False)
        changes = await recompute_stored(turn.session, turn.catalog, entity, some, turn.variables)
        for was, now in changes:
            touch(turn, entity, was, now)
            turn.followed.append((entity, now, tuple(changed_fields(entity, was, now))))
            if turn.catalog.automated(entity.name):
                audit_changes(turn, entity, now, "computed", difference(entity, was, now))
        found += changes
    return found


def _take_over(record: dict[str, Any], pairs: Sequence[Pair]) -> None:
    for _, now in pairs:
        if now is not None and now["id"] == record["id"]:
            record.update({key: value for key, value in now.items() if not isinstance(value, list)})


def _collects_anew(entity: Entity, record: Row, before: Row) -> bool:
    return any(
        one.formula is not None and inputs_changed(one.formula, record, before) for one in roll_ups(entity)
    )


def _touched(entity: Entity, pairs: Sequence[Pair]) -> Iterator[Touched]:
    """The records themselves, and their lines, as far as they differ."""
    yield Touched(entity, pairs)
    for field in entity.line_fields:
        rows = [pair for one in pairs for pair in _line_pairs(field.name, *one)]
        if rows and field.lines is not None:
            yield Touched(field.lines, rows)


def _line_pairs(name: str, before: Row | None, after: Row | None) -> Iterator[Pair]:
    """The lines of a record before and after; those that are not stored yet have no id."""
    owner = (after or before or {}).get("id")
    old = {line["id"]: {**line, "parent_id": owner} for line in (before or {}).get(name) or ()}
    for line in (after or {}).get(name) or ():
        yield old.pop(line.get("id"), None), {**line, "parent_id": owner}
    for line in old.values():
        yield line, None


def _is_about(follower: Follower, touched: Touched) -> bool:
    return any(_concerns(follower, pair) for pair in touched.rows)


def _concerns(follower: Follower, pair: Pair) -> bool:
    """Whether a change is one of what the formula reads: of a value, or of who is in the collection."""
    before, after = pair
    if before is None or after is None:
        return follower.hops[-1].kind in ("inverse", "lines")
    return any(before.get(name) != after.get(name) for name in follower.names)


async def _affected(turn: Turn, follower: Follower, rows: Sequence[Pair]) -> set[int]:
    """The records of the follower's root from which its way leads, or led, to these."""
    pairs = [pair for pair in rows if _concerns(follower, pair)]
    *hops, last = follower.hops
    if last.kind == "inverse":
        ids = _links(last.key, pairs)
    elif last.kind == "lines":
        ids = _links("parent_id", pairs)
    else:
        there = {row["id"] for pair in pairs for row in pair if row is not None}
        ids = await _step_back(turn, last, there)
    for hop in reversed(hops):
        ids = await _step_back(turn, hop, ids)
    if follower.hops[0].here.parent is not None:
        ids = await _step_back(turn, Hop("lines", follower.root, follower.hops[0].here), ids)
    return ids


async def _step_back(turn: Turn, hop: Hop, ids: Collection[int]) -> set[int]:
    """The records from which the hop leads to some of these."""
    if hop.kind in ("reference", "owner"):
        return await linked(turn.session, hop.here, "id", hop.key or "parent", ids)
    return await linked(turn.session, hop.there, hop.key or "parent", "id", ids)


def _links(key: str, pairs: Sequence[Pair]) -> set[int]:
    values = (row.get(key) for pair in pairs for row in pair if row is not None)
    return {value for value in values if value is not None}
