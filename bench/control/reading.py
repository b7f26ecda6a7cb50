"""GET /orders/{id}: one order with its lines."""

from functools import cache
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from tortoise.backends.base.client import BaseDBAsyncClient

from bench.control.access import scope_values, visible
from bench.control.auth import Actor, actor_of
from bench.control.errors import Refused
from bench.control.listing import COLUMNS, order_item
from bench.control.models import Order, OrderLine
from bench.control.present import decimal_text, money
from bench.control.statements import connection_in_use

_LINE = ("id", "product_id", "product__name", "quantity", "price", "discount", "amount")


async def read_order(request: Request) -> Response:
    """The order as it is now, with its version as ETag."""
    actor = await actor_of(request)
    document = await order_with_lines(request.path_params["id"], actor, connection_in_use())
    headers = {"etag": f'"{document["version"]}"'}
    return Response(orjson.dumps(document), headers=headers, media_type="application/json")


async def order_with_lines(order_id: int, actor: Actor, connection: BaseDBAsyncClient) -> dict[str, Any]:
    """The document of an order; raises Refused 404 when it is not there or not for the actor."""
    _, rows = await connection.execute_query(_head_text(actor.scope), [*scope_values(actor), order_id])
    if not rows:
        raise Refused(404, "There is no such order")
    document = order_item(rows[0])
    currency = document["total"]["currency"]
    _, lines = await connection.execute_query(_lines_text(), [order_id])
    document["lines"] = [_line(row, currency) for row in lines]
    document["_actions"] = ["submit"] if document["status"] == "draft" else []
    return document


@cache
def _head_text(scope: str) -> str:
    return Order.filter(visible(scope), id=0).values_list(*COLUMNS).sql()


@cache
def _lines_text() -> str:
    return OrderLine.filter(order_id=0).order_by("position").values_list(*_LINE).sql()


def _line(row: Any, currency: str) -> dict[str, Any]:
    line_id, product, product_name, quantity, price, discount, amount = row
    return {
        "id": str(line_id),
        "product": {"id": str(product), "title": product_name},
        "quantity": decimal_text(quantity),
        "price": money(price, currency),
        "discount": decimal_text(discount),
        "amount": money(amount, currency),
    }
