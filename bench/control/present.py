"""Orders as clients see them: ids, decimals and money as strings."""

from typing import Any

from bench.control.models import Order
from bench.control.validation import NewOrder


def decimal_text(hundredths: int) -> str:
    """Hundredths as a decimal string: 1250 is "12.50"."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def money(minor: int, currency: str) -> dict[str, str]:
    """Minor units as a money object."""
    return {"amount": decimal_text(minor), "currency": currency}


def order_document(order: Order, account_name: str, owner_name: str, wanted: NewOrder) -> dict[str, Any]:
    """A stored order with its lines."""
    currency = order.currency
    return {
        "id": str(order.id),
        "version": order.version,
        "number": order.number,
        "account": {"id": str(wanted.account_id), "title": account_name},
        "owner": {"id": str(order.owner_id), "title": owner_name},  # type: ignore[attr-defined]
        "ordered_on": order.ordered_on,
        "status": order.status,
        "discount_reason": order.reason,
        "total": money(order.total, currency),
        "lines": [
            {
                "product": str(line.product_id),
                "quantity": decimal_text(line.quantity),
                "price": money(line.price, currency),
                "discount": decimal_text(line.discount),
                "amount": money(line.amount, currency),
            }
            for line in wanted.lines
        ],
    }
