"""Why a condition holds or does not, in short: the parts that decided, with their values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from guanxi.errors import N_, Text
from guanxi.expressions.explain import Each, Explanation, explain, paths_read
from guanxi.expressions.explain_tree import written
from guanxi.expressions.formula import Formula, Record
from guanxi.expressions.nodes import Aggregate, Both, Choose, Either, Literal, Node, Not
from guanxi.expressions.texts import text
from guanxi.expressions.types import BooleanType, ReferenceType

MOST_REASONS = 6
"""Values that are named; who wants all of them reads the steps."""

REASON = N_("{text} = {value}")
REASONS = N_("{first}; {rest}")
VALUES = N_("{first}, {rest}")
AND_MORE = N_("{values} and {more} more")
YES, NO, MISSING, NO_ROWS = N_("yes"), N_("no"), N_("missing"), N_("none")
DAYS = N_("{days} days")
DAY, ZERO = timedelta(days=1), timedelta()

Part = TypeVar("Part", Text, Text | str)

Shows = Callable[[str], bool]
"""Whether the value at a path of the record may be shown to the reader."""


def sentence(explanation: Explanation, shows: Shows) -> Text | None:
    """The values that decided, as `text = value`; None where there is none that may be shown."""
    pairs: dict[str, Text] = {}
    for node in _deciding(explanation.formula.tree, explanation):
        if id(node) in explanation.found and all(map(shows, paths_read(node))):
            written_as = explanation.formula.text[node.offset : node.end]
            pairs.setdefault(written_as, REASON(text=written_as, value=spoken(explanation.found[id(node)])))
    return _joined(list(pairs.values())[:MOST_REASONS], REASONS)


def because(formula: Formula, record: Record, variables: Mapping[str, object], shows: Shows) -> Text | None:
    """The values that make a condition hold or not for a record, as `sentence` says them."""
    return sentence(explain(formula, record, variables), shows)


def spoken(value: object) -> Text | str:
    """A value in a sentence, in the reader's language where it has words."""
    match value:
        case None:
            return MISSING
        case bool():
            return YES if value else NO
        case Each(values=values, more=more):
            listed = _joined([spoken(one) for one in values], VALUES) or NO_ROWS
            return AND_MORE(values=listed, more=more) if more else listed
        case timedelta():
            return DAYS(days=text(_days(value))) if value % DAY == ZERO else _clock(value)
        case _:
            return text(value)


def _days(span: timedelta) -> object:
    return span // DAY


def _clock(span: timedelta) -> str:
    """Hours and minutes: `1:30`; seconds only where there are any."""
    hours, rest = divmod(abs(span), timedelta(hours=1))
    minutes, seconds = divmod(rest, timedelta(minutes=1))
    shown = f":{seconds.seconds:02}" if seconds else ""
    return f"{'-' if span < ZERO else ''}{hours}:{minutes:02}{shown}"


def _joined(parts: Sequence[Part], template: Text) -> Part | Text | None:
    """Parts as one text; one alone stays as it is."""
    if not parts:
        return None
    first, *rest = parts
    following = _joined(rest, template)
    return first if following is None else template(first=first, rest=following)


def _deciding(node: Node, explanation: Explanation) -> Iterator[Node]:
    """The parts whose values make the condition what it is, down to those that are compared."""
    match node:
        case Not(operand=operand):
            yield from _deciding(operand, explanation)
        case Both(operands=operands) | Either(operands=operands):
            against = isinstance(node, Either)
            decisive = [one for one in operands if _holds(one, explanation) is against]
            for one in decisive or operands:
                yield from _deciding(one, explanation)
        case Choose(test=test, then=then, otherwise=otherwise):
            yield from _deciding(test, explanation)
            yield from _deciding(then if _holds(test, explanation) else otherwise, explanation)
        case Aggregate(function="any" | "all", element=element) if element is not None:
            yield from _compared(element) if id(element) in explanation.found else [node]
        case _:
            yield from _compared(node)


def _compared(node: Node) -> Iterator[Node]:
    """What stands beside a comparison, or what a function asks about; else the value itself."""
    if not isinstance(node.type, BooleanType) or isinstance(node, Aggregate):
        yield node
        return
    parts = [one for one in written(node) if not isinstance(one, Literal)]
    yield from parts or [node]


def _holds(node: Node, explanation: Explanation) -> bool:
    value = explanation.found.get(id(node))
    return value is not None if isinstance(node.type, ReferenceType) else value is True
