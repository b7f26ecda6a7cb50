"""The Northwind sample as requests to the API, and what must come of it, worked out without the product."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from tests.acceptance.shared import required

CENT = Decimal("0.01")
FULLER = "2"
"""The vice president: a director, the manager of five, and himself without a manager."""


def rounded(text):
    return Decimal(text).quantize(CENT, ROUND_HALF_UP)


def plain(number):
    return f"{number.normalize():f}"


@dataclass(frozen=True)
class Line:
    product: str
    quantity: Decimal
    price: Decimal
    discount: Decimal

    @property
    def amount(self):
        exact = self.quantity * self.price * (100 - self.discount) / 100
        return exact.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Order:
    number: str
    customer: str
    employee: str
    day: str
    lines: tuple[Line, ...]

    @property
    def total(self):
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def discount(self):
        return max(line.discount for line in self.lines)


@dataclass
class Northwind:
    customers: list
    employees: list
    products: list
    orders: list
    differences: list = field(default_factory=list)
    """Amounts of the file that are no amounts of money: order, product, as it stands, as it is taken."""

    def manager_of(self, employee):
        (row,) = (row for row in self.employees if row["employee_id"] == employee)
        return row["reports_to"] or None


def read():
    source = required("northwind")
    customers, employees, products, orders, details = (
        _rows(source / f"{name}.csv")
        for name in ("customers", "employees", "products", "orders", "order_details")
    )
    differences, lines = [], defaultdict(list)
    for row in details:
        price = rounded(row["unit_price"])
        if price != Decimal(row["unit_price"]):
            differences.append((row["order_id"], row["product_id"], row["unit_price"], plain(price)))
        discount = rounded(Decimal(row["discount"]) * 100)
        lines[row["order_id"]].append(Line(row["product_id"], Decimal(row["quantity"]), price, discount))
    made = [
        Order(
            row["order_id"],
            row["customer_id"],
            row["employee_id"],
            row["order_date"],
            tuple(lines[row["order_id"]]),
        )
        for row in orders
    ]
    return Northwind(customers, employees, products, made, differences)


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
