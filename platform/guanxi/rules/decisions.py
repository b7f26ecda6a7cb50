"""What a decision table answers, and why.

A pure function of table and facts. The facts are a record as formulas take it (`lines`, `account.region`) or,
for a table of no entity, values by the name of the input; None is missing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guanxi.definitions.decisions import Decision, Input, Outcome, Row
from guanxi.definitions.decisions.cells import Cell
from guanxi.definitions.decisions.model import LISTS
from guanxi.definitions.decisions.order import rank
from guanxi.definitions.decisions.spoken import facts_text, value_text
from guanxi.definitions.who import Selector
from guanxi.errors import N_, Conflict, Text
from guanxi.expressions.exact import EXACT

Facts = Mapping[str, Any]

NO_ROW = N_("“{table}” has no row for {facts}. Ask an administrator to add one.")
SEVERAL = N_("“{table}” has several rows for {facts}: {rows}. Ask an administrator to correct it.")
OUTSIDE = N_("“{table}” does not decide {input} {value}: it allows values from {low} to {high}.")
NO_VALUE = N_("“{table}” needs {input}, which is missing.")
NOT_LISTED = N_("“{table}” does not know {input} {value}.")
ANY = N_("any")


class Undecided(Conflict):
    """A table has no answer for these facts; `facts` are the inputs that it was asked with."""

    def __init__(self, message: Text, facts: Facts) -> None:
        self.facts = dict(facts)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a table answers.

    `outputs` by name: a value, a tuple of selectors for people, or a tuple of these under a hit policy that
    gives a list. `rows` are the names of the rows that hit, all of them in the order of the table; none where
    `otherwise` answered. `decided` are those whose outputs count, in their order. `facts` are the inputs.
    """

    outputs: Mapping[str, Any]
    rows: tuple[str, ...]
    decided: tuple[str, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class CellStory:
    """One cell of a row: the input, its value, and whether the cell holds (None: it says nothing)."""

    input: str
    value: Any
    holds: bool | None


@dataclass(frozen=True, slots=True)
class RowStory:
    """One row: whether it hit, and what each of its cells says."""

    name: str
    hit: bool
    cells: tuple[CellStory, ...]


def decide(table: Decision, facts: Facts, variables: Facts) -> Answer:
    """The answer of a table.

    Raises:
        Undecided: no row hits and there is no `otherwise`, a value is outside of its bounds, or rows that
            must not hit together do.
        KeyError: the facts lack a path in `table.reads`, or a variable is not given.
    """
    return answer(table, inputs_of(table, facts, variables))


def answer(table: Decision, inputs: Facts) -> Answer:
    """The answer of a table for its inputs by name, whatever they were made of.

    Raises:
        Undecided: as `decide`.
    """
    rows = _hits(table, inputs)
    if not rows:
        return _otherwise(table, inputs)
    counting = _POLICIES[table.hit](table, rows, inputs)
    return Answer(
        outputs=_outputs(table, counting, inputs),
        rows=tuple(row.name for row in rows),
        decided=tuple(row.name for row in counting),
        facts=inputs,
    )


def inputs_of(table: Decision, facts: Facts, variables: Facts) -> dict[str, Any]:
    """The inputs that a table decides by, each within its bounds.

    Raises:
        Undecided: a value that the table is not made for.
    """
    found: dict[str, Any] = {}
    for one in table.inputs:
        if one.formula is not None:
            value = one.formula.run(facts, variables)
        elif one.table is not None:
            value = decide(one.table, facts, variables).outputs[one.output]
        else:
            value = facts[one.name]
        found[one.name] = value
        check_input(table, one, value, found)
    return found


def check_input(table: Decision, one: Input, value: Any, found: Facts) -> None:
    """Refuse a value that the table is not made for; `found` are the inputs so far.

    Raises:
        Undecided: it is missing and must not be, or outside of its bounds.
    """
    if value is None:
        if one.required:
            raise Undecided(NO_VALUE(table=table.label, input=one.label), found)
    elif one.measure.values or one.low is not None or one.high is not None:
        _check_bounds(table, one, value, found)


def story(table: Decision, inputs: Facts) -> tuple[RowStory, ...]:
    """What every cell of every row says of the inputs of an answer."""
    return tuple(_row_story(table, row, inputs) for row in table.rows)


def people_of(answer: Answer, output: str) -> tuple[tuple[Selector, ...], ...]:
    """The people that an output names: selectors to be tried in order, one such list for each row."""
    value = answer.outputs[output]
    if value and isinstance(value[0], Selector):
        return (value,)
    return tuple(value)


def _check_bounds(table: Decision, one: Input, value: Any, found: Facts) -> None:
    if one.measure.values:
        if value not in one.measure.values:
            raise Undecided(NOT_LISTED(table=table.label, input=one.label, value=value), found)
        return
    if (one.low is not None and value < one.low) or (one.high is not None and value > one.high):
        said = {
            "value": value_text(one.measure, value),
            "low": ANY if one.low is None else value_text(one.measure, one.low),
            "high": ANY if one.high is None else value_text(one.measure, one.high),
        }
        raise Undecided(OUTSIDE(table=table.label, input=one.label, **said), found)


def _hits(table: Decision, inputs: Facts) -> list[Row]:
    values = list(inputs.values())
    first = table.hit == "first"
    found = []
    for row in table.rows:
        for place, cell in row.cells:
            if not cell.holds(values[place]):
                break
        else:
            found.append(row)
            if first:
                break
    return found


def _otherwise(table: Decision, inputs: Facts) -> Answer:
    if table.otherwise is None:
        raise Undecided(NO_ROW(table=table.label, facts=facts_text(table, inputs)), inputs)
    listed = table.hit in LISTS
    outputs = {name: _value(one, inputs) for name, one in table.otherwise.items()}
    if listed:
        outputs = {name: (value,) for name, value in outputs.items()}
    return Answer(outputs=outputs, rows=(), decided=(), facts=inputs)


def _outputs(table: Decision, rows: Sequence[Row], inputs: Facts) -> dict[str, Any]:
    if table.hit in LISTS:
        return {one.name: tuple(_value(row.then[one.name], inputs) for row in rows) for one in table.outputs}
    if table.hit in _TOTALS:
        name = table.outputs[0].name
        return {name: _TOTALS[table.hit]([_value(row.then[name], inputs) for row in rows])}
    return {name: _value(one, inputs) for name, one in rows[0].then.items()}


def _value(outcome: Outcome, inputs: Facts) -> Any:
    if outcome.formula is not None:
        return outcome.formula.run(inputs, {})
    return outcome.who or outcome.literal


def _only(table: Decision, rows: list[Row], inputs: Facts) -> list[Row]:
    if len(rows) > 1:
        raise _several(table, rows, inputs)
    return rows


def _agreeing(table: Decision, rows: list[Row], inputs: Facts) -> list[Row]:
    said = [{name: _value(one, inputs) for name, one in row.then.items()} for row in rows]
    if any(one != said[0] for one in said):
        raise _several(table, rows, inputs)
    return rows


def _best(table: Decision, rows: list[Row], _: Facts) -> list[Row]:
    return [min(rows, key=lambda row: rank(table, row))]


def _best_first(table: Decision, rows: list[Row], _: Facts) -> list[Row]:
    return sorted(rows, key=lambda row: rank(table, row))


def _all(_: Decision, rows: list[Row], __: Facts) -> list[Row]:
    return rows


def _several(table: Decision, rows: Sequence[Row], inputs: Facts) -> Undecided:
    names = ", ".join(row.name for row in rows)
    return Undecided(SEVERAL(table=table.label, facts=facts_text(table, inputs), rows=names), inputs)


def _row_story(table: Decision, row: Row, inputs: Facts) -> RowStory:
    cells: Mapping[int, Cell] = dict(row.cells)
    told = []
    for place, one in enumerate(table.inputs):
        value = inputs[one.name]
        told.append(CellStory(one.name, value, cells[place].holds(value) if place in cells else None))
    return RowStory(row.name, all(one.holds is not False for one in told), tuple(told))


def _sum(values: list[Any]) -> Any:
    if all(isinstance(value, int) for value in values):
        return sum(values)
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


_POLICIES: Mapping[str, Callable[[Decision, list[Row], Facts], list[Row]]] = {
    "unique": _only,
    "first": _all,
    "any": _agreeing,
    "priority": _best,
    "outputOrder": _best_first,
    "ruleOrder": _all,
    "collect": _all,
    "sum": _all,
    "min": _all,
    "max": _all,
    "count": _all,
}
_TOTALS: Mapping[str, Callable[[list[Any]], Any]] = {"sum": _sum, "min": min, "max": max, "count": len}
