"""What is judged of a decision table before it is published, over all its inputs together.

A gap, rows that contradict each other, a row that can never decide, a broken promise: each is proved by
values. Where inputs depend on each other (both read the total), a finding counts only if these values can
occur together; where that cannot be settled, it is said and does not stand in the way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from guanxi.definitions.decisions.boxes import Box, Space, TooManyBoxes, common, space_of, uncovered
from guanxi.definitions.decisions.model import Decision, Row
from guanxi.definitions.decisions.monotone import broken_promises, unproved
from guanxi.definitions.decisions.order import order_of_rows
from guanxi.definitions.decisions.proof import Occurrence, dependent
from guanxi.definitions.decisions.spoken import facts_text
from guanxi.errors import N_, Text

MOST = 5
"""Findings of one sort that are told; the next ones show when these are mended."""
GAP = N_("No row hits for {facts}.")
OVERLAP = N_('The rows "{one}" and "{other}" both hit for {facts}.')
CONTRADICT = N_('The rows "{one}" and "{other}" say different things for {facts}.')
NEVER = N_('The row "{row}" never hits: one of its cells is outside of what the input can be.')
DEAD = N_(
    'The row "{row}" never decides: rows that go before it hit wherever it does, for example for {facts}.'
)
TOO_LARGE = N_("Not proved: the table is too entangled to look for gaps.")
TOO_LARGE_ROW = N_('Not proved: whether the row "{row}" can decide.')
MAYBE_GAP = N_("Not proved: whether a row hits for {facts}.")
MAYBE_OVERLAP = N_('Not proved: whether the rows "{one}" and "{other}" can both hit, as for {facts}.')
MAYBE_SAME = N_('Not proved: whether the rows "{one}" and "{other}" say the same for {facts}.')
ADD_ROW = N_("Add a row for it, or an outcome for all other cases.")
PART_ROWS = N_("Draw a line between the rows, or choose another hit policy.")
DROP_ROW = N_("Remove it, or move it up.")
WITHIN = N_("Correct the cell, or the bounds of the input.")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a table: where, what, what to do, and values by input that prove it."""

    kind: str
    pointer: str
    text: Text
    hint: Text
    rows: tuple[str, ...] = ()
    examples: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found, and what they could not settle."""

    problems: tuple[Finding, ...]
    unproved: tuple[Text, ...] = ()


def check_table(table: Decision) -> Checked:
    """Judge a table."""
    checking = _Checking(table, space_of(table), Occurrence(table) if dependent(table) else None, [], [])
    never = checking.never()
    checking.dead(never)
    checking.overlaps()
    if table.otherwise is None:
        checking.gaps()
    promises, open_promises = broken_promises(table, checking.space)
    if checking.occurs is not None:
        # Where inputs move together, "the others stay" may never be so.
        open_promises += [unproved(table, table.monotone[one.place]) for one in promises]
        promises = []
    found = [
        Finding("monotone", f"/monotone/{one.place}", one.text, one.hint, one.rows, one.examples)
        for one in promises
    ]
    return Checked((*checking.problems, *found), (*checking.unproved, *open_promises))


@dataclass(slots=True)
class _Checking:
    table: Decision
    space: Space
    occurs: Occurrence | None
    problems: list[Finding]
    unproved: list[Text]

    def never(self) -> frozenset[int]:
        """The rows of which a cell holds for no value."""
        found = [place for place, box in enumerate(self.space.rows) if not all(box)]
        for place in found:
            row = self.table.rows[place]
            pointer = f"/rows/{place}"
            self.problems.append(Finding("dead", pointer, NEVER(row=row.label), WITHIN, (row.name,)))
        return frozenset(found)

    def dead(self, never: frozenset[int]) -> None:
        """The rows that others leave nothing to decide."""
        order = order_of_rows(self.table)
        if order is None:
            return
        before: list[Box] = []
        for place in order:
            box = self.space.rows[place]
            if place not in never:
                self._dead(place, box, before)
            before.append(box)

    def _dead(self, place: int, box: Box, before: list[Box]) -> None:
        row = self.table.rows[place]
        try:
            free = next(uncovered(box, before), None)
        except TooManyBoxes:
            self.unproved.append(TOO_LARGE_ROW(row=row.label))
            return
        if free is None:
            example = self._example(box)
            text = DEAD(row=row.label, facts=facts_text(self.table, example))
            self.problems.append(Finding("dead", f"/rows/{place}", text, DROP_ROW, (row.name,), (example,)))

    def overlaps(self) -> None:
        """Rows that hit together and must not."""
        if self.table.hit not in ("unique", "any"):
            return
        for place, row, other, shared in islice(self._contradictions(), MOST):
            possible, example = self._occurs(shared)
            if possible is False:
                continue
            facts = facts_text(self.table, example)
            if possible is None:
                said = {"one": other.label, "other": row.label, "facts": facts}
                self.unproved.append(MAYBE_OVERLAP(**said))
                continue
            text = (OVERLAP if self.table.hit == "unique" else CONTRADICT)(
                one=other.label, other=row.label, facts=facts
            )
            names = (other.name, row.name)
            self.problems.append(Finding("overlap", f"/rows/{place}", text, PART_ROWS, names, (example,)))

    def _contradictions(self) -> Iterator[tuple[int, Row, Row, Box]]:
        rows = self.table.rows
        for place, box in enumerate(self.space.rows):
            for earlier in range(place):
                if self.table.hit == "any" and not _differ(rows[earlier], rows[place]):
                    continue
                shared = common(self.space.rows[earlier], box)
                if shared is None:
                    continue
                if self.table.hit == "any" and not _differ_surely(rows[earlier], rows[place]):
                    facts = facts_text(self.table, self._example(shared))
                    said = {"one": rows[earlier].label, "other": rows[place].label, "facts": facts}
                    self.unproved.append(MAYBE_SAME(**said))
                    continue
                yield place, rows[place], rows[earlier], shared
                break

    def gaps(self) -> None:
        """What no row covers."""
        found = 0
        try:
            for box in uncovered(self.space.whole, self.space.rows):
                possible, example = self._occurs(box)
                if possible is False:
                    continue
                facts = facts_text(self.table, example)
                if possible is None:
                    self.unproved.append(MAYBE_GAP(facts=facts))
                else:
                    self.problems.append(Finding("gap", "/rows", GAP(facts=facts), ADD_ROW, (), (example,)))
                found += 1
                if found == MOST:
                    return
        except TooManyBoxes:
            self.unproved.append(TOO_LARGE)

    def _occurs(self, box: Box) -> tuple[bool | None, Mapping[str, Any]]:
        """Whether the values of a box can occur together (None: not known), with some that do."""
        if self.occurs is None:
            return True, self._example(box)
        possible, example = self.occurs.within(self.space, box)
        return possible, example or self._example(box)

    def _example(self, box: Box) -> Mapping[str, Any]:
        names = [one.name for one in self.table.inputs]
        return dict(zip(names, self.space.point(box), strict=True))


def _differ(one: Row, other: Row) -> bool:
    return any(one.then[name].says != other.then[name].says for name in one.then)


def _differ_surely(one: Row, other: Row) -> bool:
    """Whether they differ in something else than expressions, which may come to the same."""
    return any(
        one.then[name].says != other.then[name].says
        for name in one.then
        if one.then[name].formula is None and other.then[name].formula is None
    )
