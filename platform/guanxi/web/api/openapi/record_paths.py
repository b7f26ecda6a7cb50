"""The addresses of one entity's records."""

from typing import Any

from guanxi.definitions.catalog import Catalog
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import say
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


def _action_paths(catalog: Catalog, entity: Entity, access: Access, tag: str) -> Paths:
    stages = catalog.stages.get(entity.name)
    transitions = stages.transitions if stages is not None else {}
    labels = {name: one.label for name, one in transitions.items()}
    labels |= {one.name: one.label for one in catalog.actions_of(entity.name)}
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
                body={"type": "object"},
                body_required=False,
            ),
        }
        for name in names
    }
