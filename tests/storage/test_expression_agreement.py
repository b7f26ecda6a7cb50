"""The record and the set back end choose the same rows and give the same values, on both databases.

Hypothesis draws rows (with missing and negative values, Chinese text, relation paths, lines) and typed
expressions; one statement judges all expressions of a draw over all its rows, so that thousands are cheap.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from guanxi.expressions import ExpressionError, Formula, compile_formula, condition_sql, value_sql
from guanxi.expressions.rewrite import OPPOSITE
from guanxi.expressions.sqlfunctions import register
from guanxi.expressions.sqlvalues import Dialect, Kind, from_sql
from guanxi.expressions.types import BooleanType, ReferenceType
from tests.postgres import find_or_start
from tests.unit.expressions.generated import expressions
from tests.unit.expressions.rows import worlds
from tests.unit.expressions.world import (
    SHAPES,
    TABLES,
    VARIABLES,
    Record,
    Rows,
    create_table,
    stored,
    table_name,
)

EXAMPLES = int(os.environ.get("GUANXI_AGREEMENT_EXAMPLES", "2000"))
DRAWN = 25
LIMITS = {"too_long", "too_large", "too_deep", "scale"}


@dataclass
class Database:
    """One database: fills its tables, and answers one statement."""

    dialect: Dialect
    fill: Callable[[Rows], None]
    fetch: Callable[[str, list[Any]], list[tuple[Any, ...]]]
    judged: set[str] = field(default_factory=set)
    chosen: int = 0
    passed_over: int = 0


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Database]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    register(connection)
    for entity in TABLES:
        connection.execute(create_table(entity, "sqlite"))

    def fill(rows: Rows) -> None:
        for entity in TABLES:
            connection.execute(f'DELETE FROM "{table_name(entity)}"')
            kept = list(stored(rows, entity, "sqlite"))
            places = ", ".join("?" for _ in kept[0])
            connection.executemany(f'INSERT INTO "{table_name(entity)}" VALUES ({places})', kept)

    yield Database("sqlite", fill, lambda text, given: connection.execute(text, given).fetchall())
    connection.close()


@pytest.fixture(scope="module")
def postgres() -> Iterator[Database]:
    with find_or_start() as url, asyncio.Runner() as runner:
        connection = runner.run(
            asyncpg.connect(url, server_settings={"timezone": "Asia/Shanghai", "jit": "off"})
        )
        for entity in TABLES:
            runner.run(connection.execute(create_table(entity, "postgres")))

        def fill(rows: Rows) -> None:
            for entity in TABLES:
                runner.run(connection.execute(f'DELETE FROM "{table_name(entity)}"'))
                kept = list(stored(rows, entity, "postgres"))
                places = ", ".join(f"${index}" for index in range(1, len(kept[0]) + 1))
                runner.run(
                    connection.executemany(f'INSERT INTO "{table_name(entity)}" VALUES ({places})', kept)
                )

        yield Database("postgres", fill, lambda text, given: runner.run(connection.fetch(text, *given)))
        runner.run(connection.close())


@pytest.fixture(params=["sqlite", "postgres"])
def database(request) -> Database:
    found: Database = request.getfixturevalue(request.param)
    return found


def compiled(texts: list[str]) -> list[Formula]:
    """The formulas of those texts that are within the limits of the language."""
    found = []
    for text in texts:
        try:
            found.append(compile_formula(text, SHAPES, "order"))
        except ExpressionError as refused:
            if not {one.code for one in refused.problems} <= LIMITS:
                raise AssertionError(f"{text} is not refused for its size: {refused}") from refused
    return found


def answers(database: Database, formulas: list[Formula]) -> dict[int, list[Any]]:
    """What the set back end says of each order: yes or no for a condition, else the value."""
    bound: list[Any] = []

    def bind(value: object) -> str:
        bound.append(value)
        return "?" if database.dialect == "sqlite" else f"${len(bound)}"

    columns: list[str] = []
    kinds: list[tuple[Kind, int]] = []
    for formula in formulas:
        if isinstance(formula.type, BooleanType | ReferenceType):
            chosen = condition_sql(formula, TABLES, database.dialect, "o", bind, VARIABLES)
            columns.append(f"CASE WHEN {chosen} THEN 1 ELSE 0 END")
            kinds.append(("boolean", 0))
        else:
            value = value_sql(formula, TABLES, database.dialect, "o", bind, VARIABLES)
            columns.append(value.text)
            kinds.append((value.kind, value.scale))
    text = f'SELECT o."id", {", ".join(columns)} FROM "{table_name("order")}" AS o ORDER BY o."id"'
    rows = database.fetch(text, bound)
    return {
        row[0]: [
            bool(value) if kind == "boolean" else from_sql(value, kind, scale, database.dialect)
            for value, (kind, scale) in zip(tuple(row)[1:], kinds, strict=True)
        ]
        for row in rows
    }


def expected(rows: Rows, formula: Formula, key: int) -> Any:
    """What the record back end says."""
    record = Record(rows, "order", key, formula.reads)
    if isinstance(formula.type, BooleanType | ReferenceType):
        return formula.holds(record, VARIABLES)
    return formula.evaluate(record, VARIABLES)


def judge_generated(database: Database, examples: int) -> None:
    """Demands that both back ends say the same of that many different expressions."""

    @settings(
        max_examples=3 * examples // DRAWN,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds(), expressions(DRAWN))
    def judge(rows: Rows, texts: list[str]) -> None:
        if len(database.judged) >= examples:
            return
        formulas = compiled(texts)
        database.fill(rows)
        said = answers(database, formulas)
        for key, row in said.items():
            for formula, value in zip(formulas, row, strict=True):
                assert value == expected(rows, formula, key), f"{formula.text} of order {key}"
                database.chosen += value is True
                database.passed_over += value is False
        database.judged.update(formula.text for formula in formulas)

    judge()


def test_generated_expressions_agree(database):
    judge_generated(database, EXAMPLES)
    assert len(database.judged) >= EXAMPLES
    # Neither answer is a rare one, or agreeing would mean little.
    assert 0.2 < database.chosen / (database.chosen + database.passed_over) < 0.8


def _naive_leaf(text: str, positive: bool) -> str:
    return f"({text})" if positive else f"(NOT ({text}))"


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("guanxi.expressions.setback.leaf", _naive_leaf),
        ("guanxi.expressions.setback.OPPOSITE", dict.fromkeys(OPPOSITE, "!=")),
        ("guanxi.expressions.rewrite.DAY", timedelta(hours=23)),
    ],
    ids=["NOT is not pushed down", "a comparison is turned wrongly", "a day is too short"],
)
def test_a_seeded_fault_is_noticed(database, monkeypatch, place, fault):
    monkeypatch.setattr(place, fault)
    fresh = Database(database.dialect, database.fill, database.fetch)
    with pytest.raises(AssertionError, match="of order"):
        judge_generated(fresh, 500)
