"""An amount with its currency."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from guanxi.definitions.entity import Column, Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing
from guanxi.definitions.fields.numbers import check_range, decimal_schema, plain, read_decimal
from guanxi.errors import N_
from guanxi.expressions.types import MONEY_SCALE, MoneyType, Type

_CODE = re.compile(r"[A-Z]{3}")
NOT_MONEY = N_(
    "Send an amount and its currency, such as {example}.", example='{"amount": "12.50", "currency": "CNY"}'
)
NOT_A_CURRENCY = N_("Write the currency as a code of three letters, such as CNY.")


class Money(NamedTuple):
    """An amount as it was sent; a form sends no currency, it follows from the record."""

    amount: Decimal
    currency: str | None


class MoneyField(FieldType):
    """An amount, kept to four decimal places, beside its currency in a column of its own."""

    name = "money"
    column = "decimal"
    operators = ("is", "from", "to", "missing")

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The amount and its currency."""
        return (
            Column(field.name, field.name, "decimal", MONEY_SCALE),
            Column(f"{field.name}.currency", f"{field.name}__currency", "text"),
        )

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """Money in the unit that the definition names."""
        return MoneyType(unit)

    def coerce(self, field: Field, raw: Any, *, form: bool) -> Money | None:
        """The amount and, where it was sent, the currency.

        JSON is `{"amount": "12.50", "currency": "CNY"}`, where the currency may be left out, or the amount.
        """
        if nothing(raw):
            return None
        currency: Any = None
        if isinstance(raw, Mapping):
            if not set(raw) <= {"amount", "currency"} or "amount" not in raw:
                raise FieldProblem("money", NOT_MONEY)
            raw, currency = raw["amount"], raw.get("currency")
            if currency is not None and not (isinstance(currency, str) and _CODE.fullmatch(currency)):
                raise FieldProblem("currency", NOT_A_CURRENCY)
            if nothing(raw):
                return None
        amount = read_decimal(raw, MONEY_SCALE, form=form)
        check_range(field, amount)
        return Money(amount, currency)

    def to_json(self, field: Field, record: Mapping[str, Any]) -> dict[str, str | None] | None:
        """The amount, with at least two decimal places, and its currency."""
        amount = record.get(field.name)
        if amount is None:
            return None
        return {"amount": money_text(amount), "currency": record.get(f"{field.name}.currency")}

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """An object of amount and currency."""
        return {
            "type": "object",
            "properties": {
                "amount": decimal_schema(MONEY_SCALE),
                "currency": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$", "maxLength": 3},
            },
            "required": ["amount", "currency"],
            "additionalProperties": False,
        }


def money_text(amount: Decimal) -> str:
    """The digits of an amount with at least two decimal places: `12.50`, `0.0001`."""
    text = plain(amount)
    whole, _, places = text.partition(".")
    return f"{whole}.{places.ljust(2, '0')}"
