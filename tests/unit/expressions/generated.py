"""Typed expressions and rows, drawn by Hypothesis."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.unit.expressions.vocabulary import LINE_PATHS, PATHS
from tests.unit.expressions.world import CHANNELS, STATES

Draw = Callable[[st.SearchStrategy[Any]], Any]


class Author:
    """Writes one expression of a wanted type, a few levels deep."""

    def __init__(self, chance: Any) -> None:
        self._chance = chance
        self._rows: list[str] = []

    def choose(self, options: Sequence[Any]) -> Any:
        return self._chance.choice(options)

    def path(self, kind: str) -> str:
        if self._rows and kind in LINE_PATHS and self.choose([True, True, False]):
            return f"{self._rows[-1]}.{self.choose(LINE_PATHS[kind])}"
        return str(self.choose(PATHS[kind]))

    def readable(self) -> str:
        """A value that fits a column of SQLite; what is compared within an expression need not."""
        kind = self.choose(KINDS)
        written = self.value(kind, 3)
        return f"clamp(round({written}, 2), -99999999, 9999999999)" if kind in NUMERIC else written

    def condition(self, depth: int) -> str:
        if depth <= 0 or self.choose([True, False, False]):
            return self.leaf(depth)
        one = self.choose(["and", "or", "not", "if", "rows", "flags", "leaf"])
        below = depth - 1
        match one:
            case "and" | "or":
                return f"({self.condition(below)} {one} {self.condition(below)})"
            case "not":
                return f"(not {self.condition(below)})"
            case "if":
                then, test, otherwise = (self.condition(below) for _ in range(3))
                return f"((not {then}) if {test} else (not {otherwise}))"
            case "flags":
                return f"((not {self.condition(below)}) {self.choose(['==', '!='])} {self.path('flag')})"
            case "rows" if not self._rows:
                return self.over_rows(self.choose(["any", "all"]), lambda: self.condition(below), below)
        return self.leaf(depth)

    def leaf(self, depth: int) -> str:
        kind = self.choose(["text", "number", "integer", "money", "date", "moment", "span"])
        operator = self.choose(["==", "!=", "<", "<=", ">", ">="])
        match self.choose(
            ["compare"] * 4
            + ["missing", "flag", "user", "in", "chosen", "friends", "function", "days", "between", "fits"]
        ):
            case "missing":
                kept = self.choose([self.value(kind, depth - 1), self.path("options")])
                return f"missing({kept})"
            case "flag":
                return self.path("flag")
            case "user":
                users = [self.path("user"), self.choose(["me", self.path("user"), "'3'"])]
                return self.choose([users[0], f"({users[0]} {self.choose(['==', '!='])} {users[1]})"])
            case "in":
                return self.within()
            case "friends" if not self._rows:
                held = self.choose(["f == me", "f.manager == owner", "f.grade > 1", "missing(f.name)"])
                return f"{self.choose(['any', 'all'])}({held} for f in friends)"
            case "chosen":
                return f"({self.choose(CHANNELS)!r} {self.choose(['in', 'not in'])} {self.path('options')})"
            case "function":
                function = self.choose(["contains", "starts_with"])
                return f"{function}({self.value('text', depth - 1)}, {self.value('text', depth - 1)})"
            case "days":
                since = self.choose([self.path("date"), self.path("moment")])
                days = self.choose(["0", "1", "14", "-3", "2.5", self.path("integer")])
                return f"(days_since({since}) {operator} {days})"
            case "between":
                return (
                    f"between({', '.join(self.value(kind, depth - 1) for _ in range(3))})"
                    if kind != "text"
                    else "paid"
                )
            case "fits":
                return f"fits({self.path(kind)}, {self.value(kind, depth - 1)})"
        return f"({self.value(kind, depth - 1)} {operator} {self.value(kind, depth - 1)})"

    def within(self) -> str:
        word = self.choose(["in", "not in"])
        match self.choose(["status", "text", "number", "user", "date"]):
            case "status":
                return (
                    f"(status {word} ({', '.join(map(repr, self.choose([STATES, STATES[:2], STATES[1:]])))}))"
                )
            case "text":
                return f"({self.path('text')} {word} ('draft', 'approved', 'waiting'))"
            case "number":
                return f"({self.path('number')} {word} (0, 1, -2.5, 12.345, 25))"
            case "user":
                return f"({self.path('user')} {word} ('1', '2'))"
        return f"({self.path('date')} {word} ('2026-03-05', '2024-02-29'))"

    def over_rows(self, function: str, element: Callable[[], str], depth: int) -> str:
        name = self.choose(["l", "row"])
        self._rows.append(name)
        written = element()
        filtered = f" if {self.condition(depth - 1)}" if self.choose([True, False]) else ""
        self._rows.pop()
        return f"{function}({written} for {name} in lines{filtered})"

    def value(self, kind: str, depth: int) -> str:
        if depth <= 0 or self.choose([True, False, False]):
            return self.choose([self.path(kind), self.path(kind), self.literal(kind)])
        if self.choose([False, False, False, False, True]):
            then, otherwise = (self.value(kind, depth - 1) for _ in range(2))
            return f"({then} if {self.condition(depth - 1)} else {otherwise})"
        if self.choose([False, False, False, False, True]):
            return f"coalesce({self.path(kind)}, {self.value(kind, depth - 1)})"
        return str(getattr(self, kind)(depth - 1))

    def literal(self, kind: str) -> str:
        match kind:
            case "text":
                return (
                    repr(self.choose(STATES))
                    if self.choose([True, False])
                    else f"text({self.choose(['7', '0.50'])})"
                )
            case "number":
                return str(self.choose(["0", "1", "-1", "2.5", "0.005", "100", "12.345", "999999999999.99"]))
            case "integer":
                return str(self.choose(["0", "1", "-7", "3"]))
            case "money":
                return f"(total * {self.choose(['0', '1', '-1'])})"
            case "date":
                return str(self.choose(["today", "(today - days(30))"]))
            case "moment":
                return str(self.choose(["now", "(now - days(2))"]))
        return f"days({self.choose(['0', '1', '-2'])})"

    def text(self, depth: int) -> str:
        match self.choose(["join", "lower", "number", "date"]):
            case "join":
                return f"({self.value('text', depth)} + {self.value('text', depth)})"
            case "lower":
                return f"lower({self.value('text', depth)})"
            case "number":
                return f"text({self.value(self.choose(['number', 'integer', 'money']), depth)})"
        return f"text({self.value(self.choose(['date', 'moment', 'text']), depth)})"

    def number(self, depth: int) -> str:
        number = lambda: self.value("number", depth)  # noqa: E731
        match self.choose(
            [
                "+",
                "-",
                "*",
                "round",
                "div",
                "neg",
                "/",
                "min",
                "clamp",
                "sum",
                "sum",
                "sum",
                "ratio",
                "integer",
            ]
        ):
            case "+" | "-" as operator:
                return f"({number()} {operator} {number()})"
            case "*":
                return f"round({number()} * {number()}, {self.choose([0, 2, 4])})"
            case "round":
                return f"round({number()}, {self.choose([0, 1, 3])})"
            case "div":
                return f"div({number()}, {number()}, {self.choose([0, 2, 5])})"
            case "neg":
                return f"(-{number()})"
            case "/":
                return f"(round({number()}, 2) / {self.choose([10, 100, 1000])})"
            case "min":
                return f"{self.choose(['min', 'max'])}({number()}, {number()}, {number()})"
            case "clamp":
                return f"clamp({number()}, {number()}, {number()})"
            case "sum" if not self._rows:
                return self.over_rows(self.choose(["sum", "min", "max", "avg"]), number, depth)
            case "ratio":
                return f"div({self.path('money')}, {self.path('money')}, 3)"
        return self.value("integer", depth)

    def integer(self, depth: int) -> str:
        match self.choose(["+", "*", "floor", "count", "chosen", "friends", "rows", "days"]):
            case "+" | "*" as operator:
                return f"({self.value('integer', depth)} {operator} {self.value('integer', depth)})"
            case "floor":
                return f"floor({self.value('number', depth)})"
            case "count" if not self._rows:
                return f"count(lines{self.choose(['', '.discount', '.memo', '.buyer.grade'])})"
            case "chosen":
                return f"count({self.path('options')})"
            case "friends" if not self._rows:
                return str(self.choose(["count(friends)", "count(friends.manager)", "max(friends.grade)"]))
            case "rows" if not self._rows:
                return f"count(account.orders{self.choose(['', '.total', '.lines', '.lines.price'])})"
        return f"days_since({self.choose([self.path('date'), self.path('moment')])})"

    def money(self, depth: int) -> str:
        money = lambda: self.value("money", depth)  # noqa: E731
        match self.choose(
            ["+", "-", "*", "round", "places", "div", "sum", "sum", "sum", "min", "percent", "orders"]
        ):
            case "+" | "-" as operator:
                return f"({money()} {operator} {money()})"
            case "*":
                return f"round({money()} * {self.path('number')}, 2)"
            case "round":
                return f"round({money()})"
            case "places":
                return f"round({money()}, 2)"
            case "div":
                return f"div({money()}, {self.value('number', depth)}, 4)"
            case "sum" if not self._rows:
                return self.over_rows(self.choose(["sum", "min", "max", "avg"]), money, depth)
            case "min":
                return f"{self.choose(['min', 'max'])}({money()}, {money()}, 0)"
            case "orders" if not self._rows:
                path = self.choose(["total", "limit", "lines.price"])
                return f"{self.choose(['sum', 'max'])}(account.orders.{path})"
        return f"round({self.path('money')} * (100 - {self.choose(['margin', 'score', '5'])}) / 100)"

    def date(self, depth: int) -> str:
        day = self.value("date", depth)
        match self.choose(["+", "-", "months", "month", "year", "of", "anniversary", "rows"]):
            case "+" | "-" as operator:
                return f"({day} {operator} {self.value('span', depth)})"
            case "months":
                return f"add_months({day}, {self.value('integer', depth)})"
            case "month":
                return f"month_of({day})"
            case "year":
                return f"end_of_year({day})"
            case "of":
                return f"date_of({self.value('moment', depth)})"
            case "rows" if not self._rows:
                return f"{self.choose(['min', 'max'])}(lines.day)"
        return f"next_anniversary({day})"

    def moment(self, depth: int) -> str:
        return f"({self.value('moment', depth)} {self.choose(['+', '-'])} {self.value('span', depth)})"

    def span(self, depth: int) -> str:
        match self.choose(["days", "dates", "moments", "+"]):
            case "days":
                return f"{self.choose(['days', 'hours', 'minutes'])}({self.value('integer', depth)})"
            case "dates":
                return f"({self.value('date', depth)} - {self.value('date', depth)})"
            case "moments":
                return f"({self.value('moment', depth)} - {self.value('moment', depth)})"
        return f"({self.value('span', depth)} {self.choose(['+', '-'])} {self.value('span', depth)})"


# One draw decides everything: the small steps by which Hypothesis explores would mostly repeat themselves.
CHANCE = st.randoms(use_true_random=True)
NUMERIC = frozenset({"number", "integer", "money"})
KINDS = ["text", "number", "integer", "money", "date", "moment", "span"]


@st.composite
def expressions(draw: Draw, size: int) -> list[str]:
    """Different expressions over an order, two conditions to one value."""
    author = Author(draw(CHANCE))
    found: dict[str, None] = {}
    while len(found) < size:
        found[author.condition(4) if author.choose([True, True, False]) else author.readable()] = None
    return list(found)
