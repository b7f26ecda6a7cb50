"""Rows of a decision table as boxes in the space of all inputs, and what no box covers.

Along an input, values that every cell treats alike are one *atom*, so a row is a set of atoms for each input
(an integer with one bit an atom) and all questions about rows are questions about finite sets. Missing is an
atom of its own, and so are all the texts that no cell names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.decisions.cells import Cell, constants, ranges
from guanxi.definitions.decisions.model import Decision, Input

Box = tuple[int, ...]
"""For each input the set of its atoms, one bit each."""
MOST_STEPS = 20_000
"""After so many boxes a question is left unanswered; a thousand are usual for 200 rows."""


class TooManyBoxes(Exception):
    """The question takes too long to settle."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The atoms of one input, each by a value that stands for it; `spans` are marks from and to."""

    values: tuple[Any, ...]
    spans: tuple[tuple[int | None, int | None], ...] = ()

    @property
    def whole(self) -> int:
        """All atoms."""
        return (1 << len(self.values)) - 1

    def mask(self, cell: Cell) -> int:
        """The atoms for which a cell holds."""
        return sum(1 << place for place, value in enumerate(self.values) if cell.holds(value))


@dataclass(frozen=True, slots=True)
class Space:
    """All inputs, and the boxes of the rows in their order."""

    axes: tuple[Axis, ...]
    rows: tuple[Box, ...]

    @property
    def whole(self) -> Box:
        """Everything that there can be."""
        return tuple(axis.whole for axis in self.axes)

    def point(self, box: Box) -> tuple[Any, ...]:
        """Values in a box, the lowest of each input; a missing value only where there is no other."""
        return tuple(
            axis.values[(part & -part).bit_length() - 1] for axis, part in zip(self.axes, box, strict=True)
        )


def space_of(table: Decision) -> Space:
    """The space of a table."""
    by_input: list[list[Cell]] = [[] for _ in table.inputs]
    for row in table.rows:
        for place, cell in row.cells:
            by_input[place].append(cell)
    axes = tuple(_axis(one, cells) for one, cells in zip(table.inputs, by_input, strict=True))
    masks: dict[tuple[int, Cell], int] = {}
    rows = []
    for row in table.rows:
        box = [axis.whole for axis in axes]
        for place, cell in row.cells:
            if (place, cell) not in masks:
                masks[place, cell] = axes[place].mask(cell)
            box[place] = masks[place, cell]
        rows.append(tuple(box))
    return Space(axes, tuple(rows))


def uncovered(box: Box, others: Sequence[Box]) -> Iterator[Box]:
    """The parts of a box that no other covers, none twice.

    Raises:
        TooManyBoxes: it takes too long.
    """
    return _parts(box, others, [MOST_STEPS])


def common(one: Box, other: Box) -> Box | None:
    """What two boxes share; None for nothing."""
    shared = tuple(a & b for a, b in zip(one, other, strict=True))
    return shared if all(shared) else None


def _parts(box: Box, others: Sequence[Box], left: list[int]) -> Iterator[Box]:
    left[0] -= 1
    if left[0] < 0:
        raise TooManyBoxes
    if not all(box):
        return
    near, largest, best = [], None, -1
    for other in others:
        volume = 1
        for one, another in zip(box, other, strict=True):
            volume *= (one & another).bit_count()
        if volume:
            near.append(other)
            if volume > best:
                largest, best = other, volume
    if largest is None:
        yield box
        return
    rest = list(box)
    for place, part in enumerate(largest):
        outside = rest[place] & ~part
        if outside:
            yield from _parts((*rest[:place], outside, *rest[place + 1 :]), near, left)
        rest[place] &= part


def _axis(given: Input, cells: Sequence[Cell]) -> Axis:
    measure = given.measure
    absent = () if given.required else (None,)
    if measure.type == "boolean":
        return Axis((False, True, *absent))
    if measure.type == "select":
        return Axis((*measure.values, *absent))
    if measure.type == "text":
        named = sorted(frozenset().union(*map(constants, cells)))
        return Axis((*named, _other(named), *absent))
    return _ruler(given, cells)


def _ruler(given: Input, cells: Sequence[Cell]) -> Axis:
    """The atoms of a number, date or duration: between two marks at which some cell changes."""
    measure = given.measure
    starts: set[int] = set()
    for cell in cells:
        for value in constants(cell):
            starts |= {measure.mark(value), measure.mark(value) + 1}
        for one in ranges(cell):
            if one.low is not None:
                starts.add(measure.mark(one.low) + one.open_low)
            if one.high is not None:
                starts.add(measure.mark(one.high) + (not one.open_high))
    low = None if given.low is None else measure.mark(given.low)
    high = None if given.high is None else measure.mark(given.high)
    inner = sorted(one for one in starts if (low is None or one > low) and (high is None or one <= high))
    froms, tos = [low, *inner], [*(one - 1 for one in inner), high]
    spans = list(zip(froms, tos, strict=True))
    values = [measure.at(_typical(one)) for one in spans]
    if not given.required:
        spans.append((None, None))
        values.append(None)
    return Axis(tuple(values), tuple(spans))


def _typical(span: tuple[int | None, int | None]) -> int:
    low, high = span
    if low is not None:
        return low
    return min(high, 0) if high is not None else 0


def _other(named: Sequence[str]) -> str:
    """A text that is none of these, for all that no cell names."""
    number = 1
    while f"other{number}" in named:
        number += 1
    return f"other{number}"
