"""In which order the rows of a table go, where one row decides."""

from typing import Any

from guanxi.definitions.decisions.model import Decision, Outcome, Output, Row


def rank(table: Decision, row: Row) -> tuple[int, ...]:
    """The place of a row's outputs among their values; the smaller goes first."""
    return tuple(
        one.measure.values.index(row.then[one.name].literal) for one in table.outputs if one.measure.values
    )


def order_of_rows(table: Decision) -> list[int] | None:
    """The places of the rows in the order in which they decide; None where more than one counts.

    Under `min` and `max` the row with the better number goes first, unless a number is an expression.
    """
    places = range(len(table.rows))
    match table.hit:
        case "first":
            return list(places)
        case "priority":
            return sorted(places, key=lambda place: rank(table, table.rows[place]))
        case "min" | "max":
            output = table.outputs[0]
            values = [_ordered(output, row.then[output.name]) for row in table.rows]
            if None in values:
                return None
            sign = 1 if table.hit == "min" else -1
            return sorted(places, key=lambda place: sign * (values[place] or 0))
        case _:
            return None


def _ordered(output: Output, outcome: Outcome) -> int | None:
    value: Any = outcome.literal
    if value is None or isinstance(value, str):
        return None
    return output.measure.mark(value)
