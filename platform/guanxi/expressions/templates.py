"""PostgreSQL of the functions that take more than a call.

Durations are numbers of microseconds there; a day or moment outside the years 1 to 9999 is missing.
"""

from guanxi.expressions import exact, texts
from guanxi.expressions.moments import MAX_DAYS
from guanxi.expressions.nodes import Literal, Node

_DAY = "86400000000::numeric"
_MAX_SPAN = f"{MAX_DAYS} * {_DAY}"
_FIRST_DAY, _LAST_DAY = "DATE '0001-01-01'", "DATE '9999-12-31'"
_FIRST_MOMENT, _END = "TIMESTAMPTZ '0001-01-01 00:00:00Z'", "TIMESTAMPTZ '10000-01-01 00:00:00Z'"


def _floor_days(span: str) -> str:
    return f"div({span} - (CASE WHEN {span} < 0 THEN 86399999999 ELSE 0 END), {_DAY})"


def _as_day(day: str) -> str:
    return (
        f"(SELECT w.d FROM (SELECT ({day})::date AS d) AS w WHERE w.d BETWEEN {_FIRST_DAY} AND {_LAST_DAY})"
    )


def _as_int(number: str, limit: int) -> str:
    # The planner computes what is constant before it looks at the condition, so the cast itself may not fail.
    return f"least(greatest({number}, -{limit}), {limit})::int"


def _as_span(span: str) -> str:
    return f"(SELECT w.s FROM (SELECT {span} AS s) AS w WHERE abs(w.s) <= {_MAX_SPAN})"


def _day_moved(span: str) -> str:
    # The days are judged first: the engine's own calendar ends elsewhere, and with an error.
    days = _as_int("w.n", 2 * MAX_DAYS)
    return (
        f"(SELECT {{0}} + {days} FROM (SELECT {_floor_days(span)} AS n) AS w"
        f" WHERE w.n BETWEEN {_FIRST_DAY} - {{0}} AND {_LAST_DAY} - {{0}})"
    )


def _moment_moved(span: str) -> str:
    # Whole seconds and the rest apart: a factor of an interval is a float, exact only for what fits in it.
    seconds = "INTERVAL '1 second' * div(w.n, 1000000)::float8"
    rest = "INTERVAL '1 microsecond' * mod(w.n, 1000000)::float8"
    return (
        f"(SELECT {{0}} + {seconds} + {rest} FROM (SELECT {span} AS n) AS w"
        f" WHERE w.n >= {_microseconds_to(_FIRST_MOMENT)} AND w.n < {_microseconds_to(_END)})"
    )


def _microseconds_to(moment: str) -> str:
    return f"extract(epoch from ({moment} - {{0}})) * 1000000"


SHIFT_DAY = _day_moved("{1}")
UNSHIFT_DAY = _day_moved("(- {1})")
SHIFT_MOMENT = _moment_moved("{1}")
UNSHIFT_MOMENT = _moment_moved("(- {1})")
SPANS_TOGETHER = _as_span("{0} + {1}")
SPANS_APART = _as_span("{0} - {1}")
DAYS = f"CASE WHEN abs({{0}}) <= {MAX_DAYS} THEN {{0}} * {_DAY} END"
HOURS = f"CASE WHEN abs({{0}}) <= {MAX_DAYS * 24} THEN {{0}} * 3600000000::numeric END"
MINUTES = f"CASE WHEN abs({{0}}) <= {MAX_DAYS * 1440} THEN {{0}} * 60000000::numeric END"
DATE_OF = _as_day("{0} AT TIME ZONE {1}")
DAYS_SINCE_MOMENT = (
    "(SELECT " + _floor_days("w.u") + " FROM (SELECT extract(epoch from ({1} - {0})) * 1000000 AS u) AS w)"
)
_MONTH = "(extract(year from {0}) * 12 + extract(month from {0}) - 1 + {1})"
ADD_MONTHS = (
    f"CASE WHEN {_MONTH} BETWEEN {1 * 12} AND {9999 * 12 + 11}"
    " THEN ({0}::timestamp + make_interval(months => " + _as_int("{1}", 200_000) + "))::date END"
)
_YEARS = "(extract(year from {1}) - extract(year from {0}))::int"
NEXT_ANNIVERSARY = _as_day(
    f"CASE WHEN ({{0}}::timestamp + make_interval(years => {_YEARS}))::date >= {{1}}"
    f" THEN {{0}}::timestamp + make_interval(years => {_YEARS})"
    f" ELSE {{0}}::timestamp + make_interval(years => {_YEARS} + 1) END"
)
TEXT_OF_MOMENT = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
CLAMP = (
    "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL AND {2} IS NOT NULL"
    " THEN least(greatest({0}, {1}), {2}) END"
)
LOWER = "translate({{0}}, '{}', '{}')".format(
    "".join(map(chr, texts.LOWER)), "".join(map(chr, texts.LOWER.values()))
)
ROUND_MONEY = "round({{0}}, CASE {{1}} {} ELSE {} END)".format(
    " ".join(f"WHEN '{code}' THEN {places}" for code, places in exact.MINOR_UNITS.items()),
    exact.USUAL_MINOR_UNIT,
)


def rounding(arguments: tuple[Node, ...]) -> str:
    """Rounding to a constant number of decimals: numeric rounds half away from zero by itself."""
    return f"round({{0}}, {_constant(arguments[1])})"


def division(arguments: tuple[Node, ...]) -> str:
    """Division of whole multiples, because `/` would round at a place of the engine's choice first."""
    places = _constant(arguments[2])
    factor = 10**places
    unit = f"{exact.shift(1, -places):f}::numeric"
    quotient = f"div(2 * abs({{0}}) * {factor} + abs({{1}}), 2 * abs(nullif({{1}}, 0)))"
    return f"(sign({{0}}) * sign({{1}}) * {quotient} * {unit})"


def _constant(node: Node) -> int:
    if not isinstance(node, Literal) or not isinstance(node.value, int):
        raise TypeError("The decimals are constant: the signature has seen to it.")
    return node.value
