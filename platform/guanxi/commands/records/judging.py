"""Checks at the end of a command: those that read what it changed, on every record that they are about."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from guanxi.commands.records.relations import titles_for
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Constraint, Entity
from guanxi.errors import N_, Invalid, Problem, Sentence
from guanxi.records.difference import changed_fields
from guanxi.rules.constraints import BROKEN
from guanxi.rules.watching import ID, PARENT, Hop, Watch, one_sides, watches_of
from guanxi.storage.following import referring_rows
from guanxi.storage.judging import broken_on, keep_rows, linked
from guanxi.storage.records import referring_value

NOT_DONE = N_("This was not done: a rule would not hold any more. Correct what is named and try again.")
OF_ONE = N_("{label} “{title}”: {text}")
OF_UNSEEN = N_("{label}: {text}")

Way = tuple[Hop, ...]
Touched = dict[Watch, dict[Way, set[int]]]
"""The checks to judge: for each the ids at the beginning of every way to the records that it is about."""


def touch(
    turn: Turn,
    entity: Entity,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    *,
    judged: bool = False,
) -> None:
    """Note that a record was made (`before` None), changed or removed (`after` None).

    With `judged`, checks over nothing but the record itself were found to hold on what was stored.
    """
    watches = watches_of(turn.catalog, alone=not judged and after is not None).get(entity.name)
    if not watches:
        return
    for name in changed_fields(entity, before or {}, after or {}):
        for watch in watches.get(name, ()):
            _note(turn, watch, before, after)


async def touch_cleared(turn: Turn, entity: Entity, id_: int) -> None:
    """Note what the removal of a record will empty: references to it, of which it is declared so."""
    for holder, field in turn.catalog.references_to(entity.name):
        if field.on_delete != "clear":
            continue
        name, _, lines = holder.name.partition(".")
        watches = watches_of(turn.catalog, alone=True).get(name, {}).get(lines or field.name, ())
        if watches:
            value = referring_value(entity, field, id_)
            rows = await referring_rows(turn.session, holder, field, value)
            ids = {row["parent_id" if lines else "id"] for row in rows}
            for watch in watches:
                _touched(turn)[watch][watch.hops].update(ids)


def _touched(turn: Turn) -> Touched:
    if judge_touched not in turn.closing:
        turn.closing.append(judge_touched)
    touched: Touched = turn.notes.setdefault("checks", defaultdict(lambda: defaultdict(set)))
    return touched


def _note(
    turn: Turn, watch: Watch, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> None:
    states = [state for state in (before, after) if state is not None]
    depth, ids = _start(watch.hops, states)
    _touched(turn)[watch][watch.hops[depth:]].update(ids)


def _start(hops: Way, states: Iterable[Mapping[str, Any]]) -> tuple[int, set[int]]:
    """How many hops the values of the record itself have taken, and the ids that they led to.

    What the record referred to before counts as well: it loses what it had.
    """
    rows: Iterable[Mapping[str, Any]] = states
    depth = 0
    if hops and hops[0].give == ID and hops[0].by == PARENT:
        field = hops[0].holder.name.partition(".")[2]
        rows, depth = [line for state in states for line in state.get(field) or ()], 1
    if depth < len(hops) and hops[depth].by == ID and hops[depth].give not in (ID, PARENT):
        key, depth = hops[depth].give, depth + 1
    else:
        key = ID
    return depth, {row[key] for row in rows if row.get(key) is not None}


async def judge_touched(turn: Turn) -> None:
    """Judge all that was noted; the records that a check counts over are kept first, so nobody slips by.

    Raises:
        Invalid: with every check that does not hold.
    """
    touched: Touched = turn.notes.pop("checks", {})
    about: dict[tuple[Entity, Constraint], set[int]] = defaultdict(set)
    pointers: dict[tuple[Entity, Constraint], str] = {}
    for watch, ways in touched.items():
        key = (watch.root, watch.constraint)
        pointers.setdefault(key, _pointer(watch))
        for way, ids in ways.items():
            about[key] |= await _walked(turn, way, ids)
    await _keep(turn, about)
    problems = []
    for (root, constraint), ids in about.items():
        failing = await broken_on(turn.session, turn.catalog, root, constraint, ids, turn.variables)
        if failing:
            texts = [text async for text in _told(turn, root, constraint, failing)]
            problems += [Problem(pointers[root, constraint], "check", text) for text in texts]
    if problems:
        raise Invalid(NOT_DONE, problems)


def _pointer(watch: Watch) -> str:
    """The field of the changed record that led to the check, where it is one of its own."""
    if watch.hops and watch.hops[0].by == ID and watch.hops[0].holder.parent is None:
        return f"/{watch.hops[0].give}"
    return ""


async def _walked(turn: Turn, way: Way, ids: set[int]) -> set[int]:
    for hop in way:
        ids = await linked(turn.session, hop.holder, hop.give, hop.by, ids)
    return ids


async def _keep(turn: Turn, about: Mapping[tuple[Entity, Constraint], set[int]]) -> None:
    """Keep what is counted over, then what is only read, always in the same order of tables and rows."""
    wanted: dict[tuple[bool, str], tuple[Entity, set[int]]] = {}
    for (root, constraint), ids in about.items():
        if constraint.related:
            wanted.setdefault((False, root.name), (root, set()))[1].update(ids)
        for side in one_sides(turn.catalog, root, constraint):
            found = await _walked(turn, side.hops, ids)
            wanted.setdefault((not side.counted, side.entity.name), (side.entity, set()))[1].update(found)
    for (shared, _), (entity, ids) in sorted(wanted.items(), key=lambda one: one[0]):
        await keep_rows(turn.session, entity, ids, shared=shared)


async def _told(turn: Turn, root: Entity, constraint: Constraint, ids: list[int]) -> AsyncIterator[Sentence]:
    """What is said of each record on which a check does not hold; of one that is not seen, no title."""
    text: Sentence = constraint.message or BROKEN(
        name=constraint.name, text=constraint.check.text if constraint.check else ""
    )
    titles = await titles_for(turn, {root.name: set(ids)})
    seen = [titles[root.name, id_] for id_ in ids if titles.get((root.name, id_))]
    for title in seen:
        yield OF_ONE(label=root.label, title=title, text=text)
    if len(seen) < len(ids):
        yield OF_UNSEEN(label=root.label, text=text)
