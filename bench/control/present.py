"""Orders as clients see them: ids, decimals and money as strings."""

from typing import Any

from bench.control.validation import NewOrder


def decimal_text(hundredths: int) -> str:
    """Hundredths as a decimal string: 1250 is "12.50"."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def money(minor: int, currency: str) -> dict[str, str]:
    """Minor units as a money object."""
    return {"amount": decimal_text(minor), "currency": currency}


def order_document(
    order_id: int, head: dict[str, Any], account_name: str, owner_name: str, wanted: NewOrder
) -> dict[str, Any]:
    """A stored order with its lines."""
    currency = head["currency"]
    return {
        "id": str(order_id),
        "version": head["version"],
        "number": head["number"],
        "account": {"id": str(head["account_id"]), "title": account_name},
        "owner": {"id": str(head["owner_id"]), "title": owner_name},
        "ordered_on": head["ordered_on"],
        "status": head["status"],
        "largest_discount": decimal_text(head["largest_discount"]),
        "discount_reason": head["discount_reason"],
        "note": head["note"],
        "total": money(head["total"], currency),
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
