"""Rows of the small world, drawn by Hypothesis: with missing values, negative ones and Chinese text."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from guanxi.expressions import BOOLEAN, DATE, DATETIME, DURATION, MoneyType, ReferenceType, Type
from guanxi.expressions.types import CollectionType, IntegerType, NumberType, OptionsType, TextType
from tests.unit.expressions.generated import CHANCE
from tests.unit.expressions.vocabulary import TEXTS
from tests.unit.expressions.world import MEMBERS, OWNERS, Rows

Draw = Callable[[st.SearchStrategy[Any]], Any]

NUMBERS = [
    Decimal(one) for one in ("0", "1", "-1", "2.5", "-2.5", "10", "12.34", "25", "100", "-0.01", "99999.99")
]
DATES = [
    date(2026, 3, 5),
    date(2026, 2, 3),
    date(2024, 2, 29),
    date(1999, 12, 31),
    date(2026, 3, 31),
    date(9999, 12, 30),
]
MOMENTS = [
    datetime(2026, 3, 5, 12, 30, tzinfo=UTC),
    datetime(2026, 2, 19, 12, 30, tzinfo=UTC),
    datetime(2026, 3, 4, 12, 30, 0, 1, tzinfo=UTC),
    datetime(2026, 3, 3, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
]
SPANS = [
    timedelta(0),
    timedelta(days=2),
    timedelta(hours=-1),
    timedelta(microseconds=1),
    timedelta(days=-40, hours=3),
]
KEYS = {"user": 3, "account": 3, "order": 8, "order.lines": 14, "order.friends": 12}


def values_of(type_: Type) -> Any:
    """Values of a type that are worth trying."""
    match type_:
        case TextType():
            return [*(type_.options or TEXTS)]
        case OptionsType(options=options):
            return [options, options[:1], options[1:], options[::2]]
        case IntegerType():
            return [0, 1, -1, 3, 14, 30, 10**12, -(10**12)]
        case NumberType() | MoneyType():
            rounded = [one.quantize(Decimal(1).scaleb(-type_.scale)) for one in NUMBERS]
            return [*rounded, Decimal(1).scaleb(-type_.scale), Decimal("98765432109.99")]
        case ReferenceType(entity=entity):
            return [*range(1, KEYS[entity] + 1)]
    return {BOOLEAN: [True, False], DATE: DATES, DATETIME: MOMENTS, DURATION: SPANS}[type_]


@st.composite
def worlds(draw: Draw) -> Rows:
    """Rows of every entity; a value in five is missing."""
    chance = draw(CHANCE)
    rows: Rows = {}
    for entity, size in KEYS.items():
        rows[entity] = {key: _row(chance, entity) for key in range(1, size + 1)}
        for row in rows[entity].values() if entity in OWNERS else ():
            row["parent_id"] = chance.randint(1, KEYS["order"])
    return rows


def _row(chance: Any, entity: str) -> dict[str, Any]:
    row = {}
    for name, type_ in MEMBERS[entity].items():
        if isinstance(type_, CollectionType):
            continue
        row[name] = _maybe(chance, ["CNY", "JPY", "KWD"] if name == "currency" else values_of(type_))
        if type_ == MoneyType(None):
            row[f"{name}.currency"] = _maybe(chance, ["CNY", "JPY", "KWD"])
    return row


def _maybe(chance: Any, values: list[Any]) -> Any:
    return None if chance.random() < 0.2 else chance.choice(values)
