"""Checks of an order sent by a client: shape by JSON Schema, then values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema_rs
import orjson

from bench.control.errors import Refused, problem

MAX_BODY = 1_000_000
HUNDRED = Decimal(100)

_ID = {"type": "string", "pattern": "^[0-9]{1,18}(?![\\s\\S])"}
_DECIMAL = {"type": "string", "pattern": "^[0-9]{1,12}(\\.[0-9]{1,2})?(?![\\s\\S])"}
_MONEY = {
    "type": "object",
    "required": ["amount", "currency"],
    "properties": {"amount": _DECIMAL, "currency": {"enum": ["CNY", "EUR", "USD"]}},
    "additionalProperties": False,
}
_LINE = {
    "type": "object",
    "required": ["product", "quantity", "price"],
    "properties": {"product": _ID, "quantity": _DECIMAL, "price": _MONEY, "discount": _DECIMAL},
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["account", "lines"],
    "properties": {
        "account": _ID,
        "ordered_on": {"type": "string", "format": "date"},
        "discount_reason": {"type": "string", "maxLength": 10000},
        "note": {"type": "string", "maxLength": 10000},
        "lines": {"type": "array", "minItems": 1, "maxItems": 500, "items": _LINE},
    },
    "additionalProperties": False,
}
_VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A checked line: hundredths of quantity and percent points, minor units of price and amount."""

    product_id: int
    quantity: int
    price: int
    discount: int
    amount: int


@dataclass(frozen=True, slots=True)
class NewOrder:
    """A checked order."""

    account_id: int
    ordered_on: date | None
    currencies: tuple[str, ...]
    discount_reason: str | None
    note: str | None
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """Sum of the rounded lines, in minor units."""
        return sum(line.amount for line in self.lines)

    @property
    def largest_discount(self) -> int:
        """The highest discount of a line, in hundredths of a percent point."""
        return max(line.discount for line in self.lines)


def read_order(body: bytes) -> NewOrder:
    """The order in a request body; raises Refused 400 for no JSON, 413 for size, 422 with all problems."""
    if len(body) > MAX_BODY:
        raise Refused(413, "The body is larger than 1 MB")
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"The body is no JSON: {error}") from error
    if not _VALIDATOR.is_valid(document):
        raise Refused(422, "The order has problems", _shape_problems(document))
    order = NewOrder(
        int(document["account"]),
        date.fromisoformat(document["ordered_on"]) if "ordered_on" in document else None,
        tuple(line["price"]["currency"] for line in document["lines"]),
        document.get("discount_reason"),
        document.get("note"),
        tuple(_line(line) for line in document["lines"]),
    )
    problems = _value_problems(order)
    if problems:
        raise Refused(422, "The order has problems", problems)
    return order


def _shape_problems(document: object) -> list[dict[str, Any]]:
    return [
        problem("".join(f"/{part}" for part in error.instance_path), "invalid", error.message)
        for error in _VALIDATOR.iter_errors(document)
    ]


def _value_problems(order: NewOrder) -> list[dict[str, Any]]:
    problems = []
    for place, line in enumerate(order.lines):
        if line.discount > 10_000:
            problems.append(problem(f"/lines/{place}/discount", "max", "A discount is at most 100 %"))
        if line.quantity == 0:
            problems.append(problem(f"/lines/{place}/quantity", "some_quantity", "A line needs a quantity"))
    if order.largest_discount > 1_000 and not order.discount_reason:
        problems.append(problem("/discount_reason", "required", "Over 10 % needs a reason"))
    return problems


def _line(line: dict[str, Any]) -> Line:
    quantity = int(Decimal(line["quantity"]) * HUNDRED)
    price = int(Decimal(line["price"]["amount"]) * HUNDRED)
    discount = int(Decimal(line.get("discount", "0")) * HUNDRED)
    amount = (quantity * price * (10_000 - discount) + 500_000) // 1_000_000
    return Line(int(line["product"]), quantity, price, discount, amount)


def currency_problems(order: NewOrder, currency: str) -> list[dict[str, Any]]:
    """Lines priced in another currency than the customer's."""
    return [
        problem(f"/lines/{place}/price", "currency", f"This customer is billed in {currency}")
        for place, used in enumerate(order.currencies)
        if used != currency
    ]
