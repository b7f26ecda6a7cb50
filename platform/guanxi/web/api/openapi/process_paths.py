"""The inbox, what people do with tasks and whole processes, and absences."""

from typing import Any

from guanxi.web.api.openapi.parts import (
    AFTER,
    IDEMPOTENCY_KEY,
    LIMIT,
    SEEN_VERSION,
    all_of,
    in_path,
    in_query,
    operation,
    page_of,
    ref,
)
from guanxi.web.api.openapi.shapes import ID, MOMENT, Schema

TASKS, PROCESSES, PEOPLE = "Tasks", "Processes", "People"
_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "format": "date"}
_IDS: Schema = {"type": "array", "items": ID}
_FLAG: Schema = {"type": "boolean", "default": False}
_OBJECT: Schema = {"type": "object"}
_PARTS: dict[str, Schema] = {
    "comment": _TEXT,
    "person": ID,
    "add": ID,
    "fields": {**_OBJECT, "description": "Values that the step lets its people fill in."},
    "answer": _TEXT,
    "tasks": _IDS,
    "people": _IDS,
    "files": _IDS,
    "to": _TEXT,
    "text": _TEXT,
    "step": _TEXT,
    "where": {"type": "string", "enum": ["before", "after", "beside"]},
}

SCHEMAS: dict[str, Schema] = {
    "verdict": {
        "type": "object",
        "properties": {
            "id": ID,
            "done": {"type": "boolean"},
            "code": {"type": ["string", "null"]},
            "detail": {"type": ["string", "null"]},
        },
        "required": ["id", "done"],
    },
    "instance": {
        "type": "object",
        "properties": {
            "id": ID,
            "kind": {"type": "string", "enum": ["approval", "automation"]},
            "process": _TEXT,
            "label": _TEXT,
            "status": _TEXT,
            "entity": _TEXT,
            "record": _OBJECT,
            "content": {"type": ["object", "null"], "description": "The record, where you may read it."},
            "card": {"type": ["object", "null"]},
            "history": {"type": "array", "items": ref("process_event")},
            "comments": {"type": "array", "items": _OBJECT},
            "copies": {"type": "array", "items": _OBJECT},
            "may": {**_OBJECT, "description": "What you may do with the whole of it."},
            "explanation": {
                **ref("route"),
                "description": "Why it goes this way; when it is read by itself.",
            },
        },
        "required": ["id", "process", "status", "history"],
    },
    "process_event": {
        "type": "object",
        "properties": {
            "seq": {"type": "integer", "minimum": 1},
            "type": {**_TEXT, "description": "submit, decide, return, transfer, timer and the like."},
            "at": MOMENT,
            "by": {"oneOf": [ref("person"), {"type": "null"}]},
            "behalf": {"oneOf": [ref("person"), {"type": "null"}]},
            "who": {"oneOf": [ref("person"), {"type": "null"}]},
            "step": {"type": ["string", "null"]},
            "answer": _TEXT,
            "to": _TEXT,
            "comment": _TEXT,
        },
        "required": ["seq", "type", "at"],
    },
    "absence": {
        "type": "object",
        "properties": {
            "absence": {
                "type": ["object", "null"],
                "properties": {
                    "person": ref("person"),
                    "deputy": ref("person"),
                    "first_day": _DAY,
                    "last_day": _DAY,
                    "now": {"type": "boolean"},
                },
            }
        },
        "required": ["absence"],
    },
}

_TASK_ACTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "approve": ("Approve", ("comment", "add", "fields"), ()),
    "reject": ("Reject; the comment says why", ("comment", "add", "fields"), ()),
    "answer": ("Answer with an outcome", ("answer", "comment", "add", "fields"), ("answer",)),
    "return": ("Send it back to the submitter or a step", ("to", "comment"), ("to", "comment")),
    "transfer": ("Hand it on for good", ("person", "comment"), ("person",)),
    "delegate": ("Have somebody advise first", ("person", "comment"), ("person",)),
    "ask": ("Ask somebody for information", ("person", "comment"), ("person", "comment")),
    "reply": ("Give the information that was asked for", ("comment",), ("comment",)),
    "add": ("Add an approver", ("person", "where", "comment"), ("person", "where")),
    "remove": ("Take out an approver whom you added", ("person",), ("person",)),
    "claim": ("Take a task that several hold", (), ()),
    "release": ("Give a claimed task back", (), ()),
    "skip": ("Leave out a task", ("comment",), ()),
    "assign": ("Give a task to a person", ("person", "comment"), ("person",)),
}
_INSTANCE_ACTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "recall": ("Take back what you submitted", ("comment",), ()),
    "cancel": ("End it without a decision", ("comment",), ()),
    "move": ("Move it back to a step", ("to", "comment"), ("to",)),
    "remind": ("Remind those who are asked", ("step",), ()),
    "copy": ("Send people a copy", ("people", "comment"), ("people",)),
    "comment": ("Remark, mention people, attach files", ("text", "step", "people", "files"), ()),
}
VERSIONED = ("approve", "reject", "answer", "return")
"""What is done with a task that compares the version of the record where it is sent."""


