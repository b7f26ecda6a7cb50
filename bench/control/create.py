"""POST /orders."""

from datetime import UTC, datetime

import orjson
from starlette.requests import Request
from starlette.responses import Response
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from bench.control.access import visible_to
from bench.control.auth import Actor, actor_of
from bench.control.errors import Refused, problem
from bench.control.models import Account, AuditEntry, Order, OrderLine, Product
from bench.control.present import order_document
from bench.control.validation import NewOrder, currency_problems, read_order

_NEXT_ON_POSTGRES = "SELECT nextval('order_number') AS value"
_NEXT_ON_SQLITE = (
    "INSERT INTO counter (name, value) VALUES ('order', 1) "
    "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
)


async def create_order(request: Request) -> Response:
    """Check, save with lines and audit in one transaction, answer the record."""
    actor = await actor_of(request)
    wanted = read_order(await request.body())
    now = datetime.now(UTC)
    async with in_transaction() as connection:
        number = await _next_number(connection, now.year)
        account = await _account(wanted, actor)
        await _check_products(wanted)
        order = await _save(wanted, account, number, actor, now)
        document = order_document(order, account.name, actor.name, wanted)
        await _audit(order.id, document, actor, now)
    headers = {"location": f"/orders/{order.id}", "etag": '"1"'}
    return Response(orjson.dumps(document), 201, headers, "application/json")


async def _account(wanted: NewOrder, actor: Actor) -> Account:
    account = await Account.filter(visible_to(actor)).get_or_none(id=wanted.account_id)
    if account is None:
        raise Refused(422, "The order has problems", [problem("/account", "unknown", "No such customer")])
    problems = currency_problems(wanted, account.currency)
    if problems:
        raise Refused(422, "The order has problems", problems)
    return account


async def _check_products(wanted: NewOrder) -> None:
    known = await Product.in_bulk([line.product_id for line in wanted.lines], "id")
    problems = [
        problem(f"/lines/{place}/product", "unknown", "No such product")
        for place, line in enumerate(wanted.lines)
        if line.product_id not in known
    ]
    if problems:
        raise Refused(422, "The order has problems", problems)


async def _next_number(connection: BaseDBAsyncClient, year: int) -> str:
    postgres = connection.capabilities.dialect == "postgres"
    rows = await connection.execute_query_dict(_NEXT_ON_POSTGRES if postgres else _NEXT_ON_SQLITE)
    return f"SO-{year}-{rows[0]['value']:05}"


async def _save(wanted: NewOrder, account: Account, number: str, actor: Actor, now: datetime) -> Order:
    order = await Order.create(
        number=number,
        account_id=account.id,
        owner_id=actor.id,
        ordered_on=wanted.ordered_on or now.date(),
        status="draft",
        currency=account.currency,
        total=wanted.total,
        reason=wanted.reason,
        created_at=now,
        updated_at=now,
    )
    for position, line in enumerate(wanted.lines):
        await OrderLine.create(
            order_id=order.id,
            position=position,
            product_id=line.product_id,
            quantity=line.quantity,
            price=line.price,
            discount=line.discount,
            amount=line.amount,
        )
    return order


async def _audit(order_id: int, document: dict[str, object], actor: Actor, now: datetime) -> None:
    await AuditEntry.create(
        at=now,
        actor_id=actor.id,
        entity="order",
        record_id=order_id,
        verb="create",
        changes=orjson.dumps(document).decode(),
    )
