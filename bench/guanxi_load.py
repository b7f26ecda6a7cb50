"""Loads the benchmark workspace into Guanxi's tables."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bench import workspace
from bench.bulk import Loader, Rows
from bench.control.database import is_postgres

LEADER = 1
REP = 2
LOADED = datetime(2026, 1, 1, tzinfo=UTC)
MONEY_SCALE = 4
_SYSTEM = ("version", "created_at", "created_by", "updated_at", "updated_by")


def email(person: int) -> str:
    """The name to sign in with."""
    return f"person{person}@example.com"


def account_id(account: int) -> int:
    """The id of a customer in Guanxi."""
    return account


class _Encoding:
    """How a database keeps what its driver has no type for."""

    def __init__(self, url: str) -> None:
        self.native = is_postgres(url)

    def day(self, value: date) -> Any:
        return value if self.native else value.isoformat()

    def moment(self, value: datetime) -> Any:
        return value if self.native else value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def hundredths(self, value: int) -> Any:
        return Decimal(value).scaleb(-2) if self.native else value

    def money(self, minor: int) -> Any:
        return Decimal(minor).scaleb(-2) if self.native else minor * 10 ** (MONEY_SCALE - 2)

    def flag(self, value: bool) -> Any:  # noqa: FBT001 - a column value
        return value if self.native else int(value)

    def system(self, person: int) -> tuple[Any, ...]:
        moment = self.moment(LOADED)
        return (1, moment, person, moment, person)


async def load(loader: Loader, url: str, count: int) -> None:
    """Everything: organisation, customers, products, `count` orders with lines."""
    encoding = _Encoding(url)
    await _organisation(loader, encoding)
    await _catalogue(loader, encoding)
    await _orders(loader, encoding, count)
    if encoding.native:
        for table in ("e_team", "e_user", "e_account", "e_product", "e_order", "e_order__lines"):
            await loader.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )


async def _load(loader: Loader, table: str, columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    await loader.load(Rows(table, columns, values))


async def _organisation(loader: Loader, encoding: _Encoding) -> None:
    teams = range(1, workspace.TEAMS + 1)
    people = range(1, workspace.PEOPLE + 1)
    await _load(
        loader,
        "e_team",
        ("id", "name", "parent_team", *_SYSTEM),
        [(t, f"Team {t}", None if t == 1 else 1, *encoding.system(LEADER)) for t in teams],
    )
    await _load(
        loader,
        "e_user",
        ("id", "name", "email", "team", "locale", "active", *_SYSTEM),
        [
            (p, f"Person {p}", email(p), workspace.team_of(p), "en", encoding.flag(True), *encoding.system(p))
            for p in people
        ],
    )
    pairs = [(1, team, int(team != 1)) for team in teams] + [(team, team, 0) for team in teams if team != 1]
    await _load(loader, "g_team_closure", ("ancestor", "descendant", "depth"), pairs)
    roles = [(p, "manager" if p == LEADER else "rep") for p in people]
    await _load(loader, "g_role_member", ("user_id", "role"), roles)


async def _catalogue(loader: Loader, encoding: _Encoding) -> None:
    accounts = range(1, workspace.ACCOUNTS + 1)
    await _load(
        loader,
        "e_account",
        ("id", "name", "kind", "currency", "owner", *_SYSTEM),
        [
            (
                *(
                    account_id(a),
                    f"Account {a:04}",
                    "company",
                    workspace.CURRENCY,
                    workspace.account_owner(a),
                ),
                *encoding.system(workspace.account_owner(a)),
            )
            for a in accounts
        ],
    )
    products = range(1, workspace.PRODUCTS + 1)
    await _load(
        loader,
        "e_product",
        ("id", "code", "name", "unit", "currency", "price", "price__currency", "active", *_SYSTEM),
        [
            (
                *(p, f"P{p:03}", f"Product {p}", "piece", workspace.CURRENCY),
                *(encoding.money(workspace.product_price(p)), workspace.CURRENCY, encoding.flag(True)),
                *encoding.system(LEADER),
            )
            for p in products
        ],
    )


_ORDER = (
    *("id", "number", "account", "owner", "ordered_on", "status"),
    *("total", "total__currency", "largest_discount", "channel", "priority", *_SYSTEM),
)
_LINE = (
    *("parent_id", "position", "product", "quantity", "price", "price__currency"),
    *("discount", "amount", "amount__currency"),
)


async def _orders(loader: Loader, encoding: _Encoding, count: int) -> None:
    heads = (
        (
            *(order.id, order.number, account_id(order.account), order.owner),
            *(encoding.day(order.ordered_on), order.status),
            *(encoding.money(order.total), workspace.CURRENCY, encoding.hundredths(order.largest_discount)),
            *(order.channel, order.priority),
            *encoding.system(order.owner),
        )
        for order in workspace.orders(count)
    )
    await _load(loader, "e_order", _ORDER, heads)
    await _load(loader, "e_order__lines", _LINE, _lines(encoding, count))


def _lines(encoding: _Encoding, count: int) -> Iterable[tuple[Any, ...]]:
    for order in workspace.orders(count):
        for line in order.lines:
            yield (
                *(line.order, line.position, line.product, encoding.hundredths(line.quantity)),
                *(encoding.money(line.price), workspace.CURRENCY, encoding.hundredths(line.discount)),
                *(encoding.money(line.amount), workspace.CURRENCY),
            )
