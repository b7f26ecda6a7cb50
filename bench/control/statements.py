"""Statement texts, written by the ORM once and kept: a request only binds values.

Building a query costs the ORM more than the database needs to answer it, and a text that stays the same is
what the drivers' prepared-statement caches want.
"""

from functools import cache, lru_cache
from typing import Any

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model


def connection_in_use() -> BaseDBAsyncClient:
    """The running transaction's connection, else the pool."""
    return Tortoise.get_connection("default")


@cache
def _insert(model: type[Model]) -> tuple[str, tuple[str, ...]]:
    connection = connection_in_use()
    executor = connection.executor_class(model, connection)
    return executor.insert_query, tuple(executor.regular_columns)


async def insert(model: type[Model], connection: BaseDBAsyncClient, values: dict[str, Any]) -> int:
    """Insert one row from a value for each field; its generated key."""
    text, columns = _insert(model)
    key = await connection.execute_insert(text, [values[column] for column in columns])
    return int(key if isinstance(key, int) else key[0])


async def insert_all(
    model: type[Model], connection: BaseDBAsyncClient, rows: list[dict[str, Any]]
) -> list[int]:
    """Insert many rows with one statement; their generated keys."""
    _, columns = _insert(model)
    values = [row[column] for row in rows for column in columns]
    found = await connection.execute_query_dict(_insert_many(model, len(rows)), values)
    return [row["id"] for row in found]


@lru_cache(50)
def _insert_many(model: type[Model], count: int) -> str:
    text, columns = _insert(model)
    head = text.partition(" VALUES ")[0]
    numbered = connection_in_use().capabilities.dialect == "postgres"
    marks = [f"${place}" if numbered else "?" for place in range(1, count * len(columns) + 1)]
    rows = [marks[start : start + len(columns)] for start in range(0, len(marks), len(columns))]
    return f'{head} VALUES {", ".join("(" + ",".join(row) + ")" for row in rows)} RETURNING "id"'
