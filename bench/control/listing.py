"""GET /orders: filter on one field, sort by another, keyset pages."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from bench.control.access import scope_values, visible
from bench.control.auth import Actor, actor_of
from bench.control.errors import Refused
from bench.control.models import Order
from bench.control.present import decimal_text, moment, money, person
from bench.control.statements import connection_in_use

FILTERS = {
    "status": ("status", str),
    "channel": ("channel", str),
    "account": ("account_id", int),
    "owner": ("owner_id", int),
}
SORTS = ("ordered_on", "total", "number", "priority")
MAX_LIMIT = 200
SHAPES_KEPT = 500
COLUMNS = (
    *("id", "version", "created_at", "created_by_id", "created_by__name"),
    *("updated_at", "updated_by_id", "updated_by__name"),
    *("number", "account_id", "account__name", "owner_id", "owner__name", "ordered_on", "status"),
    *("total", "currency", "largest_discount", "discount_reason", "note", "channel", "priority"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """All that decides the text of the query, as opposed to its values."""

    scope: str
    filters: tuple[str, ...]
    sort: str
    descending: bool
    continued: bool


async def list_orders(request: Request) -> Response:
    """One page of the orders that the actor may see, and the cursor of the next."""
    actor = await actor_of(request)
    query = request.query_params
    sort, descending = _sort(query.get("sort", "-ordered_on"))
    limit = _limit(query.get("limit", "50"))
    filters = tuple(name for name in FILTERS if name in query)
    shape = Shape(actor.scope, filters, sort, descending, "after" in query)
    # The limit is part of the text: from a bound one PostgreSQL cannot tell that an ordered scan stops early.
    text = f"{_text(shape)} LIMIT {limit + 1}"
    _, rows = await connection_in_use().execute_query(text, _values(shape, query, actor))
    page = rows[:limit]
    document = {
        "items": [order_item(row) for row in page],
        "next": _cursor(page[-1], sort) if len(rows) > limit else None,
    }
    return Response(orjson.dumps(document), media_type="application/json")


@lru_cache(SHAPES_KEPT)
def _text(shape: Shape) -> str:
    orders = Order.filter(visible(shape.scope), **{FILTERS[name][0]: 0 for name in shape.filters})
    if shape.continued:
        beyond = "lt" if shape.descending else "gt"
        some: Any = date.min if shape.sort == "ordered_on" else 0
        orders = orders.filter(
            Q(**{f"{shape.sort}__{beyond}": some}) | Q(**{shape.sort: some, f"id__{beyond}": 0})
        )
    sign = "-" if shape.descending else ""
    return orders.order_by(f"{sign}{shape.sort}", f"{sign}id").values_list(*COLUMNS).sql()


def _values(shape: Shape, query: QueryParams, actor: Actor) -> list[Any]:
    values: list[Any] = [*scope_values(actor)]
    try:
        values += [FILTERS[name][1](query[name]) for name in shape.filters]
    except ValueError as error:
        raise Refused(400, f"A filter has a wrong value: {error}") from error
    if shape.continued:
        last, last_id = _read_cursor(query["after"], shape.sort)
        values += [last, last, last_id]
    return values


def _sort(text: str) -> tuple[str, bool]:
    name = text.removeprefix("-")
    if name not in SORTS:
        raise Refused(400, f"Orders cannot be sorted by {name!r}")
    return name, text.startswith("-")


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_LIMIT:
        raise Refused(400, f"limit is a number from 1 to {MAX_LIMIT}")
    return int(text)


def _cursor(row: Any, sort: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([row[COLUMNS.index(sort)], row[0]])).decode()


def _read_cursor(cursor: str, sort: str) -> tuple[Any, int]:
    kinds: dict[str, Callable[[str], Any]] = {
        "ordered_on": date.fromisoformat,
        "total": int,
        "number": str,
        "priority": int,
    }
    try:
        value, last_id = orjson.loads(base64.urlsafe_b64decode(cursor))
        return kinds[sort](value), int(last_id)
    except (ValueError, TypeError) as error:
        raise Refused(400, "The cursor is not one of ours") from error


def order_item(row: Any) -> dict[str, Any]:
    """An order without its lines, from a row of `COLUMNS`."""
    (
        order_id,
        version,
        created_at,
        creator,
        creator_name,
        updated_at,
        updater,
        updater_name,
        number,
        account,
        account_name,
        owner,
        owner_name,
        ordered_on,
        status,
        total,
        currency,
        largest_discount,
        discount_reason,
        note,
        channel,
        priority,
    ) = row
    return {
        "id": str(order_id),
        "version": version,
        "created_at": moment(created_at),
        "created_by": person(creator, creator_name),
        "updated_at": moment(updated_at),
        "updated_by": person(updater, updater_name),
        "number": number,
        "account": {"id": str(account), "title": account_name},
        "owner": person(owner, owner_name),
        "ordered_on": ordered_on,
        "status": status,
        "total": money(total, currency),
        "largest_discount": decimal_text(largest_discount),
        "discount_reason": discount_reason,
        "note": note,
        "channel": channel,
        "priority": priority,
        "_title": number,
    }
