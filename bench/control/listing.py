"""GET /orders: filter on one field, sort by another, keyset pages."""

import base64
from datetime import date
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from bench.control.access import visible_to
from bench.control.auth import actor_of
from bench.control.errors import Refused
from bench.control.models import Order
from bench.control.present import money

FILTERS = {"status": str, "account": int, "owner": int}
SORTS = ("ordered_on", "total", "number")
MAX_LIMIT = 200


async def list_orders(request: Request) -> Response:
    """One page of the orders that the actor may see, and the cursor of the next."""
    actor = await actor_of(request)
    query = request.query_params
    sort, descending = _sort(query.get("sort", "-ordered_on"))
    limit = _limit(query.get("limit", "50"))
    orders = Order.filter(visible_to(actor), _filter(dict(query)))
    if "after" in query:
        orders = orders.filter(_beyond(query["after"], sort, descending))
    sign = "-" if descending else ""
    rows = await orders.order_by(f"{sign}{sort}", f"{sign}id").limit(limit + 1).select_related("account", "owner")
    page = rows[:limit]
    document = {
        "items": [_item(order) for order in page],
        "next": _cursor(page[-1], sort) if len(rows) > limit else None,
    }
    return Response(orjson.dumps(document), media_type="application/json")


def _sort(text: str) -> tuple[str, bool]:
    name = text.removeprefix("-")
    if name not in SORTS:
        raise Refused(400, f"Orders cannot be sorted by {name!r}")
    return name, text.startswith("-")


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_LIMIT:
        raise Refused(400, f"limit is a number from 1 to {MAX_LIMIT}")
    return int(text)


def _filter(query: dict[str, str]) -> Q:
    chosen = {name: query[name] for name in FILTERS if name in query}
    try:
        values = {name: FILTERS[name](text) for name, text in chosen.items()}
    except ValueError as error:
        raise Refused(400, f"A filter has a wrong value: {error}") from error
    return Q(**{name if name == "status" else f"{name}_id": value for name, value in values.items()})


def _cursor(order: Order, sort: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([getattr(order, sort), order.id])).decode()


def _beyond(cursor: str, sort: str, descending: bool) -> Q:
    try:
        value, last_id = orjson.loads(base64.urlsafe_b64decode(cursor))
    except ValueError as error:
        raise Refused(400, "The cursor is not one of ours") from error
    last: Any = date.fromisoformat(value) if sort == "ordered_on" else value
    beyond = "lt" if descending else "gt"
    return Q(**{f"{sort}__{beyond}": last}) | Q(**{sort: last, f"id__{beyond}": last_id})


def _item(order: Order) -> dict[str, Any]:
    return {
        "id": str(order.id),
        "version": order.version,
        "number": order.number,
        "account": {"id": str(order.account.id), "title": order.account.name},
        "owner": {"id": str(order.owner.id), "title": order.owner.name},
        "ordered_on": order.ordered_on,
        "status": order.status,
        "discount_reason": order.reason,
        "total": money(order.total, order.currency),
    }
