"""A few people and records, written straight through storage."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from guanxi.definitions.role import Grant
from guanxi.rules.access import Person, Scope
from guanxi.storage.records import insert

AT = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)


def stamped(**values: Any) -> dict[str, Any]:
    """A record with its system keys."""
    return {
        "version": 1,
        "created_at": AT,
        "created_by": None,
        "updated_at": AT,
        "updated_by": None,
        **values,
    }


async def add(session, catalog, entity: str, **values: Any) -> int:
    """Add a record and return its id."""
    return await insert(session, catalog.entities[entity], stamped(**values))


async def people(session, catalog) -> dict[str, Any]:
    """Two teams, one below the other, with a person each, and a third person in none."""
    top = await add(session, catalog, "team", name="North")
    sub = await add(session, catalog, "team", name="North-East", parent_team=top)
    ids: dict[str, Any] = {"top": top, "sub": sub}
    for name, team in (("ada", top), ("bo", sub), ("chen", None)):
        ids[name] = await add(
            session,
            catalog,
            "user",
            name=name.title(),
            email=f"{name}@example.com",
            team=team,
            active=True,
            locale="en",
        )
    return ids


def order(account: int, owner: int, product: int, *amounts: str, **values: Any) -> dict[str, Any]:
    """An order record with a line for each amount."""
    lines = [
        {
            "id": None,
            "product": product,
            "quantity": Decimal(1),
            "price": Decimal(amount),
            "price.currency": "CNY",
            "discount": Decimal("12.5"),
            "amount": Decimal(amount),
            "amount.currency": "CNY",
        }
        for amount in amounts
    ]
    head = {
        "account": account,
        "owner": owner,
        "status": "draft",
        "ordered_on": date(2026, 1, 5),
        "total": sum(map(Decimal, amounts), Decimal(0)),
        "total.currency": "CNY",
        "lines": lines,
    }
    return stamped(**{**head, **values})


READ = frozenset({"read"})


def grant(rows: Any = "all", where: Any = None, **fields: Any) -> Grant:
    """A grant to read some rows; `fields` says the level of single fields."""
    return Grant(rows=rows, can=READ, where=where, fields=MappingProxyType({"*": "read", **fields}))


def scope_of(catalog: Any, entity: str, person: Person, *grants: Grant) -> Scope:
    """The scope of a person who holds these grants."""
    return Scope(catalog.entities[entity], person, grants)
