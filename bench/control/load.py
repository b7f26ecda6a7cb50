"""Loads the benchmark workspace into the control's tables."""

import time
from datetime import UTC, datetime
from hashlib import sha256

from bench import workspace
from bench.bulk import Loader, Rows
from bench.control.database import is_postgres

LEADER_TOKEN = "control-leader"
REP_TOKEN = "control-rep"
REP = 2
LOADED = datetime(2026, 1, 1, tzinfo=UTC)


async def load(loader: Loader, url: str, count: int) -> None:
    """Everything: organisation, customers, products, `count` orders with lines."""
    await _organisation(loader)
    await _catalogue(loader)
    await _orders(loader, url, count)
    if is_postgres(url):
        for table in ("team_closure", "sales_order", "order_line"):
            await loader.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        await loader.execute(f"SELECT setval('order_number', {count})")
    else:
        await loader.execute(f"INSERT INTO counter (name, value) VALUES ('order', {count})")


async def _organisation(loader: Loader) -> None:
    teams = range(1, workspace.TEAMS + 1)
    people = range(1, workspace.PEOPLE + 1)
    pairs = [(1, team) for team in teams] + [(team, team) for team in teams if team != 1]
    closure = [(number, *pair) for number, pair in enumerate(pairs, 1)]
    expires = int(time.time()) + 86_400
    await loader.load(Rows("team", ("id", "name"), [(team, f"Team {team}") for team in teams]))
    await loader.load(Rows("team_closure", ("id", "ancestor_id", "descendant_id"), closure))
    await loader.load(
        Rows(
            "person",
            ("id", "name", "team_id", "scope"),
            [(p, f"Person {p}", workspace.team_of(p), "subteams" if p == 1 else "team") for p in people],
        )
    )
    tokens = [(sha256(t.encode()).hexdigest(), p, expires) for t, p in ((LEADER_TOKEN, 1), (REP_TOKEN, REP))]
    await loader.load(Rows("token", ("digest", "user_id", "expires_at"), tokens))


async def _catalogue(loader: Loader) -> None:
    accounts = range(1, workspace.ACCOUNTS + 1)
    products = range(1, workspace.PRODUCTS + 1)
    await loader.load(
        Rows(
            "account",
            ("id", "name", "owner_id", "currency"),
            [(a, f"Account {a:04}", workspace.account_owner(a), workspace.CURRENCY) for a in accounts],
        )
    )
    await loader.load(
        Rows(
            "product",
            ("id", "name", "price", "active"),
            [(p, f"Product {p}", workspace.product_price(p), True) for p in products],
        )
    )


_ORDER = (
    *("id", "number", "account_id", "owner_id", "ordered_on", "status", "currency", "total"),
    *(
        "largest_discount",
        "channel",
        "priority",
        "version",
        "created_at",
        "created_by_id",
        "updated_at",
        "updated_by_id",
    ),
)
_LINE = ("order_id", "position", "product_id", "quantity", "price", "discount", "amount")


async def _orders(loader: Loader, url: str, count: int) -> None:
    native = is_postgres(url)
    moment = LOADED if native else LOADED.isoformat(" ")
    heads = (
        (
            *(order.id, order.number, order.account, order.owner),
            order.ordered_on if native else order.ordered_on.isoformat(),
            *(order.status, workspace.CURRENCY, order.total, order.largest_discount),
            *(order.channel, order.priority, 1),
            *(moment, order.owner, moment, order.owner),
        )
        for order in workspace.orders(count)
    )
    await loader.load(Rows("sales_order", _ORDER, heads))
    lines = (
        (line.order, line.position, line.product, line.quantity, line.price, line.discount, line.amount)
        for order in workspace.orders(count)
        for line in order.lines
    )
    await loader.load(Rows("order_line", _LINE, lines))
