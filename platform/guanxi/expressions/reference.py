"""The reference page of the language, written from the functions themselves.

`python -m guanxi.expressions.reference > docs/reference/expressions.md` brings the page up to date.
"""

import sys
from collections.abc import Iterator, Mapping

from guanxi.expressions.functions import FUNCTIONS, ROW_FUNCTIONS, Function, RowFunction
from guanxi.expressions.parse import MAX_DEPTH, MAX_LENGTH, MAX_NODES
from guanxi.expressions.types import STANDARD_VARIABLES

_INTRODUCTION = f"""# Expressions

Conditions, formulas, filters and rules are written in one small language with Python's syntax. A text is
checked against the entity before it is used: every name, every type, every constant. What does not hold is
refused with its place and what to write instead.

An expression has at most {MAX_LENGTH} characters, {MAX_NODES} parts and {MAX_DEPTH} levels.

## What can be written

| form | example | meaning |
|---|---|---|
| member | `total`, `account.currency`, `lines` | a field; through references with dots |
| owner | `parent.account` | in a line: the record that the line belongs to |
| record | `this` | the record itself, as a reference |
| variable | {", ".join(f"`{name}`" for name in STANDARD_VARIABLES)} | who acts, the day, the moment |
| constant | `12`, `0.5`, `'draft'`, `True` | numbers are exact; a date beside a date is `'2026-01-31'` |
| arithmetic | `quantity * price - 5` | exact; `/` only by 10, 100, ...; else `div` |
| text | `code + ' ' + name` | one after the other |
| comparison | `total >= 1000`, `status != 'draft'` | one at a time |
| list | `status in ('draft', 'waiting')`, `not in` | constants only |
| logic | `and`, `or`, `not` | of conditions; a reference as a condition is true when it is set |
| choice | `a if condition else b` | |
| rows | `sum(l.amount for l in lines if l.amount > 0)` | only within the functions over records |

## What is missing

A comparison (also `!=` and `not in`) with a missing value is false, and `not` turns it round; arithmetic
with a missing value is missing. Ask `missing(x)`, or put a value in its place with `coalesce(x, 0)`. Two
missing values are not equal. Logic knows yes and no only: a missing yes/no field is no.

## Money

An amount knows its currency. Amounts of different currencies neither add nor compare; a constant number
takes the currency of the amount beside it. An amount times a number is an amount; `div` of two amounts is a
number. `round(amount)` rounds to the minor unit of the currency.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield "## Functions over records\n"
    yield from _described(ROW_FUNCTIONS)
    yield "\n## Functions on values\n"
    yield "Where nothing else is said, a missing argument makes the result missing.\n"
    yield from _described(FUNCTIONS)


def _described(functions: Mapping[str, Function] | Mapping[str, RowFunction]) -> Iterator[str]:
    yield "| write | meaning | for example |"
    yield "|---|---|---|"
    for function in functions.values():
        examples = "<br>".join(f"`{text}` is {result}" for text, result in function.examples)
        yield f"| `{function.usage}` | {function.about} | {examples} |"


if __name__ == "__main__":
    sys.stdout.write(page())
