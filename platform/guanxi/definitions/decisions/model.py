"""The compiled decision table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guanxi.definitions.decisions.cells import Cell
from guanxi.definitions.decisions.measures import Measure
from guanxi.definitions.labels import Label
from guanxi.definitions.who import Selector
from guanxi.errors import Text
from guanxi.expressions import Formula

Hit = Literal[
    "unique",
    "first",
    "any",
    "priority",
    "ruleOrder",
    "outputOrder",
    "collect",
    "sum",
    "min",
    "max",
    "count",
]
LISTS: frozenset[Hit] = frozenset({"ruleOrder", "outputOrder", "collect"})
"""The hit policies whose answer is a list for each output."""
TOTALS: frozenset[Hit] = frozenset({"sum", "min", "max", "count"})


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Input:
    """What a table decides by.

    `formula` reads it from a record, `table` takes its `output` from another table, else it is a fact by its
    name. `low` and `high` are the bounds, both inclusive. A `required` input is never missing.
    """

    name: str
    label: Label
    measure: Measure
    required: bool = False
    formula: Formula | None = None
    table: "Decision | None" = None
    output: str = ""
    low: Any = None
    high: Any = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Output:
    """What a table answers."""

    name: str
    label: Label
    measure: Measure


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Outcome:
    """One output of a row: a literal, an expression over the inputs, or people (`literal` as written)."""

    literal: Any = None
    formula: Formula | None = None
    who: tuple[Selector, ...] = ()

    @property
    def says(self) -> tuple[Any, ...]:
        """What two outcomes that are alike have in common."""
        return (self.literal, self.formula.text if self.formula else None, self.who)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Row:
    """One row: `cells` by the place of the input, those that say something; `then` by output."""

    name: str
    label: Label
    cells: tuple[tuple[int, Cell], ...]
    then: Mapping[str, Outcome]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Monotone:
    """A promise: while the input grows and the others stay, the output never decreases (or increases)."""

    input: int
    output: str
    never: Literal["decreases", "increases"]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Decision:
    """A decision table.

    `of` is the entity whose records it decides on; None: on facts by name. `reads` are the paths of a record
    (or the names of facts) that it needs, those of the tables that it uses among them, `variables` the names
    besides. `unproved` says what the checks could not settle.
    """

    name: str
    label: Label
    of: str | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    hit: Hit
    rows: tuple[Row, ...]
    otherwise: Mapping[str, Outcome] | None = None
    monotone: tuple[Monotone, ...] = ()
    reads: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    help: Label | None = None
    unproved: tuple[Text, ...] = field(default=())

    def output(self, name: str) -> Output | None:
        """The output of this name; the first for an empty one."""
        if not name:
            return self.outputs[0]
        return next((one for one in self.outputs if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A value that a table decides: one of its outputs."""

    table: Decision
    output: Output
