"""Bodies of the orders that the benchmark creates, alike for every application."""

from itertools import islice
from typing import Any

import orjson

from bench import workspace


def new_orders(rep: int, count: int = 200) -> list[dict[str, Any]]:
    """Orders of two or three lines for customers of the representative; the discounts need no reason."""
    customers = [a for a in range(1, workspace.ACCOUNTS + 1) if workspace.account_owner(a) == rep]
    return [
        {
            "account": str(customers[number % len(customers)]),
            "ordered_on": f"2026-01-{1 + number % 28:02}",
            "lines": [_line(number, position) for position in range(2 + number % 2)],
        }
        for number in range(count)
    ]


def drafts(rep: int, count: int, most: int = 100) -> list[int]:
    """Some of the representative's orders that are not submitted yet."""
    own = (o.id for o in workspace.orders(count) if o.owner == rep and o.status == "draft")
    return list(islice(own, most))


def changed_order(version: int) -> bytes:
    """A change of an order, another one for each version."""
    return orjson.dumps({"note": f"Called back {version} times", "priority": version % workspace.PRIORITIES})


def _line(number: int, position: int) -> dict[str, Any]:
    product = 1 + (number * 5 + position * 11) % workspace.PRODUCTS
    price = workspace.product_price(product)
    return {
        "product": str(product),
        "quantity": str(1 + number % 9),
        "price": {"amount": f"{price // 100}.{price % 100:02}", "currency": workspace.CURRENCY},
        "discount": str(5 * (number % 3)),
    }
