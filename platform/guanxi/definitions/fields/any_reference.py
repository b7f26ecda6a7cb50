"""A record of one of several entities: what a reference holds whose `to` is a list."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from guanxi.definitions.entity import Column, Field
from guanxi.definitions.fields.base import FieldProblem, nothing
from guanxi.definitions.fields.integer import LARGEST
from guanxi.errors import N_
from guanxi.expressions.types import INTEGER, TextType, Type

_LINK = re.compile(r"([a-z][a-z0-9_]*):([1-9][0-9]{0,18})")
KIND, KEY = "entity", "id"
"""The parts that are kept beside the value: what kind of record it is, and which."""
NOT_A_LINK = N_(
    "Send the entity and the id of a record, such as {example}.", example='{"entity": "account", "id": "12"}'
)
UNKNOWN = N_("There is no such record. Choose another.")


class Link(NamedTuple):
    """A record by its entity and id."""

    entity: str
    id: int

    def __str__(self) -> str:
        return f"{self.entity}:{self.id}"


def link_of(text: object) -> Link | None:
    """The record that a kept value (`account:12`) means; None for anything else."""
    match = _LINK.fullmatch(text) if isinstance(text, str) else None
    return Link(match[1], int(match[2])) if match and int(match[2]) <= LARGEST else None


def columns(field: Field) -> tuple[Column, ...]:
    """The value in one text, by which it is compared and found, and its parts."""
    return (
        Column(field.name, field.name, "text"),
        Column(f"{field.name}.{KIND}", f"{field.name}__{KIND}", "text"),
        Column(f"{field.name}.{KEY}", f"{field.name}__{KEY}", "integer"),
    )


def parts(field: Field) -> Mapping[str, Type]:
    """`about.entity` is one of the entities, `about.id` a number."""
    return {KIND: TextType(field.targets), KEY: INTEGER}


def coerce(field: Field, raw: object) -> str | None:
    """The value in one text: of an object with entity and id (a title is left aside), or of that text.

    Raises:
        FieldProblem: it is neither, or the field does not lead to that entity.
    """
    if nothing(raw):
        return None
    if isinstance(raw, Mapping):
        if not {KIND, KEY} <= set(raw) <= {KIND, KEY, "title"}:
            raise FieldProblem("reference", NOT_A_LINK)
        raw = f"{raw[KIND]}:{raw[KEY]}"
    if not isinstance(raw, str):
        raise FieldProblem("reference", NOT_A_LINK)
    link = link_of(raw)
    if link is None or link.entity not in field.targets:
        raise FieldProblem("not_found", UNKNOWN)
    return str(link)


def kept(field: Field, value: str | None) -> dict[str, Any]:
    """The value and its parts."""
    link = link_of(value)
    return {
        field.name: value,
        f"{field.name}.{KIND}": link.entity if link else None,
        f"{field.name}.{KEY}": link.id if link else None,
    }


def to_json(field: Field, record: Mapping[str, Any]) -> dict[str, str] | None:
    """An object of entity and id; whoever answers a request adds the title that the reader may see."""
    link = link_of(record.get(field.name))
    return None if link is None else {KIND: link.entity, KEY: str(link.id)}


def schema_of(field: Field, reference: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a reference with the entity in front."""
    properties = {KIND: {"enum": list(field.targets)}, **reference["properties"]}
    return {**reference, "properties": properties, "required": [KIND, KEY]}


def leads_to(field: Field, record: Mapping[str, Any]) -> Link | None:
    """The record that a reference of either sort leads to."""
    value = record.get(field.name)
    if field.targets:
        return link_of(value)
    return Link(field.to, value) if field.to is not None and isinstance(value, int) else None
