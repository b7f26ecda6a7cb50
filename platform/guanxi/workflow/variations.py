"""What of a record could be otherwise: the fields that decide a route, and the values worth trying.

A route hangs on a field directly, or through fields that are computed from it. Only fields of the record and
of its lines that somebody fills in are varied.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.definitions.decisions import Decision
from guanxi.definitions.decisions.cells import constants, ranges
from guanxi.definitions.decisions.measures import Measure
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Asking, conditions, walk
from guanxi.expressions import Formula
from guanxi.expressions.nodes import Literal, Within
from guanxi.expressions.nodes import walk as parts

RULED: Mapping[str, str] = {
    "integer": "integer",
    "rating": "integer",
    "decimal": "decimal",
    "percent": "percent",
    "money": "money",
    "date": "date",
}
"""Field types whose values stand on a ruler, and what they are called there."""
MOST_LINES = 20
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Variation:
    """A field that can be changed: of the record, of line number `line` of the field `of`, or of all lines.

    Of all lines (`line` None, `of` given) what is above a value is lowered to it.
    """

    field: Field
    of: Field | None = None
    line: int | None = None

    @property
    def path(self) -> str:
        """The path of the record."""
        return f"{self.of.name}.{self.field.name}" if self.of else self.field.name

    def value(self, record: Mapping[str, Any]) -> Any:
        """The value as it is; of all lines, the highest."""
        if self.of is None:
            return record.get(self.field.name)
        lines = record.get(self.of.name) or ()
        if self.line is not None:
            return lines[self.line].get(self.field.name)
        return max((v for one in lines if (v := one.get(self.field.name)) is not None), default=None)

    def put(self, record: Record, value: Any) -> None:
        """Change a copy of the record."""
        if self.of is None:
            record[self.field.name] = value
            return
        lines = record[self.of.name]
        if self.line is not None:
            lines[self.line][self.field.name] = value
            return
        for line in lines:
            if (old := line.get(self.field.name)) is not None and old > value:
                line[self.field.name] = value

    @property
    def measure(self) -> Measure | None:
        """The ruler of its values, where they have one."""
        kind = RULED.get(self.field.type)
        if kind is None:
            return None
        return Measure(kind, self.field.columns[0].scale if self.field.columns else self.field.scale)


@dataclass(frozen=True, slots=True)
class Decisive:
    """The formulas that decide a route, with what each hangs on: entered fields, by path."""

    leaves: tuple[frozenset[str], ...]
    literals: frozenset[Any]


def decisive(process: Process, entity: Entity, tables: Mapping[str, Decision]) -> Decisive:
    """What decides the route of a process over an entity."""
    leaves, literals = [], set[Any]()
    formulas = [process.when] if process.when else []
    asked: list[frozenset[str]] = []
    for step in walk(process.steps):
        formulas += conditions(step)
        for selector in step.by if isinstance(step, Asking) else ():
            asked.append(selector.reads)
            formulas += [selector.where] if selector.where else []
            table = tables.get(selector.decision or "")
            literals |= _of_table(table) if table else set()
    for formula in formulas:
        leaves.append(_leaves(formula.reads, entity))
        literals |= _literals(formula)
    leaves += [_leaves(reads, entity) for reads in asked if reads]
    return Decisive(tuple(leaves), frozenset(literals))


def variations(
    found: Decisive, entity: Entity, record: Mapping[str, Any], shows: Callable[[str], bool]
) -> Iterator[Variation]:
    """Fields that decide, of which the reader may see everything that decides together with them."""
    open_ = {path for leaves in found.leaves if all(map(shows, leaves)) for path in leaves}
    closed = {path for leaves in found.leaves if not all(map(shows, leaves)) for path in leaves}
    for path in sorted(open_ - closed):
        head, _, tail = path.partition(".")
        field = entity.fields.get(head)
        if field is None:
            continue
        if field.lines is None:
            yield from (Variation(field) for _ in (1,) if not tail and _entered(field))
            continue
        column = field.lines.fields.get(tail)
        if column is None or not _entered(column):
            continue
        lines = list(record.get(head) or ())[:MOST_LINES]
        yield from (Variation(column, field, number) for number in range(len(lines)))
        if len(lines) > 1 and column.type in RULED:
            yield Variation(column, field)


def _entered(field: Field) -> bool:
    return not field.computed and (field.type in RULED or field.type in ("boolean", "select"))


def _leaves(paths: Iterable[str], entity: Entity) -> frozenset[str]:
    """The entered fields behind paths: a computed one stands for what its formula reads."""
    found, waiting = set[str](), list(paths)
    seen = set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        head, _, tail = path.partition(".")
        field = entity.fields.get(head)
        if field is not None and field.lines is not None and tail in field.lines.fields:
            inner = field.lines.fields[tail]
            behind = inner.formula.reads if inner.formula else ()
            waiting += [_seen_from_line(head, one) for one in behind]
            found |= set() if inner.formula else {path}
        elif field is not None and field.formula is not None:
            waiting += field.formula.reads
        else:
            found.add(path)
    return frozenset(found)


def _seen_from_line(lines: str, path: str) -> str:
    return path.removeprefix("parent.") if path.startswith("parent.") else f"{lines}.{path}"


def _literals(formula: Formula) -> set[Any]:
    found = set[Any]()
    for node in parts(formula.tree):
        if isinstance(node, Literal):
            found.add(node.value)
        elif isinstance(node, Within):
            found |= set(node.values)
    return {one for one in found if _on_a_ruler(one)}


def _of_table(table: Decision) -> set[Any]:
    found = set[Any]()
    for row in table.rows:
        for _, cell in row.cells:
            found |= constants(cell)
            found |= {bound for one in ranges(cell) for bound in (one.low, one.high)}
    for one in table.inputs:
        found |= _of_table(one.table) if one.table else set()
        found |= _literals(one.formula) if one.formula else set()
    return {one for one in found if _on_a_ruler(one)}


def _on_a_ruler(value: object) -> bool:
    return isinstance(value, int | Decimal | date) and not isinstance(value, bool)
