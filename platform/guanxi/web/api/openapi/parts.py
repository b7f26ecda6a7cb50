"""Small pieces that the paths of the document are put together from."""

from typing import Any

from guanxi.web.api.openapi.shapes import ID, Schema

JSON = "application/json"

PROBLEM: Schema = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "instance": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string", "description": "JSON pointer into what was sent."},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
                "required": ["field", "code", "message"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "code", "problems"],
}


def ref(name: str) -> Schema:
    """A named schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def operation(
    name: str,
    summary: str,
    reply: Schema | None,
    *,
    tag: str,
    status: int = 200,
    parameters: tuple[Schema, ...] = (),
    body: Schema | None = None,
    body_required: bool = True,
) -> dict[str, Any]:
    """An operation with its one good reply and the common refusals."""
    good: dict[str, Any] = {"description": summary}
    if reply is not None:
        good["content"] = {JSON: {"schema": reply}}
    found: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "responses": {str(status): good, "default": {"$ref": "#/components/responses/problem"}},
    }
    if parameters:
        found["parameters"] = list(parameters)
    if body is not None:
        found["requestBody"] = {"required": body_required, "content": {JSON: {"schema": body}}}
    return found


def in_path(name: str, schema: Schema | None = None) -> Schema:
    """A part of the path; an id unless said otherwise."""
    return {"name": name, "in": "path", "required": True, "schema": schema or ID}


def in_query(name: str, description: str, schema: Schema | None = None, *, required: bool = False) -> Schema:
    """A query parameter."""
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": schema or {"type": "string"},
    }


def in_header(name: str, description: str, *, required: bool = False) -> Schema:
    """A request header."""
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": description,
        "schema": {"type": "string"},
    }


def page_of(item: Schema) -> Schema:
    """One page of a list."""
    return {
        "type": "object",
        "properties": {"items": {"type": "array", "items": item}, "next": {"type": ["string", "null"]}},
        "required": ["items", "next"],
    }


def all_of(item: Schema) -> Schema:
    """A list that comes whole."""
    return {
        "type": "object",
        "properties": {"items": {"type": "array", "items": item}},
        "required": ["items"],
    }


SEEN_VERSION = in_header(
    "If-Match", "The version of the record that was decided on, as an ETag: 412 when it has changed."
)
IF_MATCH = in_header(
    "If-Match", "The ETag of the record as it was read: 428 without, 412 when stale.", required=True
)
IDEMPOTENCY_KEY = in_header(
    "Idempotency-Key", "The same key and content give the same reply, and one change."
)
LIMIT = in_query("limit", "Rows in a page.", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50})
AFTER = in_query("after", "The `next` of the page before.")
