"""The functions: one entry each, with its meaning, its types and what every back end does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guanxi.expressions import exact, moments, signatures, templates, texts, values
from guanxi.expressions.nodes import Node
from guanxi.expressions.signatures import Rule

Template = str | Callable[[tuple[Node, ...]], str]
"""SQL with `{0}`, `{1}` for the arguments and `{all}` for all; constants it needs are in the nodes."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function on values.

    `run` works on Python values and is the meaning; the templates must agree with it. Where `strict`, a
    missing argument makes the result missing (a condition: false), and `run` never sees one, except at the
    `optional` positions. Without a template for SQLite, `run` itself is called there. `aligned`: SQLite's
    template needs its numbers at one scale and gives a number at that scale.
    """

    name: str
    usage: str
    about: str
    examples: tuple[tuple[str, str], ...]
    rule: Rule
    run: Callable[..., object]
    postgres: Template
    sqlite: str | None = None
    least: int = 1
    most: int = 1
    strict: bool = True
    aligned: bool = False
    optional: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RowFunction:
    """An aggregate: a function over the rows of a collection; `run` takes the values of the rows."""

    name: str
    usage: str
    about: str
    examples: tuple[tuple[str, str], ...]
    rule: Rule
    run: Callable[..., object]


ROW_FUNCTIONS: Mapping[str, RowFunction] = {
    one.name: one
    for one in (
        RowFunction(
            "sum", "sum(lines.amount)",
            "The total of the values that are there; 0 where there is none.",
            (("sum(lines.quantity)", "5"), ("sum(l.quantity * l.price for l in lines)", "339.98")),
            signatures.element_summed, values.total,
        ),
        RowFunction(
            "avg", "avg(lines.discount)",
            "The mean of the values that are there, rounded to four decimals; missing where there is none.",
            (("avg(lines.discount)", "12.5"),),
            signatures.element_averaged, values.mean,
        ),
        RowFunction(
            "min", "min(lines.price)", "The smallest value that is there; missing where there is none.",
            (("min(lines.price)", "19.99"),),
            signatures.element_ordered, values.smallest_of,
        ),
        RowFunction(
            "max", "max(lines.discount)", "The largest value that is there; missing where there is none.",
            (("max(lines.discount) > 20", "yes"),),
            signatures.element_ordered, values.largest_of,
        ),
        RowFunction(
            "count", "count(lines) or count(l for l in lines if l.discount > 10)",
            "How many rows there are; of a member, how many rows have a value.",
            (("count(lines)", "2"), ("count(l for l in lines if l.discount > 10)", "1")),
            signatures.element_counted, values.count,
        ),
        RowFunction(
            "any", "any(l.discount > 10 for l in lines)", "Whether the condition holds for at least one row.",
            (("any(l.discount > 10 for l in lines)", "yes"),),
            signatures.element_judged, any,
        ),
        RowFunction(
            "all", "all(l.quantity > 0 for l in lines)",
            "Whether the condition holds for every row; it does where there is none.",
            (("all(l.discount > 10 for l in lines)", "no"),),
            signatures.element_judged, all,
        ),
    )
}  # fmt: skip

_PUBLIC = (
    Function(
        "missing", "missing(x)", "Whether a value is not there.",
        (("missing(note)", "yes"), ("missing(total)", "no")),
        signatures.missing, values.missing, "{0} IS NULL", "{0} IS NULL", strict=False,
    ),
    Function(
        "coalesce", "coalesce(a, b, ...)", "The first value that is there.",
        (("coalesce(note, 'none')", "none"),),
        signatures.alike, values.first, "coalesce({all})", "coalesce({all})",
        least=2, most=20, strict=False, aligned=True,
    ),
    Function(
        "min", "min(a, b, ...)", "The smallest of the values that are there.",
        (("min(3, 5)", "3"), ("min(total, 100)", "100")),
        signatures.ordered, values.smallest, "least({all})", least=2, most=20, strict=False,
    ),
    Function(
        "max", "max(a, b, ...)", "The largest of the values that are there.",
        (("max(total - 500, 0)", "0"),),
        signatures.ordered, values.largest, "greatest({all})", least=2, most=20, strict=False,
    ),
    Function(
        "between", "between(x, low, high)", "Whether low <= x <= high; false where one of them is missing.",
        (("between(total, 100, 500)", "yes"), ("between(ordered_on, '2026-01-01', '2026-01-31')", "no")),
        signatures.within, values.between, "{0} BETWEEN {1} AND {2}", "{0} BETWEEN {1} AND {2}",
        least=3, most=3, aligned=True,
    ),
    Function(
        "clamp", "clamp(x, low, high)", "x, but not under low and not over high.",
        (("clamp(7, 0, 5)", "5"),),
        signatures.ordered, values.clamp, templates.CLAMP, least=3, most=3,
    ),
    Function(
        "fits", "fits(pattern, x)", "Whether the pattern is missing or is x: an empty cell fits all.",
        (("fits(note, 'anything')", "yes"), ("fits(status, 'draft')", "yes")),
        signatures.fits, values.fits, "({0} IS NULL OR {0} = {1})", "({0} IS NULL OR {0} = {1})",
        least=2, most=2, strict=False, aligned=True,
    ),
    Function(
        "round", "round(x) or round(x, decimals)",
        "x rounded, a half away from zero: an amount to the minor unit of its currency, a number to a whole "
        "one, or to the decimals given.",
        (("round(2.5)", "3"), ("round(-2.345, 2)", "-2.35"), ("round(money(12.345, 'CNY'))", "12.35"),
         ("round(money(12.5, 'JPY'))", "13")),
        signatures.rounded, exact.round_half_away, templates.rounding, most=2,
    ),
    Function(
        "floor", "floor(x)", "The largest whole number that is not above x.",
        (("floor(-2.5)", "-3"),),
        signatures.floored, exact.floor, "floor({0})",
    ),
    Function(
        "div", "div(a, b, decimals)",
        "a divided by b, rounded to the decimals, a half away from zero; missing where b is 0.",
        (("div(2, 3, 2)", "0.67"), ("missing(div(1, 0, 2))", "yes")),
        signatures.divided, exact.divide, templates.division, least=3, most=3,
    ),
    Function(
        "money", "money(number, 'CNY')", "An amount of a currency.",
        (("money(100, 'CNY')", "100"),),
        signatures.money, values.same, "{0}", "{0}", least=2, most=2, aligned=True,
    ),
    Function(
        "days", "days(n)", "A span of n days of 24 hours.",
        (("today + days(7)", "2026-03-12"), ("ends_on - ordered_on <= days(30)", "yes")),
        signatures.span_of, moments.days, templates.DAYS,
    ),
    Function(
        "hours", "hours(n)", "A span of n hours.",
        (("hours(48) == days(2)", "yes"), ("ends_on - ordered_on < hours(12)", "no")),
        signatures.span_of, moments.hours, templates.HOURS,
    ),
    Function(
        "minutes", "minutes(n)", "A span of n minutes.",
        (("minutes(90) > hours(1)", "yes"), ("hours(1) + minutes(30) == minutes(90)", "yes")),
        signatures.span_of, moments.minutes, templates.MINUTES,
    ),
    Function(
        "date_of", "date_of(moment)", "The day of a moment in the time zone of the workspace.",
        (("date_of(now)", "2026-03-05"),),
        signatures.day_of, moments.date_of, templates.DATE_OF,
    ),
    Function(
        "days_since", "days_since(when)", "How many whole days have passed since a date or a moment.",
        (("days_since(ordered_on)", "14"), ("days_since(ordered_on) >= 30", "no")),
        signatures.days_since, moments.days_from, "({1} - {0})",
    ),
    Function(
        "add_months", "add_months(date, n)",
        "The same day n months later; the last day of the month where there is no such day.",
        (("add_months(today, -1)", "2026-02-05"),),
        signatures.months_added, moments.add_months, templates.ADD_MONTHS, least=2, most=2,
    ),
    Function(
        "month_of", "month_of(date)", "The first day of the month.",
        (("month_of(today)", "2026-03-01"),),
        signatures.day_to_day, moments.month_of, "date_trunc('month', {0}::timestamp)::date",
        "(substr({0}, 1, 8) || '01')",
    ),
    Function(
        "end_of_year", "end_of_year(date)", "The last day of the year.",
        (("end_of_year(today)", "2026-12-31"),),
        signatures.day_to_day, moments.end_of_year, "make_date(extract(year from {0})::int, 12, 31)",
        "(substr({0}, 1, 5) || '12-31')",
    ),
    Function(
        "next_anniversary", "next_anniversary(date)",
        "The first return of a date from today on; 29 February returns on the 28th in common years.",
        (("next_anniversary(ordered_on)", "2027-02-19"),),
        signatures.anniversary, moments.next_anniversary, templates.NEXT_ANNIVERSARY,
    ),
    Function(
        "text", "text(x)", "x as text: numbers without idle zeros, dates and moments in ISO 8601.",
        (("text(12.50)", "12.5"), ("'No. ' + text(7)", "No. 7"), ("text(today)", "2026-03-05")),
        signatures.texted, texts.text, "trim_scale({0}::numeric)::text",
    ),
    Function(
        "contains", "contains(text, part)", "Whether the part occurs in the text, to the letter.",
        (("contains('Huaxin Ltd', 'xin')", "yes"),),
        signatures.searched, texts.contains, "strpos({0}, {1}) > 0", "instr({0}, {1}) > 0", least=2, most=2,
    ),
    Function(
        "starts_with", "starts_with(text, beginning)", "Whether the text begins so, to the letter.",
        (("starts_with(status, 'dr')", "yes"),),
        signatures.searched, texts.starts_with, "starts_with({0}, {1})", "instr({0}, {1}) = 1",
        least=2, most=2,
    ),
    Function(
        "lower", "lower(text)",
        "The text in small letters: Latin, Greek, Cyrillic and Armenian letters and those of full width, one "
        "for one; every other character stays as it is.",
        (("lower('ÀB 中文')", "àb 中文"), ("contains(lower('HUAXIN'), 'hua')", "yes")),
        signatures.folded, texts.lower, templates.LOWER, "guanxi_lower({0})",
    ),
)  # fmt: skip

_VARIANTS = (
    Function("chosen", "", "", (), signatures.alike, values.chosen, "{1} ? {0}",
             "instr({1}, '\"' || {0} || '\"') > 0"),
    Function("count_chosen", "", "", (), signatures.alike, values.count_chosen,
             "coalesce(jsonb_array_length({0}), 0)", "coalesce(json_array_length({0}), 0)", strict=False),
    Function(
        "round_money", "", "", (), signatures.rounded, exact.round_money, templates.ROUND_MONEY,
        optional=frozenset({1}),
    ),
    Function("days_since_moment", "", "", (), signatures.days_since, moments.days_from_moment,
             templates.DAYS_SINCE_MOMENT),
    Function("text_of_text", "", "", (), signatures.texted, values.same, "{0}", "{0}"),
    Function("text_of_date", "", "", (), signatures.texted, texts.text, "to_char({0}, 'YYYY-MM-DD')", "{0}"),
    Function("text_of_moment", "", "", (), signatures.texted, texts.text, templates.TEXT_OF_MOMENT, "{0}"),
    Function("shift_day", "", "", (), signatures.alike, moments.day_after, templates.SHIFT_DAY),
    Function("shift_moment", "", "", (), signatures.alike, moments.moment_after, templates.SHIFT_MOMENT),
    Function("unshift_day", "", "", (), signatures.alike, moments.day_before, templates.UNSHIFT_DAY),
    Function("unshift_moment", "", "", (), signatures.alike, moments.moment_before,
             templates.UNSHIFT_MOMENT),
    Function("spans_together", "", "", (), signatures.alike, moments.spans_together,
             templates.SPANS_TOGETHER),
    Function("spans_apart", "", "", (), signatures.alike, moments.spans_apart, templates.SPANS_APART),
    Function("join", "", "", (), signatures.alike, texts.join, "({0} || {1})", "({0} || {1})"),
    Function("day_gap", "", "", (), signatures.alike, values.gap, "({0} - {1}) * 86400000000::numeric"),
    Function("moment_gap", "", "", (), signatures.alike, values.gap,
             "extract(epoch from ({0} - {1})) * 1000000"),
    Function("add", "", "", (), signatures.alike, exact.add, "({0} + {1})"),
    Function("subtract", "", "", (), signatures.alike, exact.subtract, "({0} - {1})"),
    Function("multiply", "", "", (), signatures.alike, exact.multiply, "({0} * {1})"),
    Function("negate", "", "", (), signatures.alike, values.negated, "(- {0})"),
    Function("compare", "", "", (), signatures.alike, values.compare, "sign({0} - {1})"),
    Function("rescale", "", "", (), signatures.alike, values.same, "{0}"),
    Function("mean", "", "", (), signatures.alike, exact.divide, templates.division),
)  # fmt: skip

FUNCTIONS: Mapping[str, Function] = {one.name: one for one in _PUBLIC}
"""What an author may write."""

ALL_FUNCTIONS: Mapping[str, Function] = {one.name: one for one in (*_PUBLIC, *_VARIANTS)}
"""With the variants that the checker chooses by type."""
