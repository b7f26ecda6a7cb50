"""Records in the JSON form of the API.

What a field needs is worked out once a reply, not once a row: a page of a list has thousands of values.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from starlette.responses import Response

from guanxi.commands.views import RecordView
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES, FieldType
from guanxi.definitions.fields.any_reference import leads_to
from guanxi.definitions.fields.references import LINK
from guanxi.web.replies import json_reply

Titles = Mapping[tuple[str, int], str]
Values = Mapping[str, Any]
WriteField = Callable[[Values, Titles], Any]
"""The JSON form of a field of a record that has a value there."""

MOMENTS = ("created_at", "updated_at")
PEOPLE = ("created_by", "updated_by")


def record_json(view: RecordView, *, whole: bool = True) -> dict[str, Any]:
    """The visible fields, who made and changed the record, which fields are masked; if `whole`, all of it.

    Beside something else it has no lines, and no transitions are offered.
    """
    values, titles = view.values, view.titles
    content: dict[str, Any] = {"id": str(view.id), "version": view.version}
    for key in MOMENTS:
        if key in values:
            content[key] = values[key]
    for key in PEOPLE:
        if key in values:
            content[key] = _reference("user", values[key], titles)
    _write_into(content, _writers(view.entity, lines=whole), values, titles)
    content["_title"] = view.title
    if whole:
        content["_actions"] = [transition.name for transition in view.actions]
        if view.recall:
            content["_actions"].append("recall")
    if view.masked:
        content["_masked"] = list(view.masked)
    return content


def record_reply(view: RecordView, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A record with its version as ETag."""
    return json_reply(record_json(view), status, {"etag": etag(view.version), **(headers or {})})


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


@lru_cache(maxsize=512)
def _writers(entity: Entity, *, lines: bool) -> list[tuple[str, WriteField | None]]:
    """A writer for each field; None where the value is its own JSON form."""
    return [(name, writer_of(field)) for name, field in entity.fields.items() if lines or field.lines is None]


def writer_of(field: Field) -> WriteField | None:
    """What makes the JSON form of a field's value; None where the value is its own JSON form."""
    kind, name = FIELD_TYPES[field.type], field.name
    if field.lines is not None and field.type == "references":
        target = field.lines.fields[LINK].to or ""
        return lambda values, titles: _links(target, values[name], titles)
    if field.lines is not None:
        inner = _writers(field.lines, lines=False)
        return lambda values, titles: [_line(inner, line, titles) for line in values[name]]
    if field.targets:
        return lambda values, titles: _any_reference(field, values, titles)
    if field.to is not None:
        to = field.to
        return lambda values, titles: _reference(to, values[name], titles)
    # The reply writes times by itself, in just the form that the types have.
    if type(kind).to_json is FieldType.to_json or field.type in ("date", "datetime"):
        return None
    return lambda values, _: kind.to_json(field, values)


def _links(to: str, links: Iterable[Values], titles: Titles) -> list[dict[str, Any] | None]:
    return [_reference(to, link[LINK], titles) for link in links]


def _line(fields: list[tuple[str, WriteField | None]], line: Values, titles: Titles) -> dict[str, Any]:
    content: dict[str, Any] = {"id": str(line["id"])}
    _write_into(content, fields, line, titles)
    return content


def _write_into(
    content: dict[str, Any], fields: list[tuple[str, WriteField | None]], values: Values, titles: Titles
) -> None:
    for name, write in fields:
        if name in values:
            value = values[name]
            content[name] = value if value is None or write is None else write(values, titles)


def _any_reference(field: Field, values: Values, titles: Titles) -> dict[str, Any] | None:
    link = leads_to(field, values)
    return None if link is None else {"entity": link.entity, "id": str(link.id), "title": titles.get(link)}


def _reference(entity: str, id_: int | None, titles: Titles) -> dict[str, Any] | None:
    return None if id_ is None else {"id": str(id_), "title": titles.get((entity, id_))}
