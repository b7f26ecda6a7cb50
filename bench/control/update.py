"""PATCH /orders/{id}: some values of the head, on the version that was read."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import jsonschema_rs
import orjson
from starlette.requests import Request
from starlette.responses import Response
from tortoise.transactions import in_transaction

from bench.control.auth import actor_of
from bench.control.create import audit_row
from bench.control.errors import Refused, problem
from bench.control.models import AuditEntry, Order
from bench.control.reading import order_with_lines
from bench.control.statements import connection_in_use, insert

_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "minProperties": 1,
    "properties": {
        "note": {"type": ["string", "null"], "maxLength": 10000},
        "priority": {"type": ["integer", "null"], "minimum": 0, "maximum": 1_000_000},
    },
    "additionalProperties": False,
}
_VALIDATOR = jsonschema_rs.Draft202012Validator(_SCHEMA)
_TABLE = Order.describe()["table"]
_ETAG = re.compile(r'"([0-9]{1,9})"')


async def update_order(request: Request) -> Response:
    """Check, save with audit in one transaction, answer the record."""
    actor = await actor_of(request)
    version = _version(request)
    wanted = orjson.loads(await request.body())
    if not _VALIDATOR.is_valid(wanted):
        found = [problem("", "invalid", error.message) for error in _VALIDATOR.iter_errors(wanted)]
        raise Refused(422, "The change has problems", found)
    now, order_id = datetime.now(UTC), request.path_params["id"]
    async with in_transaction() as connection:
        document = await order_with_lines(order_id, actor, connection)
        if document["version"] != version:
            raise Refused(412, "Somebody changed the order meanwhile")
        changes = {name: [document[name], value] for name, value in wanted.items() if document[name] != value}
        text = _text(tuple(wanted))
        values = [*wanted.values(), version + 1, now, actor.id, order_id, version]
        saved, _ = await connection.execute_query(text, values)
        if not saved:
            raise Refused(412, "Somebody changed the order meanwhile")
        await insert(AuditEntry, connection, audit_row(order_id, "update", orjson.dumps(changes), actor, now))
    document |= wanted | {
        "version": version + 1,
        "updated_at": now.isoformat().replace("+00:00", "Z"),
        "updated_by": {"id": str(actor.id), "title": actor.name},
    }
    headers = {"etag": f'"{version + 1}"'}
    return Response(orjson.dumps(document), headers=headers, media_type="application/json")


def _version(request: Request) -> int:
    match = _ETAG.fullmatch(request.headers.get("if-match", ""))
    if match is None:
        raise Refused(428, "If-Match must name the version")
    return int(match[1])


@lru_cache(50)
def _text(names: tuple[str, ...]) -> str:
    numbered = connection_in_use().capabilities.dialect == "postgres"
    columns = (*names, "version", "updated_at", "updated_by_id")
    marks = [f"${place}" if numbered else "?" for place in range(1, len(columns) + 3)]
    sets = ", ".join(f'"{column}" = {mark}' for column, mark in zip(columns, marks, strict=False))
    return f'UPDATE "{_TABLE}" SET {sets} WHERE id = {marks[-2]} AND version = {marks[-1]}'
