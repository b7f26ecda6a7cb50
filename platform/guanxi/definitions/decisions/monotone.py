"""Promises of a table, such as: a bigger discount never has a lower level.

Where one row decides, the table is cut into boxes of one deciding row each. A promise is broken exactly
where two boxes share all other inputs and the one with more of the input has the worse output.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.decisions.boxes import Box, Space, TooManyBoxes, uncovered
from guanxi.definitions.decisions.model import Decision, Monotone, Outcome
from guanxi.definitions.decisions.order import order_of_rows
from guanxi.definitions.decisions.spoken import facts_text, value_text
from guanxi.errors import N_, Text

BROKEN_DOWN = N_(
    "{output} decreases from {before} to {after} while {input} grows: for {first}, then for {then}."
)
BROKEN_UP = N_(
    "{output} increases from {before} to {after} while {input} grows: for {first}, then for {then}."
)
UNPROVED = N_("Not proved: whether {output} always keeps its promise while {input} grows.")
MEND = N_("Correct the rows, or remove the promise.")
MOST_PIECES = 2_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that does not hold, and the two examples that show it."""

    place: int
    text: Text
    hint: Text
    rows: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    box: Box
    value: int
    outcome: Outcome
    row: str


def broken_promises(table: Decision, space: Space) -> tuple[list[Broken], list[Text]]:
    """The promises that are refuted, and those that could not be settled."""
    found, unsettled = [], []
    for place, promise in enumerate(table.monotone):
        pieces = _pieces(table, space, promise)
        if pieces is None:
            unsettled.append(unproved(table, promise))
            continue
        broken = _broken(table, space, promise, place, pieces)
        if broken is not None:
            found.append(broken)
    return found, unsettled


def unproved(table: Decision, promise: Monotone) -> Text:
    """Says that a promise could be neither proved nor refuted."""
    output = table.output(promise.output)
    return UNPROVED(
        output=output.label if output else promise.output, input=table.inputs[promise.input].label
    )


def _pieces(table: Decision, space: Space, promise: Monotone) -> list[_Piece] | None:
    """Boxes of one deciding row each, with the output as a number; None where that is not to be had."""
    order = list(range(len(table.rows))) if table.hit in ("unique", "any") else order_of_rows(table)
    if order is None:
        return None
    found: list[_Piece] = []
    before: list[Box] = []
    rows = [
        (table.rows[place].name, space.rows[place], table.rows[place].then[promise.output]) for place in order
    ]
    if table.otherwise is not None:
        rows.append(("", space.whole, table.otherwise[promise.output]))
    try:
        for name, box, outcome in rows:
            value = _number(table, promise, outcome)
            if value is None:
                return None
            for part in uncovered(box, before):
                found.append(_Piece(part, value, outcome, name))
                if len(found) > MOST_PIECES:
                    return None
            before.append(box)
    except TooManyBoxes:
        return None
    return found


def _number(table: Decision, promise: Monotone, outcome: Outcome) -> int | None:
    output = table.output(promise.output)
    if output is None or outcome.literal is None:
        return None
    if output.measure.values:
        return output.measure.values.index(outcome.literal)
    return None if isinstance(outcome.literal, str) else output.measure.mark(outcome.literal)


def _broken(
    table: Decision, space: Space, promise: Monotone, place: int, pieces: list[_Piece]
) -> Broken | None:
    axis, sign = promise.input, 1 if promise.never == "decreases" else -1
    there = (1 << len([one for one in space.axes[axis].values if one is not None])) - 1
    for low in pieces:
        for high in pieces:
            if sign * (high.value - low.value) >= 0:
                continue
            shared = tuple(one & other for one, other in zip(low.box, high.box, strict=True))
            if not all(part for at, part in enumerate(shared) if at != axis):
                continue
            least, most = _lowest(low.box[axis] & there), _highest(high.box[axis] & there)
            if least is None or most is None or least >= most:
                continue
            first = space.point((*shared[:axis], 1 << least, *shared[axis + 1 :]))
            then = space.point((*shared[:axis], 1 << most, *shared[axis + 1 :]))
            return _told(table, promise, place, (low, high), (first, then))
    return None


def _told(
    table: Decision,
    promise: Monotone,
    place: int,
    pair: tuple[_Piece, _Piece],
    points: tuple[tuple[Any, ...], tuple[Any, ...]],
) -> Broken:
    names = [one.name for one in table.inputs]
    first, then = (dict(zip(names, point, strict=True)) for point in points)
    output = table.output(promise.output) or table.outputs[0]
    text = (BROKEN_DOWN if promise.never == "decreases" else BROKEN_UP)(
        output=output.label,
        input=table.inputs[promise.input].label,
        before=value_text(output.measure, pair[0].outcome.literal),
        after=value_text(output.measure, pair[1].outcome.literal),
        first=facts_text(table, first),
        then=facts_text(table, then),
    )
    return Broken(place, text, MEND, tuple(one.row for one in pair if one.row), (first, then))


def _lowest(part: int) -> int | None:
    return (part & -part).bit_length() - 1 if part else None


def _highest(part: int) -> int | None:
    return part.bit_length() - 1 if part else None
