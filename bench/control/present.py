"""Orders as clients see them: ids, decimals and money as strings."""

from datetime import datetime
from typing import Any

from bench.control.validation import NewOrder


def decimal_text(hundredths: int) -> str:
    """Hundredths as a decimal string: 1250 is "12.50"."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def money(minor: int, currency: str) -> dict[str, str]:
    """Minor units as a money object."""
    return {"amount": decimal_text(minor), "currency": currency}


def moment(value: datetime | str) -> str:
    """A moment in UTC; SQLite keeps it as text."""
    known = datetime.fromisoformat(value) if isinstance(value, str) else value
    return known.isoformat().replace("+00:00", "Z")


def person(person_id: int, name: str) -> dict[str, str]:
    """A person by id and name."""
    return {"id": str(person_id), "title": name}


def order_document(order_id: int, head: dict[str, Any], account_name: str, owner_name: str) -> dict[str, Any]:
    """A new order without its lines; who owns it also made it."""
    return {
        "id": str(order_id),
        "version": head["version"],
        "created_at": moment(head["created_at"]),
        "created_by": person(head["created_by_id"], owner_name),
        "updated_at": moment(head["updated_at"]),
        "updated_by": person(head["updated_by_id"], owner_name),
        "number": head["number"],
        "account": {"id": str(head["account_id"]), "title": account_name},
        "owner": person(head["owner_id"], owner_name),
        "ordered_on": head["ordered_on"],
        "status": head["status"],
        "total": money(head["total"], head["currency"]),
        "largest_discount": decimal_text(head["largest_discount"]),
        "discount_reason": head["discount_reason"],
        "note": head["note"],
        "channel": head["channel"],
        "priority": head["priority"],
        "_title": head["number"],
        "_actions": ["submit"] if head["status"] == "draft" else [],
    }


def line_documents(
    wanted: NewOrder, line_ids: list[int], currency: str, product_names: dict[int, str]
) -> list[dict[str, Any]]:
    """The lines of an order."""
    return [
        {
            "id": str(line_id),
            "product": {"id": str(line.product_id), "title": product_names[line.product_id]},
            "quantity": decimal_text(line.quantity),
            "price": money(line.price, currency),
            "discount": decimal_text(line.discount),
            "amount": money(line.amount, currency),
        }
        for line_id, line in zip(line_ids, wanted.lines, strict=True)
    ]
