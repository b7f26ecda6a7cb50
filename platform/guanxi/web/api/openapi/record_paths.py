"""The addresses of one entity's records."""

from typing import Any

from guanxi.definitions.action import Action
from guanxi.definitions.catalog import Catalog
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import say
from guanxi.definitions.stages import Transition
from guanxi.rules.access import Access
from guanxi.web.api.openapi.parts import (
    AFTER,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    LIMIT,
    all_of,
    in_path,
    in_query,
    operation,
    page_of,
    ref,
)
from guanxi.web.api.openapi.shapes import ID
from guanxi.web.api.visible import readable_fields

Paths = dict[str, dict[str, Any]]


def record_paths(catalog: Catalog, entity: Entity, access: Access, tag: str) -> Paths:
    """What the person may do with records of the entity."""
    name = entity.name
    label, plural = say(entity.label, tag), say(entity.plural, tag)
    many: dict[str, Any] = {
        "get": operation(
            f"list_{name}",
            f"List: {plural}",
            page_of(ref(name)),
            tag=plural,
            parameters=(
                in_query("where", "A condition in the expression language, such as `total > 100`."),
                in_query("sort", "Field names, separated by commas; `-` in front for descending."),
                LIMIT,
                AFTER,
            ),
        )
    }
    one: dict[str, Any] = {
        "parameters": [in_path("id")],
        "get": operation(f"read_{name}", f"Read: {label}", ref(name), tag=plural),
    }
    if access.may("create"):
        many["post"] = operation(
            f"create_{name}",
            f"Create: {label}",
            ref(name),
            tag=plural,
            status=201,
            parameters=(IDEMPOTENCY_KEY,),
            body=ref(f"{name}_payload"),
        )
    if access.may("update"):
        one["patch"] = operation(
            f"update_{name}",
            f"Change: {label}",
            ref(name),
            tag=plural,
            parameters=(IF_MATCH, IDEMPOTENCY_KEY),
            body=ref(f"{name}_payload"),
        )
    if access.may("delete"):
        one["delete"] = operation(
            f"delete_{name}",
            f"Delete: {label}",
            None,
            tag=plural,
            status=204,
            parameters=(IF_MATCH, IDEMPOTENCY_KEY),
        )
    paths: Paths = {f"/api/v1/records/{name}": many, f"/api/v1/records/{name}/{{id}}": one}
    paths[f"/api/v1/records/{name}/{{id}}/history"] = {
        "parameters": [in_path("id")],
        "get": operation(f"history_of_{name}", f"History: {label}", all_of(ref("history")), tag=plural),
    }
    paths[f"/api/v1/records/{name}/{{id}}/explain/{{field}}"] = _explain_path(entity, access, tag)
    paths |= _route_paths(catalog, entity, tag)
    return paths | _action_paths(catalog, entity, access, tag)


def _explain_path(entity: Entity, access: Access, tag: str) -> dict[str, Any]:
    fields = [field for name, field in entity.fields.items() if name in readable_fields(access)]
    names = [field.name for field in fields]
    names += [f"{field.name}.{inner}" for field in fields if field.lines for inner in field.lines.fields]
    line = in_query("line", "The id of the line, for a field such as `lines.amount`.", ID)
    return {
        "parameters": [in_path("id"), in_path("field", {"type": "string", "enum": names})],
        "get": operation(
            f"explain_{entity.name}",
            f"Why a field is as it is: {say(entity.label, tag)}",
            ref("explanation"),
            tag=say(entity.plural, tag),
            parameters=(line,),
        ),
    }


def _route_paths(catalog: Catalog, entity: Entity, tag: str) -> Paths:
    """Who would have to approve, for the transitions that may need an approval."""
    stages = catalog.stages.get(entity.name)
    transitions = stages.transitions.values() if stages is not None else ()
    names = [one.name for one in transitions if one.approval is not None]
    if not names:
        return {}
    path = f"/api/v1/records/{entity.name}/{{id}}/route/{{transition}}"
    return {
        path: {
            "parameters": [in_path("id"), in_path("transition", {"type": "string", "enum": names})],
            "get": operation(
                f"route_of_{entity.name}",
                f"Who would have to approve, and why: {say(entity.label, tag)}",
                ref("route"),
                tag=say(entity.plural, tag),
            ),
        }
    }


def _action_paths(catalog: Catalog, entity: Entity, access: Access, tag: str) -> Paths:
    stages = catalog.stages.get(entity.name)
    transitions = dict(stages.transitions) if stages is not None else {}
    pressed: dict[str, Transition | Action] = dict(transitions)
    pressed |= {one.name: one for one in catalog.actions_of(entity.name)}
    labels = {name: one.label for name, one in pressed.items()}
    granted = frozenset().union(*(grant.actions for grant in access.grants))
    names = [name for name in labels if name in granted or "*" in granted]
    # Whoever submitted may recall, whatever else is granted.
    if any(one.approval for name, one in transitions.items() if name in names):
        names.append("recall")
    plural = say(entity.plural, tag)
    reply = {
        "type": "object",
        "properties": {
            "record": ref(entity.name),
            "waiting_for": {"type": "array", "items": ref("person")},
            "opened": {
                "type": "object",
                "description": "The new record that the action leads to.",
                "properties": {"entity": {"type": "string"}, "id": {"type": "string"}},
                "required": ["entity", "id"],
            },
        },
        "required": ["record", "waiting_for"],
    }
    return {
        f"/api/v1/records/{entity.name}/{{id}}/actions/{name}": {
            "parameters": [in_path("id")],
            "post": operation(
                f"{name}_{entity.name}",
                say(labels[name], tag) if name in labels else "Recall",
                reply,
                tag=plural,
                parameters=(IF_MATCH, IDEMPOTENCY_KEY),
                body=_pressing(pressed.get(name)),
                body_required=pressed.get(name) is not None and _must_say(pressed[name]),
            ),
        }
        for name in names
    }


def _must_say(pressed: Transition | Action) -> bool:
    return pressed.input is not None and bool(pressed.input.schema["required"])


def _pressing(pressed: Transition | Action | None) -> dict[str, Any]:
    """What may be sent with it: a comment, what is asked for, and values of fields that are required."""
    body: dict[str, Any] = {"type": "object", "properties": {"comment": {"type": "string"}}}
    if pressed is not None and pressed.input is not None:
        body["properties"]["input"] = dict(pressed.input.schema)
        if _must_say(pressed):
            body["required"] = ["input"]
    if isinstance(pressed, Transition) and pressed.requires:
        body["properties"]["fields"] = {
            "type": "object",
            "description": f"Values of what is required and missing: {', '.join(pressed.requires)}.",
        }
    return body