def task_paths() -> dict[str, Any]:
    """The inbox and what is done with a task."""
    boxes = {"type": "string", "enum": ["waiting", "sent", "done", "cc", "held"], "default": "waiting"}
    filters = (
        in_query("box", "Which tasks.", boxes),
        in_query("entity", "Only of records of this entity."),
        in_query("process", "Only of this process."),
        in_query("submitter", "Only of what this person submitted.", ID),
        in_query("overdue", "Only what should have been decided.", _FLAG),
        in_query("sort", "Newest first, or by due date.", {"type": "string", "enum": ["newest", "due"]}),
    )
    task = ref("task")
    many = _body(("tasks", "answer", "comment"), ("tasks", "answer"))
    paths = {
        "/api/v1/tasks": {
            "get": operation(
                "list_tasks", "List tasks", page_of(task), tag=TASKS, parameters=(*filters, LIMIT, AFTER)
            )
        },
        "/api/v1/tasks/decide": {
            "post": operation(
                "decide_tasks",
                "Answer many tasks, each for itself",
                all_of(ref("verdict")),
                tag=TASKS,
                parameters=(IDEMPOTENCY_KEY,),
                body=many,
            )
        },
        "/api/v1/tasks/{id}": {
            "parameters": [in_path("id")],
            "get": operation("read_task", "Read a task with its record and chain", task, tag=TASKS),
        },
    }
    for name, said in _TASK_ACTS.items():
        keys = (SEEN_VERSION, IDEMPOTENCY_KEY) if name in VERSIONED else (IDEMPOTENCY_KEY,)
        paths[f"/api/v1/tasks/{{id}}/{name}"] = _act(f"{name}_task", said, task, TASKS, keys)
    return paths


def instance_paths() -> dict[str, Any]:
    """A process of a record, and absences."""
    instance, absence = ref("instance"), ref("absence")
    read = operation("read_instance", "Read a process with its history", instance, tag=PROCESSES)
    paths: dict[str, Any] = {"/api/v1/instances/{id}": {"parameters": [in_path("id")], "get": read}}
    for name, said in _INSTANCE_ACTS.items():
        path = f"/api/v1/instances/{{id}}/{name}"
        paths[path] = _act(f"{name}_instance", said, instance, PROCESSES, (IDEMPOTENCY_KEY,))
    days = {"deputy": ID, "first_day": _DAY, "last_day": _DAY}
    body = {"type": "object", "properties": days, "required": [*days], "additionalProperties": False}
    paths["/api/v1/users/{id}/absence"] = {
        "parameters": [in_path("id")],
        "get": operation("read_absence", "When somebody is away", absence, tag=PEOPLE),
        "put": operation("set_absence", "Say when somebody is away", absence, tag=PEOPLE, body=body),
        "delete": operation("clear_absence", "Somebody is back", absence, tag=PEOPLE),
    }
    return paths


def _act(
    name: str,
    said: tuple[str, tuple[str, ...], tuple[str, ...]],
    reply: Schema,
    tag: str,
    keys: tuple[Schema, ...],
) -> dict[str, Any]:
    summary, parts, required = said
    post = operation(
        name,
        summary,
        reply,
        tag=tag,
        parameters=keys,
        body=_body(parts, required),
        body_required=bool(required),
    )
    return {"parameters": [in_path("id")], "post": post}


def _body(parts: tuple[str, ...], required: tuple[str, ...]) -> Schema:
    properties = {name: _PARTS[name] for name in parts}
    body: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return body | {"required": list(required)} if required else body
