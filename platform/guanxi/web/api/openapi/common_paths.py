"""The addresses that do not depend on entities: tasks, search, people, schemas."""

from typing import Any

from guanxi.web.api.openapi.parts import (
    IF_MATCH,
    LIMIT,
    all_of,
    in_path,
    in_query,
    operation,
    ref,
)
from guanxi.web.api.openapi.shapes import ID, MOMENT, Schema

PEOPLE, OTHER = "People", "Search and schemas"
_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_MAYBE_ID: Schema = {**ID, "type": ["string", "null"]}

SCHEMAS: dict[str, Schema] = {
    "file": {
        "type": "object",
        "properties": {
            "id": ID,
            "name": _TEXT,
            "media": _TEXT,
            "size": {"type": "integer", "minimum": 1, "description": "Bytes."},
            "href": {**_TEXT, "description": "Where the content is."},
        },
        "required": ["id", "name", "media", "size", "href"],
        "additionalProperties": False,
    },
    "person": {"type": "object", "properties": {"id": ID, "name": _TEXT}, "required": ["id", "name"]},
    "history": {
        "type": "object",
        "properties": {
            "at": MOMENT,
            "actor": {"oneOf": [ref("person"), {"type": "null"}]},
            "verb": _TEXT,
            "step": _MAYBE_TEXT,
            "comment": _TEXT,
            "changes": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["at", "verb", "changes"],
    },
    "explanation": {
        "type": "object",
        "properties": {
            "field": _TEXT,
            "label": _TEXT,
            "reasons": {"type": "array", "items": ref("reason")},
        },
        "required": ["field", "label", "reasons"],
        "additionalProperties": False,
    },
    "reason": {
        "type": "object",
        "properties": {
            "aspect": {"type": "string", "enum": ["value", "visible", "required", "read_only", "locked"]},
            "now": {"description": "The computed value; else whether the aspect applies now."},
            "withheld": {"const": True, "description": "The value is not for you to see."},
            "lock": _TEXT,
            "text": {**_MAYBE_TEXT, "description": "The expression; null where there is none."},
            "why": {**_MAYBE_TEXT, "description": "The values that decided."},
            "steps": {"type": "array", "items": ref("step_of_reason")},
        },
        "required": ["aspect", "text", "why", "steps"],
        "additionalProperties": False,
    },
    "step_of_reason": {
        "type": "object",
        "properties": {
            "text": {**_TEXT, "description": "The part of the expression as it is written."},
            "offset": {"type": "integer", "minimum": 0},
            "depth": {"type": "integer", "minimum": 0},
            "value": {},
            "values": {"type": "array", "description": "The values of the rows gone through, 20 at most."},
            "more": {"type": "integer", "minimum": 0},
            "withheld": {"const": True},
        },
        "required": ["text", "offset", "depth"],
        "additionalProperties": False,
    },
    "task": {
        "type": "object",
        "properties": {
            "id": ID,
            "approval": _TEXT,
            "step": _TEXT,
            "entity": _TEXT,
            "record": {"type": "object"},
            "submitter": ref("person"),
            "opened_at": MOMENT,
            "open": {"type": "boolean"},
            "mine": {"type": "boolean"},
            "decided_by": {"oneOf": [ref("person"), {"type": "null"}]},
            "decided_at": {"type": ["string", "null"], "format": "date-time"},
            "outcome": _MAYBE_TEXT,
            "kind": {
                "type": "string",
                "enum": ["decide", "advise", "hold"],
                "description": "advise: somebody is asked for information; hold: nobody may decide it yet.",
            },
            "instance": ID,
            "due": {"type": ["string", "null"], "format": "date-time"},
            "overdue": {"type": "boolean"},
            "holders": {"type": "array", "items": ref("person")},
            "may": {"type": "object", "description": "What you may do with it, and whom you may choose."},
            "content": {"type": "object"},
            "card": {"type": "object"},
        },
        "required": ["id", "step", "entity", "record", "open"],
    },
    "hit": {
        "type": "object",
        "properties": {"entity": _TEXT, "id": ID, "title": _TEXT, "detail": _TEXT},
        "required": ["entity", "id", "title"],
    },
    "account_of_user": {
        "type": "object",
        "properties": {
            "id": ID,
            "name": _TEXT,
            "email": _TEXT,
            "title": _TEXT,
            "roles": {"type": "array", "items": _TEXT},
            "manager": _MAYBE_ID,
            "team": _MAYBE_ID,
            "locale": _TEXT,
            "active": {"type": "boolean"},
            "version": {"type": "integer"},
            "state": {"type": "string", "enum": ["invited", "ready", "inactive"]},
            "invitation": {
                **_TEXT,
                "description": "Path of the one-time link; only in the reply that makes it.",
            },
        },
        "required": ["id", "name", "email", "roles"],
    },
    "account_of_user_payload": {
        "type": "object",
        "properties": {
            "name": _TEXT,
            "email": _TEXT,
            "title": _TEXT,
            "roles": {"type": "array", "items": _TEXT, "uniqueItems": True},
            "manager": _MAYBE_ID,
            "team": _MAYBE_ID,
            "locale": _TEXT,
            "active": {"type": "boolean"},
        },
        "additionalProperties": False,
    },
}


def search_paths() -> dict[str, Any]:
    """Search, uploads and record schemas."""
    upload = operation(
        "upload_file", "Send a file, to save a record with its id", ref("file"), tag=OTHER, status=201,
        parameters=(in_query("name", "The name of the file, with its end.", required=True),),
    )  # fmt: skip
    upload["requestBody"] = {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
    return {
        "/api/v1/files": {"post": upload},
        "/api/v1/search": {
            "get": operation(
                "search",
                "Find records by a part of their text",
                all_of(ref("hit")),
                tag=OTHER,
                parameters=(in_query("q", "The text to look for.", required=True), LIMIT),
            )
        },
        "/api/v1/schemas/{entity}": {
            "parameters": [in_path("entity", _TEXT)],
            "get": operation(
                "read_schema", "The JSON Schema of an entity's records", {"type": "object"}, tag=OTHER
            ),
        },
    }


def people_paths() -> dict[str, Any]:
    """Accounts of people, for administrators."""
    user, payload = ref("account_of_user"), ref("account_of_user_payload")
    return {
        "/api/v1/users": {
            "get": operation("list_users", "List people with their roles", all_of(user), tag=PEOPLE),
            "post": operation(
                "add_user",
                "Add a person; replies with a one-time link",
                user,
                tag=PEOPLE,
                status=201,
                body=payload,
            ),
        },
        "/api/v1/users/{id}": {
            "parameters": [in_path("id")],
            "patch": operation(
                "change_user", "Change a person", user, tag=PEOPLE, parameters=(IF_MATCH,), body=payload
            ),
        },
    }
