"""What the API tells of a route and why it is so."""

from typing import Any

from guanxi.web.api.openapi.parts import ref
from guanxi.web.api.openapi.shapes import Schema

_TEXT: Schema = {"type": "string"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_YES_NO: Schema = {"type": "boolean"}
_WITHHELD: Schema = {"const": True, "description": "The value is not for you to see."}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def _all(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _or_null(of: Schema) -> Schema:
    return {"anyOf": [of, {"type": "null"}]}


_PERSON = _or_null(ref("person"))
_CONDITION = _or_null(ref("condition_of_route"))

ROUTE_PARTS: dict[str, Schema] = {
    "route": _object(
        {
            "process": _TEXT,
            "label": _TEXT,
            "needed": {**_YES_NO, "description": "False: no approval is needed, so there are no steps."},
            "condition": _CONDITION,
            "steps": _all(ref("step_of_route")),
            "changes": {
                **_all(ref("change_of_route")),
                "description": "Changes of one field that would change the route, the smallest first.",
            },
        }
    ),
    "condition_of_route": _object(
        {
            "text": {**_TEXT, "description": "The expression."},
            "holds": _YES_NO,
            "why": {**_MAYBE_TEXT, "description": "The values that decided, as far as you may see them."},
            "steps": _all(ref("step_of_reason")),
        }
    ),
    "step_of_route": _object(
        {
            "step": _TEXT,
            "label": _TEXT,
            "type": _TEXT,
            "state": _TEXT,
            "skipped": _YES_NO,
            "depth": {"type": "integer", "minimum": 0, "description": "How many branches it is in."},
            "condition": _CONDITION,
            "branches": _all(
                _object({"name": _TEXT, "label": _TEXT, "taken": _YES_NO, "condition": _CONDITION})
            ),
            "named": _all(ref("naming_of_route")),
            "people": _all(
                _object(
                    {
                        "person": ref("person"),
                        "why_not": {
                            "enum": ["submitter", "sender", "editor", "separated", "inactive", None],
                            "description": "Why the person may not decide; null: may.",
                        },
                        "instead": {**_PERSON, "description": "Who is asked instead."},
                    }
                )
            ),
        }
    ),
    "naming_of_route": _object(
        {
            "who": {**_all(_TEXT), "description": "Whom the definition names, in words."},
            "people": _all(ref("person")),
            "counted": {**_YES_NO, "description": "Whether these were taken; else those of the next."},
            "table": _or_null(ref("table_of_route")),
        }
    ),
    "table_of_route": _object(
        {
            "table": _TEXT,
            "label": _TEXT,
            "refused": {**_MAYBE_TEXT, "description": "Why the table has no answer."},
            "rows": _all(
                _object(
                    {
                        "row": _TEXT,
                        "hit": _YES_NO,
                        "cells": _all(
                            _object(
                                {"input": _TEXT},
                                {
                                    "value": {},
                                    "holds": {"type": ["boolean", "null"]},
                                    "withheld": _WITHHELD,
                                },
                            )
                        ),
                    }
                )
            ),
        }
    ),
    "change_of_route": _object(
        {
            "field": {**_TEXT, "description": "The path of the field, such as `lines.discount`."},
            "label": _TEXT,
            "line": {"type": ["integer", "null"], "description": "The number of the line, from 1."},
            "every_line": {**_YES_NO, "description": "No line may be above the value."},
            "now": {},
            "value": {},
            "needed": {**_YES_NO, "description": "Whether an approval would be needed at all."},
            "asked": {**_all(_TEXT), "description": "Steps that would be asked then."},
            "spared": {**_all(_TEXT), "description": "Steps that would not be asked then."},
            "others": {**_all(_TEXT), "description": "Steps at which others would be asked then."},
        }
    ),
}
