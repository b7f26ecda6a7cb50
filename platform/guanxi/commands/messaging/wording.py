"""Values as a message writes them, in the language of who gets it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Field
from guanxi.definitions.fields import Money
from guanxi.definitions.labels import Label, say
from guanxi.expressions import Formula, MoneyType
from guanxi.expressions.types import DecimalType
from guanxi.rules.effects import unit_behind

MISSING: Final = "–"
"""Stands for a value that is missing, and for one that the reader may not see."""
_YES: Final[Mapping[bool, Label]] = {True: {"en": "yes", "zh-CN": "是"}, False: {"en": "no", "zh-CN": "否"}}


@dataclass(frozen=True, slots=True)
class Wording:
    """How values are written for one person: the language tag, and the time zone of the workspace."""

    catalog: Catalog
    entity: str
    language: str
    zone: ZoneInfo

    def value(self, formula: Formula, record: Mapping[str, Any], variables: Mapping[str, Any]) -> str:
        """The value of an expression over a record of the entity."""
        found, locale = formula.evaluate(record, variables), self.language.replace("-", "_")
        kind = formula.type
        match found:
            case None | "":
                return MISSING
            case bool():
                return say(_YES[found], self.language)
            case Money(amount=amount, currency=str(currency)):
                return str(format_currency(amount, currency, locale=locale))
            case Decimal() if isinstance(kind, MoneyType) and (unit := unit_behind(formula, record)):
                return str(format_currency(found, unit, locale=locale))
            case Decimal() | int():
                percent = "%" if isinstance(kind, DecimalType) and kind.percent else ""
                return f"{format_decimal(found, locale=locale)}{percent}"
            case datetime():
                return str(format_datetime(found.astimezone(self.zone), "medium", locale=locale))
            case date():
                return str(format_date(found, "medium", locale=locale))
            case timedelta():
                return str(format_timedelta(found, threshold=1, locale=locale))
            case tuple() | list():
                return ", ".join(self._option(formula, str(one)) for one in found)
            case _:
                return self._option(formula, str(found))

    def _option(self, formula: Formula, name: str) -> str:
        """An option by its label, where the expression is the path of a field with options."""
        field = self._field(formula.text.strip().split("."))
        labels = {option.name: option.label for option in field.options} if field is not None else {}
        return say(labels[name], self.language) if name in labels else name

    def _field(self, path: list[str]) -> Field | None:
        entity = self.entity
        for step in path[:-1]:
            field = self.catalog.entities[entity].fields.get(step)
            if field is None or field.to is None:
                return None
            entity = field.to
        return self.catalog.entities[entity].fields.get(path[-1])
