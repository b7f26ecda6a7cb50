"""The SQL of conditions: names stay names, values are bound, indexes serve, nothing overflows in silence."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.expressions import ColumnRef, TableRef, compile_formula, condition_sql, value_sql
from guanxi.expressions.sqlfunctions import register
from guanxi.expressions.sqlvalues import from_sql, to_sql
from tests.unit.expressions.world import SHAPES, TABLES, VARIABLES, create_table


def written(text: str, dialect: str = "sqlite") -> tuple[str, list[object]]:
    bound: list[object] = []

    def bind(value: object) -> str:
        bound.append(value)
        return "?"

    formula = compile_formula(text, SHAPES, "order")
    return condition_sql(formula, TABLES, dialect, "o", bind, VARIABLES), bound  # type: ignore[arg-type]


@pytest.fixture
def connection():
    opened = sqlite3.connect(":memory:")
    register(opened)
    for entity in TABLES:
        opened.execute(create_table(entity, "sqlite"))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "sql", "values"),
    [
        ("score > 10", '("o"."score" > ?)', [1000]),
        ("not score > 10", '("o"."score" <= ? OR "o"."score" IS NULL)', [1000]),
        ("score > 10.005", '("o"."score" > ?)', [1000]),
        ("score >= 10.005", '("o"."score" > ?)', [1000]),
        ("score <= 10.005", '("o"."score" <= ?)', [1000]),
        ("score == 10.005", "FALSE", []),
        ("score != 10.005", '("o"."score" IS NOT NULL)', []),
        ("10 < score", '("o"."score" > ?)', [1000]),
        ("days_since(ordered_on) >= 30", '("o"."ordered_on" <= ?)', ["2026-02-03"]),
        ("days_since(created_at) > 1", '("o"."created_at" <= ?)', ["2026-03-03T12:30:00.000000Z"]),
        ("owner == me and not paid", '(("o"."owner" = ?) AND ("o"."paid" = 0 OR "o"."paid" IS NULL))', [2]),
        ("status in ('draft', 'waiting')", '("o"."status" IN (?, ?))', ["draft", "waiting"]),
        ("today > '2020-01-01'", "TRUE", []),
    ],
)
def test_sqlite(text, sql, values):
    assert written(text) == (sql, values)


@pytest.mark.parametrize(
    ("text", "sql", "values"),
    [
        ("score > 10", '("o"."score" > ?::numeric)', [Decimal(10)]),
        ("count_of_boxes > 2.5", '("o"."count_of_boxes" > ?::bigint)', [2]),
        ("days_since(ordered_on) >= 30", '("o"."ordered_on" <= ?::date)', [date(2026, 2, 3)]),
        ("note == 'x'", '("o"."note" = ?::text)', ["x"]),
    ],
)
def test_postgres(text, sql, values):
    assert written(text, "postgres") == (sql, values)


@pytest.mark.parametrize("text", ["days_since(ordered_on) >= 30", "not ordered_on > '2026-01-01'"])
def test_an_index_serves(connection, text):
    connection.execute('CREATE INDEX i ON e_order ("ordered_on")')
    sql, values = written(text)
    explained = f'EXPLAIN QUERY PLAN SELECT o."id" FROM e_order AS o WHERE {sql}'
    steps = [row[3] for row in connection.execute(explained, values)]
    assert any("INDEX i" in step for step in steps)
    assert not any(step.startswith("SCAN") for step in steps)


@pytest.mark.parametrize("text", ["' OR 1=1 --", '"; DROP TABLE e_order; --', "\u4e2d' || '", "%", "?"])
def test_texts_are_bound(connection, text):
    quoted = f'"{text}"' if "'" in text else f"'{text}'"
    sql, values = written(f"note == {quoted}")
    assert values == [text]
    assert text not in sql.replace("?", "") or text == "?"
    connection.execute(f"SELECT count(*) FROM e_order AS o WHERE {sql}", values)


def test_an_outer_name_is_never_a_name_of_sql():
    formula = compile_formula("score > 1", SHAPES, "order")
    with pytest.raises(ValueError, match="no name of a table or column"):
        condition_sql(formula, TABLES, "sqlite", 'o" --', str, VARIABLES)
    hostile = {"order": TableRef("e", {"score": ColumnRef('s" OR 1=1 --', "decimal", 2)}, {}, {})}
    with pytest.raises(ValueError, match="no name of a table or column"):
        condition_sql(formula, hostile, "sqlite", "o", str, VARIABLES)


def test_a_value_that_is_no_condition_is_refused():
    with pytest.raises(TypeError, match="no condition"):
        condition_sql(compile_formula("score", SHAPES, "order"), TABLES, "sqlite", "o", str, VARIABLES)


def test_products_beyond_64_bits_are_exact_on_sqlite(connection):
    connection.execute(
        'INSERT INTO e_order ("id", "score", "rate") VALUES (1, ?, ?)', [10**17 + 1, 10**17 + 3]
    )
    for text, count in (
        ("score * rate > 1000000000000000 * 100000000000", 1),
        ("score * rate * score == rate * score * score", 1),
        ("score * rate != rate * score", 0),
    ):
        sql, values = written(text)
        found = connection.execute(f"SELECT count(*) FROM e_order AS o WHERE {sql}", values).fetchone()
        assert found == (count,), text


def test_a_value_too_large_for_its_column_fails_loudly(connection):
    connection.execute('INSERT INTO e_order ("id", "score") VALUES (1, ?)', [10**17])
    formula = compile_formula("score * score", SHAPES, "order")
    value = value_sql(formula, TABLES, "sqlite", "o", lambda one: f"{one}", VARIABLES)
    with pytest.raises(sqlite3.OperationalError, match="exception"):
        connection.execute(f"SELECT {value.text} FROM e_order AS o").fetchall()


@given(
    st.one_of(
        st.tuples(st.just("decimal"), st.decimals(-(10**12), 10**12, places=3)),
        st.tuples(st.just("integer"), st.integers(-(10**17), 10**17)),
        st.tuples(st.just("boolean"), st.booleans()),
        st.tuples(st.just("date"), st.dates()),
        st.tuples(st.just("datetime"), st.datetimes(timezones=st.just(UTC))),
        st.tuples(st.just("duration"), st.timedeltas(timedelta(-10000), timedelta(10000))),
        st.tuples(st.just("text"), st.text()),
    ),
    st.sampled_from(["sqlite", "postgres"]),
)
def test_values_come_back_as_they_went(case, dialect):
    kind, value = case
    assert from_sql(to_sql(value, kind, 3, dialect), kind, 3, dialect) == value


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2))
def test_moments_of_sqlite_are_in_the_order_of_their_text(moments):
    first, second = (to_sql(one, "datetime", 0, "sqlite") for one in moments)
    assert (first < second) == (moments[0] < moments[1])
    assert len(first) == len(second) == 27


@pytest.mark.parametrize(
    ("value", "scale"), [(Decimal("0.001"), 2), (Decimal(10**17), 2), (Decimal(-(10**18)), 0)]
)
@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_a_number_that_does_not_fit_is_refused_alike(value, scale, dialect):
    with pytest.raises(ValueError, match="more than"):
        to_sql(value, "decimal", scale, dialect)


def test_a_moment_before_the_year_1000_has_its_zeros():
    assert to_sql(datetime(1, 1, 1, tzinfo=UTC), "datetime", 0, "sqlite") == "0001-01-01T00:00:00.000000Z"
