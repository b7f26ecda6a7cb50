"""Reading the columns of a decision table: where an input comes from, and which values there can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.decisions.measures import NUMBERS, Measure
from guanxi.definitions.decisions.model import LISTS, Decision, Input, Output
from guanxi.definitions.decisions.read_cells import Column
from guanxi.definitions.entity import Field
from guanxi.definitions.labels import humanised
from guanxi.definitions.suggestions import nearest
from guanxi.expressions import Formula
from guanxi.expressions.nodes import Member, may_be_missing
from guanxi.expressions.types import CollectionType, MoneyType, ReferenceType, TextType, Type

Data = Mapping[str, Any]
_SCALES = {"decimal": 2, "percent": 2, "money": 4}


def read_output(item: Data, pointer: str, compiling: Compiling) -> Output | None:
    """One output; None where something is wrong with it."""
    measure = _measure(item, pointer, compiling)
    if measure is None:
        return None
    if measure.type == "select" and not measure.values:
        compiling.problem(f"{pointer}/type", 'a select needs "values"', "list them")
        return None
    return Output(
        name=item["name"],
        label=item.get("label") or humanised(item["name"]),
        measure=replace(measure, as_written=measure.type == "duration"),
    )


@dataclass(slots=True)
class Columns:
    """Reads the inputs of a table of the entity `of`; `options` are the fields whose options they hold."""

    of: str | None
    tables: Mapping[str, Decision]
    compiling: Compiling
    options: dict[str, str] = field(default_factory=dict)

    def inputs(self, items: Sequence[Data]) -> list[Input | None]:
        """The inputs; None for those with which something is wrong."""
        self.compiling.distinct(items, "/inputs")
        return [self._input(item, f"/inputs/{index}") for index, item in enumerate(items)]

    def _input(self, item: Data, pointer: str) -> Input | None:
        if not self._has_one_source(item, pointer):
            return None
        if "decision" in item:
            return self._of_table(item, pointer)
        measure = _measure(item, pointer, self.compiling)
        if measure is None:
            return None
        formula = None
        if self.of is not None:
            formula = self._formula(item, measure, pointer)
            if formula is None:
                return None
            measure = self._fitted(item, measure, formula)
        if measure.type == "select" and not measure.values:
            self.compiling.problem(f"{pointer}/type", 'a select needs "values"', "list them")
            return None
        column = Column(measure, self.compiling, self.options.get(item["name"], ""))
        for index, _ in enumerate(item.get("values", ())):
            column.literal(item["values"][index], f"{pointer}/values/{index}")
        low, high = self._bounds(item, column, pointer)
        required = item.get("required", False) or (formula is not None and self._always_there(formula))
        return Input(
            name=item["name"],
            label=item.get("label") or humanised(item["name"]),
            measure=measure,
            required=required,
            formula=formula,
            low=low,
            high=high,
        )

    def _has_one_source(self, item: Data, pointer: str) -> bool:
        compiling = self.compiling
        if "decision" in item:
            for key in ("type", "formula", "scale", "currency", "min", "max", "values", "required"):
                if key in item:
                    compiling.problem(
                        f"{pointer}/{key}", f'"{key}" says nothing with "decision"', "remove it"
                    )
                    return False
            return True
        if "output" in item:
            compiling.problem(f"{pointer}/output", '"output" says nothing without "decision"', "remove it")
            return False
        if "type" not in item:
            compiling.problem(pointer, '"type" is missing', "say what it is")
            return False
        if self.of is None and "formula" in item:
            compiling.problem(f"{pointer}/formula", "the table is of no entity", 'say which with "of"')
            return False
        if self.of is not None and "formula" not in item:
            compiling.problem(pointer, '"formula" is missing', "say where the input comes from")
            return False
        return True

    def _of_table(self, item: Data, pointer: str) -> Input | None:
        here = f"{pointer}/decision"
        if not self.compiling.known("decision", item["decision"], here):
            return None
        used = self.tables.get(item["decision"])
        if used is None:
            return None  # what is wrong with it is told there
        if used.of != self.of:
            self.compiling.problem(here, f'"{used.name}" is not of the same entity', "make them alike")
            return None
        if used.hit in LISTS:
            self.compiling.problem(here, f'"{used.name}" answers a list', "use a table with one answer")
            return None
        output = used.output(item.get("output", ""))
        if output is None:
            known = [one.name for one in used.outputs]
            self.compiling.problem(
                f"{pointer}/output", f'there is no output "{item["output"]}"', nearest(item["output"], known)
            )
            return None
        if output.measure.type == "who":
            self.compiling.problem(here, f'"{output.name}" names people', "use another output")
            return None
        measure = Measure("integer") if used.hit == "count" else replace(output.measure, as_written=False)
        return Input(
            name=item["name"],
            label=item.get("label") or humanised(item["name"]),
            measure=measure,
            required=True,
            table=used,
            output=output.name,
        )

    def _formula(self, item: Data, measure: Measure, pointer: str) -> Formula | None:
        of = self.of or ""
        wanted = measure.expression_type()
        if measure.type == "money":
            formula = self.compiling.formula(item["formula"], of, None, f"{pointer}/formula")
            if formula is None:
                return None
            given = formula.type
            if not isinstance(given, MoneyType) or measure.currency not in (None, given.unit):
                amount = f"money in {measure.currency}" if measure.currency else "money"
                self.compiling.problem(
                    f"{pointer}/formula", f"{amount} is wanted here, and this is {given}", "convert it first"
                )
                return None
            return formula
        if measure.type == "select":
            return self.compiling.formula(item["formula"], of, TextType(), f"{pointer}/formula")
        return self.compiling.formula(item["formula"], of, wanted, f"{pointer}/formula")

    def _fitted(self, item: Data, measure: Measure, formula: Formula) -> Measure:
        """The measure with the options of the field that is read, and its decimal places."""
        if measure.type == "select" and isinstance(formula.type, TextType):
            options = formula.type.options
            home = self._home(formula)
            if options is not None and home:
                self.options[item["name"]] = home
            return replace(measure, values=measure.values or options or ())
        if measure.type == "money" and isinstance(formula.type, MoneyType) and "scale" not in item:
            return replace(measure, scale=formula.type.scale)
        return measure

    def _home(self, formula: Formula) -> str:
        """The field (`order.region`) whose options the values of a plain path are; empty for any other."""
        found = self._field(formula)
        return f"{found[0]}.{found[1].name}" if found else ""

    def _field(self, formula: Formula) -> tuple[str, Field] | None:
        tree = formula.tree
        if not isinstance(tree, Member) or tree.frame.kind != "root":
            return None
        entity = self.of or ""
        shapes = self.compiling.workshop.shapes
        for key in tree.keys[:-1]:
            leads: Type | None = shapes[entity].members.get(key) if entity in shapes else None
            if not isinstance(leads, ReferenceType | CollectionType):
                return None
            entity = leads.entity
        compiled = self.compiling.entity(entity)
        one = compiled.fields.get(tree.keys[-1]) if compiled is not None else None
        return (entity, one) if one is not None else None

    def _always_there(self, formula: Formula) -> bool:
        if not may_be_missing(formula.tree):
            return True
        if not isinstance(formula.tree, Member) or len(formula.tree.keys) != 1:
            return False
        found = self._field(formula)
        return found is not None and found[1].required

    def _bounds(self, item: Data, column: Column, pointer: str) -> tuple[Any, Any]:
        found = []
        for key in ("min", "max"):
            value = None
            if key in item and not column.measure.ordered:
                hint = 'list the values with "values"'
                self.compiling.problem(f"{pointer}/{key}", f"a {column.measure.type} has no order", hint)
            elif key in item:
                value = column.literal(item[key], f"{pointer}/{key}")
            found.append(value)
        low, high = found
        if low is not None and high is not None and column.measure.mark(low) > column.measure.mark(high):
            self.compiling.problem(f"{pointer}/max", "no value lies between the bounds", "turn them round")
        return low, high


def _measure(item: Data, pointer: str, compiling: Compiling) -> Measure | None:
    kind = item["type"]
    checks = {
        "scale": kind in NUMBERS - {"integer"},
        "currency": kind == "money",
        "values": kind == "select",
    }
    for key, fits in checks.items():
        if key in item and not fits:
            compiling.problem(f"{pointer}/{key}", f'"{key}" says nothing of a {kind}', "remove it")
            return None
    return Measure(
        kind,
        scale=item.get("scale", _SCALES.get(kind, 0)),
        values=tuple(item.get("values", ())),
        currency=item.get("currency"),
    )
