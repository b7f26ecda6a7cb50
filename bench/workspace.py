"""The data that both applications start from: the same rows, computed from their number alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

TEAMS = 9
PEOPLE = 25
ACCOUNTS = 1_000
PRODUCTS = 77
STATES = ("draft", "waiting", "approved", "approved", "approved")
FIRST_DAY = date(2024, 1, 1)
DAYS = 700
CURRENCY = "CNY"
CHANNELS = ("web", "phone", "fair", "partner", "walk_in")
PRIORITIES = 1_000


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line; quantity and discount (percent points) in hundredths, price and amount in minor units."""

    order: int
    position: int
    product: int
    quantity: int
    price: int
    discount: int
    amount: int


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order; `total` in minor units is the sum of its lines, `largest_discount` is in hundredths.

    `channel` and `priority` are the fields that a customer adds.
    """

    id: int
    number: str
    account: int
    owner: int
    ordered_on: date
    status: str
    total: int
    largest_discount: int
    channel: str
    priority: int
    lines: tuple[LineRow, ...]


def team_of(person: int) -> int:
    """Team 1 is the top; the others hang below it. Person 1 leads the top team, the rest are spread."""
    return 1 if person == 1 else 2 + person % (TEAMS - 1)


def account_owner(account: int) -> int:
    """The person who owns a customer: everyone but the leader, in turn."""
    return 2 + account % (PEOPLE - 1)


def product_price(product: int) -> int:
    """List price in minor units."""
    return 500 + product * 137


def line_amount(quantity: int, price: int, discount: int) -> int:
    """Amount in minor units, rounded half up (nothing here is negative)."""
    return (quantity * price * (10_000 - discount) + 500_000) // 1_000_000


def orders(count: int) -> Iterator[OrderRow]:
    """Orders 1 to `count` with two or three lines each."""
    for order in range(1, count + 1):
        lines = tuple(_line(order, position) for position in range(2 + order % 2))
        account = 1 + order * 7_919 % ACCOUNTS
        yield OrderRow(
            order,
            f"SO-2025-{order:05}",
            account,
            account_owner(account),
            FIRST_DAY + timedelta(days=order * 13 % DAYS),
            STATES[order * 31 % len(STATES)],
            sum(line.amount for line in lines),
            max(line.discount for line in lines),
            CHANNELS[order * 37 % len(CHANNELS)],
            order * 7_907 % PRIORITIES,
            lines,
        )


def _line(order: int, position: int) -> LineRow:
    product = 1 + (order * 17 + position * 29) % PRODUCTS
    quantity = 100 * (1 + (order + position) % 12)
    discount = 500 * ((order + position) % 3)
    price = product_price(product) + order % 50
    return LineRow(
        order, position, product, quantity, price, discount, line_amount(quantity, price, discount)
    )
