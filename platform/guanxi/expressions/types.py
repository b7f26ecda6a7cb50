"""What a value can be, and what may be read of a record."""

from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.errors import N_, Text

MONEY_SCALE = 4
"""Decimal places of an amount in storage: enough for every currency of ISO 4217."""


@dataclass(frozen=True, slots=True)
class Type:
    """Root of the types of the expression language."""

    @property
    def label(self) -> Text:
        """What a person calls it."""
        return _label(self)

    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True, slots=True)
class TextType(Type):
    """Text; with `options` the choices of a select or the states of a stage, so that a slip is found."""

    options: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class BooleanType(Type):
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class DateType(Type):
    """A day of the calendar."""


@dataclass(frozen=True, slots=True)
class DatetimeType(Type):
    """A moment, in UTC, to the microsecond."""


@dataclass(frozen=True, slots=True)
class DurationType(Type):
    """A span of time, to the microsecond."""


@dataclass(frozen=True, slots=True)
class NumberType(Type):
    """An exact number with at most `scale` decimal places."""

    scale: int = 0


@dataclass(frozen=True, slots=True)
class IntegerType(NumberType):
    """A whole number; wherever a decimal is wanted, it will do."""


@dataclass(frozen=True, slots=True)
class DecimalType(NumberType):
    """A decimal number; a percentage is in points (25 is 25 %)."""

    percent: bool = False


@dataclass(frozen=True, slots=True)
class MoneyType(Type):
    """An amount in one currency.

    `unit` is a currency code (`"CNY"`) or the path to the currency from the record that the amount belongs
    to (`"account.currency"`); None: the currency is kept with the amount. Amounts of different units do not
    add or compare.
    """

    unit: str | None = None
    scale: int = MONEY_SCALE


@dataclass(frozen=True, slots=True)
class ReferenceType(Type):
    """One record of an entity, or none."""

    entity: str


@dataclass(frozen=True, slots=True)
class AnyReferenceType(Type):
    """One record of one of several entities, or none; `.entity` and `.id` say which."""

    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionsType(Type):
    """Some of the `options` of a choice of several, in their order; none at all is missing."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CollectionType(Type):
    """Many records: the lines of a record, or the inverse of a reference.

    `via` names the reference of the other entity that leads back here; lines have none, theirs is `parent`.
    Rows that are links lead `through` one of their references to the records that are meant.
    """

    entity: str
    via: str | None = None
    through: str | None = None


def _label(type_: Type) -> Text:
    match type_:
        case DecimalType(percent=True):
            return N_("percentage")
        case MoneyType(unit=str(unit)):
            return N_("money in {unit}", unit=unit)
        case ReferenceType(entity=entity):
            return N_("reference to {entity}", entity=entity)
        case AnyReferenceType(entities=entities):
            return N_("reference to one of {entities}", entities=", ".join(entities))
        case CollectionType(entity=entity):
            return N_("records of {entity}", entity=entity)
        case _:
            return _LABELS.get(type(type_), N_("value"))


_LABELS: Mapping[type[Type], Text] = {
    TextType: N_("text"),
    BooleanType: N_("yes/no"),
    DateType: N_("date"),
    DatetimeType: N_("date and time"),
    DurationType: N_("duration"),
    IntegerType: N_("whole number"),
    DecimalType: N_("number"),
    NumberType: N_("number"),
    MoneyType: N_("money"),
    OptionsType: N_("choice of several"),
}

TEXT = TextType()
INTEGER = IntegerType()
BOOLEAN = BooleanType()
DATE = DateType()
DATETIME = DatetimeType()
DURATION = DurationType()


@dataclass(frozen=True, slots=True)
class Shape:
    """What may be read of a record: its members by name, and the owner's entity of a line.

    A part that is kept beside a member is a member of its own: `address.city`.
    """

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
