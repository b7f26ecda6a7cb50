"""POST /orders."""

from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from bench.control.access import scope_values, visible
from bench.control.auth import Actor, actor_of
from bench.control.errors import Refused, problem
from bench.control.models import Account, AuditEntry, Order, OrderLine, Product
from bench.control.present import line_documents, order_document
from bench.control.statements import insert, insert_all
from bench.control.validation import NewOrder, currency_problems, read_order

_NEXT_ON_POSTGRES = "SELECT nextval('order_number') AS value"
_NEXT_ON_SQLITE = "UPDATE counter SET value = value + 1 WHERE name = 'order' RETURNING value"
_TITLE = "The order has problems"


async def create_order(request: Request) -> Response:
    """Check, save with lines and audit in one transaction, answer the record."""
    actor = await actor_of(request)
    wanted = read_order(await request.body())
    now = datetime.now(UTC)
    async with in_transaction() as connection:
        number = await _next_number(connection, now.year)
        account_name, currency = await _account(wanted, actor, connection)
        names = await _product_names(wanted, connection)
        head = _head(wanted, currency, number, actor, now)
        order_id = await insert(Order, connection, head)
        line_ids = await insert_all(OrderLine, connection, _lines(wanted, order_id))
        document = order_document(order_id, head, account_name, actor.name)
        document["lines"] = line_documents(wanted, line_ids, currency, names)
        content = orjson.dumps(document)
        await insert(AuditEntry, connection, audit_row(order_id, "create", content, actor, now))
    headers = {"location": f"/orders/{order_id}", "etag": '"1"'}
    return Response(content, 201, headers, "application/json")


async def _account(wanted: NewOrder, actor: Actor, connection: BaseDBAsyncClient) -> tuple[str, str]:
    values = [*scope_values(actor), wanted.account_id]
    _, found = await connection.execute_query(_account_text(actor.scope), values)
    if not found:
        raise Refused(422, _TITLE, [problem("/account", "unknown", "No such customer")])
    name, currency = found[0]
    problems = currency_problems(wanted, currency)
    if problems:
        raise Refused(422, _TITLE, problems)
    return name, currency


@cache
def _account_text(scope: str) -> str:
    return Account.filter(visible(scope), id=0).values_list("name", "currency").sql()


async def _product_names(wanted: NewOrder, connection: BaseDBAsyncClient) -> dict[int, str]:
    products = {line.product_id for line in wanted.lines}
    _, found = await connection.execute_query(_products_text(len(products)), [*products, True])
    known = {row[0]: row[1] for row in found}
    if len(known) == len(products):
        return known
    problems = [
        problem(f"/lines/{place}/product", "unknown", "No such product on sale")
        for place, line in enumerate(wanted.lines)
        if line.product_id not in known
    ]
    raise Refused(422, _TITLE, problems)


@lru_cache(50)
def _products_text(count: int) -> str:
    return Product.filter(id__in=list(range(count)), active=True).values_list("id", "name").sql()


async def _next_number(connection: BaseDBAsyncClient, year: int) -> str:
    postgres = connection.capabilities.dialect == "postgres"
    _, rows = await connection.execute_query(_NEXT_ON_POSTGRES if postgres else _NEXT_ON_SQLITE)
    return f"SO-{year}-{rows[0]['value']:05}"


def _head(wanted: NewOrder, currency: str, number: str, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "number": number,
        "account_id": wanted.account_id,
        "owner_id": actor.id,
        "ordered_on": wanted.ordered_on or now.date(),
        "status": "draft",
        "currency": currency,
        "total": wanted.total,
        "largest_discount": wanted.largest_discount,
        "discount_reason": wanted.discount_reason,
        "note": wanted.note,
        "channel": None,
        "priority": None,
        "version": 1,
        "created_at": now,
        "created_by_id": actor.id,
        "updated_at": now,
        "updated_by_id": actor.id,
    }


def _lines(wanted: NewOrder, order_id: int) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id,
            "position": position,
            "product_id": line.product_id,
            "quantity": line.quantity,
            "price": line.price,
            "discount": line.discount,
            "amount": line.amount,
        }
        for position, line in enumerate(wanted.lines)
    ]


def audit_row(order_id: int, verb: str, content: bytes, actor: Actor, now: datetime) -> dict[str, Any]:
    """The values of an audit entry about an order."""
    return {
        "at": now,
        "actor_id": actor.id,
        "entity": "order",
        "record_id": order_id,
        "verb": verb,
        "changes": content.decode(),
        "digest": None,
    }
