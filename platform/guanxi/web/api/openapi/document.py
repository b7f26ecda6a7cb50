"""Putting the document together."""

from typing import Any

from guanxi import __version__
from guanxi.commands.actor import Actor
from guanxi.definitions.catalog import Catalog
from guanxi.rules.access import Access
from guanxi.web.api.openapi.common_paths import SCHEMAS, people_paths, search_paths
from guanxi.web.api.openapi.parts import PROBLEM
from guanxi.web.api.openapi.process_paths import SCHEMAS as OF_PROCESSES
from guanxi.web.api.openapi.process_paths import instance_paths, task_paths
from guanxi.web.api.openapi.record_paths import record_paths
from guanxi.web.api.openapi.route_parts import ROUTE_PARTS
from guanxi.web.api.openapi.shapes import Schema, payload_schema, record_schema
from guanxi.web.api.visible import readable_fields, writable_fields


def openapi_document(catalog: Catalog, actor: Actor, tag: str) -> dict[str, Any]:
    """The whole API as the person may use it; labels in the language `tag`."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Schema] = {"problem": PROBLEM, **SCHEMAS, **OF_PROCESSES, **ROUTE_PARTS}
    for entity in catalog.entities.values():
        access = actor.access(catalog, entity, {})
        if access.may("read"):
            schemas |= _schemas(access, tag)
            paths |= record_paths(catalog, entity, access, tag)
    paths |= task_paths() | instance_paths() | search_paths()
    if actor.may(catalog, "people"):
        paths |= people_paths()
    return {
        "openapi": "3.1.0",
        "info": {"title": "Guanxi", "version": __version__, "x-catalog": catalog.digest},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {
                "problem": {
                    "description": "What is wrong and what to do.",
                    "content": {
                        "application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}
                    },
                }
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas(access: Access, tag: str) -> dict[str, Schema]:
    entity = access.entity
    schemas = {entity.name: record_schema(entity, readable_fields(access), tag)}
    if access.may("create") or access.may("update"):
        schemas[f"{entity.name}_payload"] = payload_schema(entity, writable_fields(access), tag)
    return schemas
