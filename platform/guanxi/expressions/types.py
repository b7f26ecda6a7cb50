"""What a value can be, and what may be read of a record."""

from collections.abc import Mapping
from dataclasses import dataclass

MONEY_SCALE = 4
"""Decimal places of an amount in storage: enough for every currency of ISO 4217."""


@dataclass(frozen=True, slots=True)
class Type:
    """Root of the types of the expression language."""

    def __str__(self) -> str:
        return "value"


@dataclass(frozen=True, slots=True)
class TextType(Type):
    """Text; with `options` the choices of a select or the states of a stage, so that a slip is found."""

    options: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class BooleanType(Type):
    """Yes or no."""

    def __str__(self) -> str:
        return "yes/no"


@dataclass(frozen=True, slots=True)
class DateType(Type):
    """A day of the calendar."""

    def __str__(self) -> str:
        return "date"


@dataclass(frozen=True, slots=True)
class DatetimeType(Type):
    """A moment, in UTC, to the microsecond."""

    def __str__(self) -> str:
        return "date and time"


@dataclass(frozen=True, slots=True)
class DurationType(Type):
    """A span of time, to the microsecond."""

    def __str__(self) -> str:
        return "duration"


@dataclass(frozen=True, slots=True)
class NumberType(Type):
    """An exact number with at most `scale` decimal places."""

    scale: int = 0


@dataclass(frozen=True, slots=True)
class IntegerType(NumberType):
    """A whole number; wherever a decimal is wanted, it will do."""

    def __str__(self) -> str:
        return "whole number"


@dataclass(frozen=True, slots=True)
class DecimalType(NumberType):
    """A decimal number; a percentage is in points (25 is 25 %)."""

    percent: bool = False

    def __str__(self) -> str:
        return "percentage" if self.percent else "number"


@dataclass(frozen=True, slots=True)
class MoneyType(Type):
    """An amount in one currency.

    `unit` is a currency code (`"CNY"`) or the path to the currency from the record that the amount belongs
    to (`"account.currency"`); None: the currency is kept with the amount. Amounts of different units do not
    add or compare.
    """

    unit: str | None = None
    scale: int = MONEY_SCALE

    def __str__(self) -> str:
        return f"money in {self.unit}" if self.unit else "money"


@dataclass(frozen=True, slots=True)
class ReferenceType(Type):
    """One record of an entity, or none."""

    entity: str

    def __str__(self) -> str:
        return f"reference to {self.entity}"


@dataclass(frozen=True, slots=True)
class CollectionType(Type):
    """Many records: the lines of a record, or the inverse of a reference.

    `via` names the reference of the other entity that leads back here; lines have none, theirs is `parent`.
    """

    entity: str
    via: str | None = None

    def __str__(self) -> str:
        return f"records of {self.entity}"


TEXT = TextType()
INTEGER = IntegerType()
BOOLEAN = BooleanType()
DATE = DateType()
DATETIME = DatetimeType()
DURATION = DurationType()


@dataclass(frozen=True, slots=True)
class Shape:
    """What may be read of a record: its members by name, and the owner's entity of a line."""

    entity: str
    members: Mapping[str, Type]
    parent: str | None = None


Shapes = Mapping[str, Shape]
"""The shapes of all entities by name; lines are called `<entity>.<field>`."""

USER_ENTITY = "user"

STANDARD_VARIABLES: Mapping[str, Type] = {
    "me": ReferenceType(USER_ENTITY),
    "today": DATE,
    "now": DATETIME,
}
"""What every expression may name besides the record: who acts, the day and the moment."""
