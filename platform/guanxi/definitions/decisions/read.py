"""Reading decision tables: columns first, then rows in front of them, then the checks over all inputs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from guanxi.definitions.compiling import Checked, Compiling
from guanxi.definitions.decisions.cells import Cell
from guanxi.definitions.decisions.checks import check_table
from guanxi.definitions.decisions.measures import NUMBERS
from guanxi.definitions.decisions.model import TOTALS, Decision, Input, Monotone, Outcome, Output, Row
from guanxi.definitions.decisions.read_cells import Column
from guanxi.definitions.decisions.read_columns import Columns, read_output
from guanxi.definitions.labels import humanised
from guanxi.definitions.read_who import read_who
from guanxi.errors import DefinitionProblem
from guanxi.expressions import ExpressionError, Formula, Shape, compile_formula

Data = Mapping[str, Any]
_RANKED = NUMBERS | {"date", "datetime"}
FACTS = "decision"
"""The shape of the inputs of a table, which its outputs are expressions over."""


def read_decisions(checked: Mapping[str, Checked], *, judge: bool = True) -> dict[str, Decision]:
    """All sound tables by name, each read after those that it uses; a circle is a problem.

    Without `judge` the checks over all inputs are left out.
    """
    found: dict[str, Decision | None] = {}
    read = read_decision if judge else read_table
    for name in checked:
        _visit(name, checked, found, (), read)
    return {name: one for name, one in found.items() if one is not None}


def _visit(
    name: str,
    checked: Mapping[str, Checked],
    found: dict[str, Decision | None],
    way: tuple[str, ...],
    read: Callable[[Data, Mapping[str, Decision], Compiling], Decision | None],
) -> None:
    if name in found or name not in checked:
        return
    data, compiling = checked[name].document.data, checked[name].compiling
    for index, item in enumerate(data["inputs"]):
        used = item.get("decision")
        if used is None:
            continue
        if used in (*way, name):
            circle = " -> ".join((*(*way, name)[(*way, name).index(used) :], used))
            compiling.problem(
                f"/inputs/{index}/decision", f"the tables go round in a circle: {circle}", "break it"
            )
            found[name] = None
            return
        _visit(used, checked, found, (*way, name), read)
    if name not in found:
        found[name] = read(data, {n: one for n, one in found.items() if one}, compiling)


def read_decision(data: Data, tables: Mapping[str, Decision], compiling: Compiling) -> Decision | None:
    """Compile and judge a table that its meta-schema has accepted; None where something is wrong with it."""
    table = read_table(data, tables, compiling)
    return None if table is None else _judged(table, compiling)


def read_table(data: Data, tables: Mapping[str, Decision], compiling: Compiling) -> Decision | None:
    """Compile a table without the checks over all inputs; None where something is wrong with it."""
    before = len(compiling.workshop.problems)
    of = data.get("of")
    if of is not None and not compiling.known("entity", of, "/of"):
        return None
    columns = Columns(of, tables, compiling)
    inputs = columns.inputs(data["inputs"])
    compiling.distinct(data["outputs"], "/outputs")
    outputs = [read_output(item, f"/outputs/{i}", compiling) for i, item in enumerate(data["outputs"])]
    if any(one is None for one in (*inputs, *outputs)):
        return None
    reader = _Rows(
        data, tuple(one for one in inputs if one), tuple(one for one in outputs if one), columns, compiling
    )
    _check_hit(data, reader.outputs, compiling)
    rows, otherwise = reader.rows(), reader.otherwise()
    outcomes = [outcome for row in rows for outcome in row.then.values()] + list((otherwise or {}).values())
    people = frozenset[str]().union(*(one.reads for outcome in outcomes for one in outcome.who))
    table = Decision(
        name=data["name"],
        label=data.get("label") or humanised(data["name"]),
        help=data.get("help"),
        of=of,
        inputs=reader.inputs,
        outputs=reader.outputs,
        hit=data["hit"],
        rows=rows,
        otherwise=otherwise,
        monotone=reader.monotone(),
        reads=_joined(reader.inputs, "reads") | people,
        variables=_joined(reader.inputs, "variables"),
    )
    return None if len(compiling.workshop.problems) > before else table


def _judged(table: Decision, compiling: Compiling) -> Decision | None:
    found = check_table(table)
    for one in found.problems:
        compiling.workshop.problems.append(
            DefinitionProblem(compiling.file, one.pointer, str(one.text), str(one.hint), one.text)
        )
    return None if found.problems else replace(table, unproved=found.unproved)


def _joined(inputs: tuple[Input, ...], what: str) -> frozenset[str]:
    parts: list[frozenset[str]] = []
    for one in inputs:
        source = one.formula or one.table
        if source is not None:
            parts.append(getattr(source, what))
        elif what == "reads":
            parts.append(frozenset({one.name}))
    return frozenset().union(*parts)


def _check_hit(data: Data, outputs: tuple[Output, ...], compiling: Compiling) -> None:
    hit = data["hit"]
    if hit in ("priority", "outputOrder") and not any(one.measure.values for one in outputs):
        compiling.problem(
            "/hit", f'"{hit}" needs an order of outputs', 'make an output a select with "values", best first'
        )
    if hit in TOTALS and len(outputs) != 1:
        compiling.problem("/outputs", f'"{hit}" has one output', "make a table for each output")
    kinds = {"sum": NUMBERS, "min": _RANKED, "max": _RANKED}
    if hit in kinds and outputs[0].measure.type not in kinds[hit]:
        compiling.problem("/outputs/0/type", f'"{hit}" needs numbers', "choose another hit policy")


@dataclass(frozen=True, slots=True)
class _Rows:
    """Reads what stands below the columns."""

    data: Data
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    columns: Columns
    compiling: Compiling

    def rows(self) -> tuple[Row, ...]:
        """The rows."""
        self.compiling.distinct(self.data["rows"], "/rows")
        return tuple(self._row(item, f"/rows/{index}") for index, item in enumerate(self.data["rows"]))

    def otherwise(self) -> Mapping[str, Outcome] | None:
        """The outputs where no row hits."""
        given = self.data.get("otherwise")
        return None if given is None else self._outcomes(given, "/otherwise", total=True)

    def monotone(self) -> tuple[Monotone, ...]:
        """The promises."""
        found = []
        for index, item in enumerate(self.data.get("monotone", ())):
            here = f"/monotone/{index}"
            inputs = [one.name for one in self.inputs]
            outputs = {one.name: one for one in self.outputs}
            known = self.compiling.one_of(item["input"], inputs, "input", f"{here}/input")
            if not self.compiling.one_of(item["output"], outputs, "output", f"{here}/output") or not known:
                continue
            place = inputs.index(item["input"])
            if not self.inputs[place].measure.ordered:
                self.compiling.problem(
                    f"{here}/input", f'"{item["input"]}" has no order', "name a number or a date"
                )
                continue
            measure = outputs[item["output"]].measure
            if not measure.ordered and not measure.values:
                self.compiling.problem(
                    f"{here}/output", f'"{item["output"]}" has no order', 'name a number or a "select"'
                )
                continue
            found.append(Monotone(input=place, output=item["output"], never=item["never"]))
        return tuple(found)

    def _row(self, item: Data, pointer: str) -> Row:
        places = {one.name: index for index, one in enumerate(self.inputs)}
        cells: list[tuple[int, Cell]] = []
        for name, raw in item.get("if", {}).items():
            here = f"{pointer}/if/{name}"
            if not self.compiling.one_of(name, places, "input", here):
                continue
            place = places[name]
            column = Column(self.inputs[place].measure, self.compiling, self.columns.options.get(name, ""))
            cell = column.cell(raw, here)
            if cell is not None:
                cells.append((place, cell))
        return Row(
            name=item["name"],
            label=item.get("label") or humanised(item["name"]),
            cells=tuple(sorted(cells, key=lambda one: one[0])),
            then=self._outcomes(item["then"], f"{pointer}/then"),
        )

    def _outcomes(self, given: Data, pointer: str, *, total: bool = False) -> Mapping[str, Outcome]:
        outputs = {one.name: one for one in self.outputs}
        for name in given:
            self.compiling.one_of(name, outputs, "output", f"{pointer}/{name}")
        for name in outputs.keys() - given.keys():
            self.compiling.problem(pointer, f'the output "{name}" is missing', "say what it is")
        counted = total and self.data["hit"] == "count"
        found = {}
        for name in outputs.keys() & given.keys():
            outcome = self._outcome(outputs[name], given[name], f"{pointer}/{name}", counted=counted)
            if outcome is not None:
                found[name] = outcome
        return MappingProxyType(found)

    def _outcome(self, output: Output, raw: Any, pointer: str, *, counted: bool) -> Outcome | None:
        if output.measure.type == "who" or isinstance(raw, list):
            return self._who(output, raw, pointer)
        measure = replace(output.measure, type="integer", scale=0, values=()) if counted else output.measure
        if isinstance(raw, str) and raw.startswith("= "):
            formula = self._formula(raw[2:].strip(), measure.expression_type(), pointer)
            return None if formula is None else Outcome(formula=formula)
        literal = raw[1:] if isinstance(raw, str) and raw.startswith("==") else raw
        value = Column(measure, self.compiling).literal(literal, pointer)
        return None if value is None else Outcome(literal=value)

    def _who(self, output: Output, raw: Any, pointer: str) -> Outcome | None:
        if output.measure.type != "who" or not isinstance(raw, list):
            wanted = 'a list such as [{"roles": ["director"]}]' if output.measure.type == "who" else "a value"
            self.compiling.problem(pointer, f'the output "{output.name}" takes {wanted}', f"write {wanted}")
            return None
        of = self.data.get("of")
        for index, item in enumerate(raw):
            if "decision" in item:
                self.compiling.problem(
                    f"{pointer}/{index}/decision", "a table names people itself", "use an input"
                )
                return None
            for key in ("field", "managerOf", "chainOf", "where", "formula"):
                if of is None and key in item and item[key] != "submitter":
                    self.compiling.problem(
                        f"{pointer}/{index}/{key}", "the table is of no entity", 'say which with "of"'
                    )
                    return None
        return Outcome(literal=raw, who=read_who(raw, of or FACTS, pointer, self.compiling))

    def _formula(self, text: str, wanted: Any, pointer: str) -> Formula | None:
        members = {one.name: one.measure.expression_type() for one in self.inputs}
        try:
            return compile_formula(text, {FACTS: Shape(FACTS, members)}, FACTS, expect=wanted, variables={})
        except ExpressionError as error:
            for one in error.problems:
                self.compiling.problem(pointer, one.message, one.hint)
            return None
