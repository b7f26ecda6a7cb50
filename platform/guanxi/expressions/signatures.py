"""Which values a function takes and what it gives."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from guanxi.errors import N_, Text
from guanxi.expressions.errors import Finding, finding
from guanxi.expressions.nodes import Literal, Node, Variable
from guanxi.expressions.resolve import Span
from guanxi.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    TEXT,
    BooleanType,
    CollectionType,
    DatetimeType,
    DateType,
    DecimalType,
    DurationType,
    IntegerType,
    MoneyType,
    NumberType,
    TextType,
    Type,
)
from guanxi.expressions.unify import unify

ZONE = Variable(TEXT, 0, 0, "zone")
"""The time zone of the workspace's calendar; UTC where none is given."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A call that holds: its type, its (adapted) arguments, and the variant that does it."""

    type: Type
    arguments: tuple[Node, ...]
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A call to be checked: the function's name, how it is written, its arguments."""

    name: str
    usage: str
    arguments: tuple[Node, ...]
    span: Span
    currency: Callable[[str], Node]

    def refuse(self, message: Text, at: int | None = None, code: str = "argument") -> Finding:
        """A finding about one argument, or about the call."""
        offset = self.span.offset if at is None else self.arguments[at].offset
        return finding(
            code,
            N_("{function}: {message}", function=self.name, message=message),
            N_("Write {usage}.", usage=self.usage),
            offset,
        )

    def variable(self, name: str, type_: Type) -> Variable:
        """A variable that the function uses by itself."""
        return Variable(type_, self.span.offset, self.span.end, name)

    def want(self, at: int, kinds: tuple[type[Type], ...] | type[Type], what: Text) -> Type:
        """The type of an argument, which must be one of the kinds."""
        given = self.arguments[at].type
        if not isinstance(given, kinds):
            raise self.refuse(N_("{what} is wanted here, not a {given}.", what=what, given=given.label), at)
        return given

    def places(self, at: int) -> int:
        """A constant number of decimal places, 0 to 9."""
        node = self.arguments[at]
        value = node.value if isinstance(node, Literal) else None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 9:
            raise self.refuse(N_("the decimals are a constant from 0 to 9."), at)
        return value


Rule = Callable[[Site], Checked]


def missing(site: Site) -> Checked:
    """Any value."""
    if isinstance(site.arguments[0].type, CollectionType):
        raise site.refuse(N_("records are counted: count(...) == 0."), 0)
    return Checked(BOOLEAN, site.arguments)


def alike(site: Site) -> Checked:
    """Values of one type; gives a value of it."""
    arguments, shared = unify(site.arguments)
    return Checked(shared, arguments)


def ordered(site: Site) -> Checked:
    """Numbers, amounts, dates, moments or spans of one type; gives a value of it."""
    checked = alike(site)
    _want_ordered(site, checked.type)
    return checked


def within(site: Site) -> Checked:
    """Three values of one type that has an order; gives yes or no."""
    arguments, shared = unify(site.arguments)
    _want_ordered(site, shared)
    return Checked(BOOLEAN, arguments)


def fits(site: Site) -> Checked:
    """Two values of one type; gives yes or no."""
    return Checked(BOOLEAN, unify(site.arguments)[0])


def rounded(site: Site) -> Checked:
    """A number or an amount, and perhaps decimals."""
    type_ = site.want(0, (NumberType, MoneyType), N_("a number or an amount"))
    value = site.arguments[0]
    if len(site.arguments) == 1 and isinstance(type_, MoneyType):
        if type_.unit is None or ":" in type_.unit:
            raise site.refuse(N_("the currency of this amount is not known here; give the decimals."), 0)
        return Checked(MoneyType(type_.unit), (value, site.currency(type_.unit)), "round_money")
    places = site.places(1) if len(site.arguments) > 1 else 0
    arguments = (value, Literal(INTEGER, site.span.offset, site.span.end, places))
    return Checked(_with_scale(type_, places), arguments)


def floored(site: Site) -> Checked:
    """A number; gives a whole one."""
    site.want(0, NumberType, N_("a number"))
    return Checked(INTEGER, site.arguments)


def divided(site: Site) -> Checked:
    """A number by a number, an amount by a number, or two amounts of one currency; and decimals."""
    top = site.want(0, (NumberType, MoneyType), N_("a number or an amount"))
    bottom = site.want(1, (NumberType, MoneyType), N_("a number or an amount"))
    places = site.places(2)
    if isinstance(bottom, MoneyType):
        if not isinstance(top, MoneyType):
            raise site.refuse(N_("a number is not divided by an amount."), 1)
        unify(site.arguments[:2])
        return Checked(_with_scale(INTEGER, places), site.arguments)
    return Checked(_with_scale(top, places), site.arguments)


