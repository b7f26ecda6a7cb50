"""Which stored formulas a release must compute for the records that are there."""

from collections.abc import Mapping, Sequence

from guanxi.commands.releases.candidate import Candidate
from guanxi.commands.releases.fields_by_uid import Place
from guanxi.definitions.entity import Entity, Field
from guanxi.storage.moving import Move


def formulas_to_compute(
    candidate: Candidate, before: Mapping[str, Place], after: Mapping[str, Place], moves: Sequence[Move]
) -> dict[str, tuple[str, ...]]:
    """Paths of fields with a formula that is new or another, or that stands beside values that move.

    By entity; those of lines are `<lines>.<field>`. Whatever an entity computes from a value that moves is
    computed anew, and what it computes from that.
    """
    stirred = {move.root for move in moves}
    stirred |= {
        _root(holder)
        for uid, (holder, _) in after.items()
        if _differs(candidate, before.get(uid), after[uid])
    }
    stirred = _with_followers(candidate, stirred)
    found: dict[str, list[str]] = {}
    for holder, one in after.values():
        root = _root(holder)
        there = candidate.existing.columns.get(holder.table) is not None
        if one.formula is not None and root in stirred and there:
            lines = holder.name.partition(".")[2]
            found.setdefault(root, []).append(f"{lines}.{one.name}" if lines else one.name)
    return {root: tuple(paths) for root, paths in found.items()}


def _with_followers(candidate: Candidate, roots: set[str]) -> set[str]:
    """These entities, and those whose formulas read their records, and so on."""
    found, new = set(roots), set(roots)
    while new:
        new = {
            one.root.name
            for followed in candidate.catalog.followers.values()
            for one in followed
            if any(_root(hop.here) in new or _root(hop.there) in new for hop in one.hops)
        } - found
        found |= new
    return found


def _differs(candidate: Candidate, was: Place | None, there: Place) -> bool:
    """Whether the field's value comes about in another way than before."""
    holder, one = there
    if was is None:
        known = candidate.existing.columns.get(holder.table, {})
        return one.formula is not None or one.columns[0].name in known
    before = was[1]
    if _text(before) != _text(one):
        return True
    elsewhere = before.columns[0].name != one.columns[0].name
    return one.formula is not None and (elsewhere or _currency(before) != _currency(one))


def _text(one: Field) -> str | None:
    return one.formula.text if one.formula is not None else None


def _currency(one: Field) -> object:
    value = one.currency
    return None if value is None else (value.literal, value.formula.text if value.formula else None)


def _root(holder: Entity) -> str:
    return holder.name.partition(".")[0]
