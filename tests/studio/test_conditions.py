"""Conditions as rows: what rows can say comes back as it was; what they cannot stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.expressions.parse import parse
from guanxi.studio.conditions import OPERATORS, Row, Rows, rows_of, text_of

TYPES = {
    "kind": "select",
    "total": "money",
    "active": "boolean",
    "owner": "reference",
    "day": "date",
    "name": "text",
}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("kind == 'company'", Rows("and", (Row("kind", "==", "company"),))),
        ("total > 10 and not active", Rows("and", (Row("total", ">", "10"), Row("active", "no")))),
        ("owner == me or missing(name)", Rows("or", (Row("owner", "==", "me"), Row("name", "missing")))),
        ("kind not in ('a', 'b')", Rows("and", (Row("kind", "not in", "a, b"),))),
        ("not missing(day) and day <= today", Rows("and", (Row("day", "there"), Row("day", "<=", "today")))),
        ("contains(name, 'Ltd')", Rows("and", (Row("name", "contains", "Ltd"),))),
        ("", Rows()),
    ],
)
def test_rows_say_what_the_expression_says(text, rows):
    assert rows_of(text, TYPES) == rows
    assert text_of(rows, TYPES) == text


@pytest.mark.parametrize(
    "text",
    [
        "max(lines.discount) > 10",
        "active and (total > 5 or kind == 'company')",
        "total > limit",
        "total * 2 > 5",
        "total == '5'",
        "name == 'a' 'b' + name",
        "kind in 'abc'",
        "not (total > 5)",
        "total >",
    ],
)
def test_what_rows_cannot_say_stays_text(text):
    assert rows_of(text, TYPES) is None


known = st.sampled_from(["me", "true", "a, b"])
values = st.one_of(st.text(max_size=12), st.integers(-999, 999).map(str), known)
rows = st.builds(Row, st.sampled_from(sorted(TYPES)), st.sampled_from(OPERATORS), values)


@given(st.sampled_from(["and", "or"]), st.lists(rows, min_size=1, max_size=4))
def test_whatever_is_typed_is_an_expression_or_is_refused_as_one(join, some):
    """Rows never lose or invent a condition: read again, they mean the same text."""
    text = text_of(Rows(join, tuple(some)), TYPES)
    again = rows_of(text, TYPES)
    if again is not None:
        assert [row.field for row in again.rows] == [row.field for row in some]
        parse(text_of(again, TYPES))
