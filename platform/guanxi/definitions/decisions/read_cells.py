"""Reading the cells and literals of a decision table, each in front of the values that its column has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.decisions.cells import Among, AnyOf, Cell, Except, Missing, Range
from guanxi.definitions.decisions.measures import Measure
from guanxi.definitions.fields import FieldProblem
from guanxi.definitions.suggestions import nearest

_BOUNDS = ("over", "from", "below", "upTo")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that cells are read for; `options_of` is the field whose options its texts are."""

    measure: Measure
    compiling: Compiling
    options_of: str = ""

    def cell(self, raw: Any, pointer: str) -> Cell | None:
        """The cell; None where something is wrong with it, which is then noted."""
        if isinstance(raw, list):
            read = [self.cell(one, f"{pointer}/{index}") for index, one in enumerate(raw)]
            cells = [one for one in read if one is not None]
            return any_of(cells) if len(cells) == len(raw) else None
        if isinstance(raw, Mapping):
            return self._test(raw, pointer)
        value = self.literal(raw, pointer)
        return None if value is None else Among(frozenset({value}))

    def literal(self, raw: Any, pointer: str) -> Any:
        """The value of a literal; None where it does not fit, which is then noted."""
        if self.options_of and isinstance(raw, str):
            self.compiling.mention(Part("option", self.options_of), raw, pointer)
        try:
            return self.measure.read(raw)
        except FieldProblem as problem:
            hint = nearest(str(raw), self.measure.values) if self.measure.values else ""
            self.compiling.problem(pointer, f"the value does not fit: {problem.message}", hint)
            return None

    def _test(self, raw: Mapping[str, Any], pointer: str) -> Cell | None:
        keys = [key for key in raw if not key.startswith("x-")]
        if "missing" in keys or "not" in keys:
            if len(keys) != 1:
                self.compiling.problem(
                    pointer, f'"{keys[0]}" and "{keys[1]}" say two things', "write one of them, or a list"
                )
                return None
            if "missing" in keys:
                return Missing()
            inner = self.cell(raw["not"], f"{pointer}/not")
            return None if inner is None else Except(inner)
        return self._range(raw, pointer)

    def _range(self, raw: Mapping[str, Any], pointer: str) -> Cell | None:
        if not self.measure.ordered:
            self.compiling.problem(
                pointer, f"a {self.measure.type} has no order", 'write a value, a list, "not" or "missing"'
            )
            return None
        for one, other in (("over", "from"), ("below", "upTo")):
            if one in raw and other in raw:
                self.compiling.problem(pointer, f'"{one}" and "{other}" say two things', "remove one of them")
                return None
        read = {
            key: self.literal(raw[key], f"{pointer}/{key}") for key in _BOUNDS if raw.get(key) is not None
        }
        if not read or None in read.values():
            return None
        low, high = read.get("over", read.get("from")), read.get("below", read.get("upTo"))
        found = Range(low, high, open_low="over" in read, open_high="below" in read)
        if low is not None and high is not None and empty(found, self.measure):
            self.compiling.problem(pointer, "no value lies in this range", "turn its bounds round")
            return None
        return found


def any_of(cells: list[Cell]) -> Cell:
    """One cell of several: values that are named stand together."""
    named = [one.values for one in cells if isinstance(one, Among)]
    others = [one for one in cells if not isinstance(one, Among)]
    joined: list[Cell] = [Among(frozenset().union(*named)), *others] if named else others
    return joined[0] if len(joined) == 1 else AnyOf(tuple(joined))


def empty(given: Range, measure: Measure) -> bool:
    """Whether no value lies in a range with both bounds."""
    low = measure.mark(given.low) + given.open_low
    return low > measure.mark(given.high) - given.open_high