def money(site: Site) -> Checked:
    """A number and a constant currency; gives an amount."""
    number = site.want(0, NumberType, N_("a number"))
    currency = site.arguments[1]
    code = str(currency.value) if isinstance(currency, Literal) else ""
    if not (len(code) == 3 and code.isascii() and code.isupper()):
        raise site.refuse(N_("the currency is a constant of three capital letters."), 1)
    scale = number.scale if isinstance(number, NumberType) else 0
    return Checked(MoneyType(code, scale), site.arguments[:1])


def span_of(site: Site) -> Checked:
    """A whole number; gives a duration."""
    site.want(0, IntegerType, N_("a whole number"))
    return Checked(DURATION, site.arguments)


def day_of(site: Site) -> Checked:
    """A moment; gives a date."""
    site.want(0, DatetimeType, N_("a date and time"))
    return Checked(DATE, (site.arguments[0], replace(ZONE, offset=site.span.offset, end=site.span.end)))


def days_since(site: Site) -> Checked:
    """A date or a moment; gives the whole days that have passed."""
    if isinstance(site.want(0, (DateType, DatetimeType), N_("a date or a date and time")), DateType):
        return Checked(INTEGER, (*site.arguments, site.variable("today", DATE)))
    return Checked(INTEGER, (*site.arguments, site.variable("now", DATETIME)), "days_since_moment")


def months_added(site: Site) -> Checked:
    """A date and a whole number; gives a date."""
    site.want(0, DateType, N_("a date"))
    site.want(1, IntegerType, N_("a whole number"))
    return Checked(DATE, site.arguments)


def day_to_day(site: Site) -> Checked:
    """A date; gives a date."""
    site.want(0, DateType, N_("a date"))
    return Checked(DATE, site.arguments)


def anniversary(site: Site) -> Checked:
    """A date; gives a date, from today on."""
    site.want(0, DateType, N_("a date"))
    return Checked(DATE, (*site.arguments, site.variable("today", DATE)))


def texted(site: Site) -> Checked:
    """A number, amount, text, date or moment; gives text."""
    kinds = (NumberType, MoneyType, TextType, DateType, DatetimeType)
    match site.want(0, kinds, N_("a number, text, date or date and time")):
        case NumberType() | MoneyType():
            return Checked(TEXT, site.arguments)
        case TextType():
            return Checked(TEXT, site.arguments, "text_of_text")
        case DateType():
            return Checked(TEXT, site.arguments, "text_of_date")
        case _:
            return Checked(TEXT, site.arguments, "text_of_moment")


def searched(site: Site) -> Checked:
    """Two texts; gives yes or no."""
    site.want(0, TextType, N_("a text"))
    site.want(1, TextType, N_("a text"))
    return Checked(BOOLEAN, site.arguments)


def folded(site: Site) -> Checked:
    """A text; gives a text."""
    site.want(0, TextType, N_("a text"))
    return Checked(TEXT, site.arguments)


def element_summed(site: Site) -> Checked:
    """Numbers, or amounts of one currency."""
    _one_currency(site, site.want(0, (NumberType, MoneyType), N_("a number or an amount")))
    return Checked(_plain(site.arguments[0].type), site.arguments)


def element_ordered(site: Site) -> Checked:
    """Values that have an order."""
    _want_ordered(site, site.arguments[0].type)
    _one_currency(site, site.arguments[0].type)
    return Checked(_plain(site.arguments[0].type), site.arguments)


def element_averaged(site: Site) -> Checked:
    """Numbers or amounts of one currency."""
    type_ = site.want(0, (NumberType, MoneyType), N_("a number or an amount"))
    _one_currency(site, type_)
    scale = type_.scale if isinstance(type_, NumberType | MoneyType) else 0
    return Checked(_with_scale(type_, max(4, scale)), site.arguments)


def element_counted(site: Site) -> Checked:
    """Anything but conditions, which belong behind `if`."""
    if isinstance(site.arguments[0].type, BooleanType):
        raise site.refuse(N_("a condition belongs behind `if`."), 0)
    return Checked(INTEGER, site.arguments)


def element_judged(site: Site) -> Checked:
    """A condition for each row."""
    return Checked(BOOLEAN, site.arguments)


def _want_ordered(site: Site, type_: Type) -> None:
    if not isinstance(type_, NumberType | MoneyType | DateType | DatetimeType | DurationType):
        raise site.refuse(N_("a {type} has no order here.", type=type_.label), 0)


def _one_currency(site: Site, type_: Type) -> None:
    if isinstance(type_, MoneyType) and (type_.unit is None or ":" in type_.unit):
        raise site.refuse(N_("these amounts may be of different currencies; convert them first."), 0)


def _plain(type_: Type) -> Type:
    return DecimalType(type_.scale) if isinstance(type_, DecimalType) else type_


def _with_scale(type_: Type, places: int) -> Type:
    if isinstance(type_, MoneyType):
        return MoneyType(type_.unit, places)
    return DecimalType(places) if places else INTEGER
