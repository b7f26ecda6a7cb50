"""What commands answer, in the JSON form of the API."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from starlette.responses import Response

from guanxi.commands.views import ChainEntry, HistoryEntry, Hit, PersonView, RecordView
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.fields.datetime import moment_text
from guanxi.definitions.fields.numbers import plain as digits
from guanxi.definitions.labels import say
from guanxi.rules.access import SYSTEM_KEYS
from guanxi.web.rendering import Catalog
from guanxi.web.replies import json_reply

Titles = Mapping[tuple[str, int], str]


def record_json(view: RecordView, *, listed: bool = False) -> dict[str, Any]:
    """A record: its visible fields, the transitions offered now, and which fields are masked.

    In a list there are no lines and no transitions: working them out for every row would take as long as all
    the rest.
    """
    content: dict[str, Any] = {"id": str(view.id), "version": view.version}
    for key in ("created_at", "created_by", "updated_at", "updated_by"):
        if key in view.values:
            content[key] = _system(key, view.values[key], view.titles)
    content |= _fields(view.entity, view.values, view.titles, lines=not listed)
    content["_title"] = view.title
    if not listed:
        recall = ["recall"] if view.recall else []
        content["_actions"] = [transition.name for transition in view.actions] + recall
    if view.masked:
        content["_masked"] = list(view.masked)
    return content


def record_reply(view: RecordView, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A record with its version as ETag."""
    return json_reply(record_json(view), status, {"etag": etag(view.version), **(headers or {})})


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def _fields(entity: Entity, values: Mapping[str, Any], titles: Titles, *, lines: bool) -> dict[str, Any]:
    return {
        name: _field(field, values, titles)
        for name, field in entity.fields.items()
        if name in values and name not in SYSTEM_KEYS and (lines or field.lines is None)
    }


def _field(field: Field, values: Mapping[str, Any], titles: Titles) -> Any:
    value = values[field.name]
    if value is None:
        return None
    if field.lines is not None:
        lines = field.lines
        return [{"id": str(line["id"]), **_fields(lines, line, titles, lines=False)} for line in value]
    content = FIELD_TYPES[field.type].to_json(field, values)
    return content | {"title": titles.get((field.to, value))} if field.to is not None else content


def _system(key: str, value: Any, titles: Titles) -> Any:
    if key.endswith("_by") and value is not None:
        return {"id": str(value), "title": titles.get(("user", value))}
    return plain(value)


def plain(value: Any) -> Any:
    """A single value in its JSON form: decimals as text, times in UTC with `Z`."""
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def person_json(person: PersonView | None) -> dict[str, str] | None:
    """A person by id and name."""
    return None if person is None else {"id": str(person.id), "name": person.name}


def hit_json(hit: Hit) -> dict[str, str]:
    """A record that a search found."""
    return {"entity": hit.entity, "id": str(hit.id), "title": hit.title, "detail": hit.detail}


def history_json(entry: HistoryEntry, words: Catalog) -> dict[str, Any]:
    """One thing that happened; labels in the reader's language."""
    tag = words.language.tag
    return {
        "at": moment_text(entry.at),
        "actor": person_json(entry.actor),
        "verb": entry.verb,
        "step": say(entry.step, tag) if entry.step else None,
        "comment": entry.comment,
        "changes": [
            {
                "field": change.field,
                "label": say(change.label, tag),
                "before": any_json(change.before),
                "after": any_json(change.after),
            }
            for change in entry.changes
        ],
    }


def any_json(value: Any) -> Any:
    """A value whose type only its writer knows: nested ones are converted too."""
    if isinstance(value, PersonView):
        return person_json(value)
    if isinstance(value, Mapping):
        return {str(key): any_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [any_json(inner) for inner in value]
    return plain(value)


def chain_json(entry: ChainEntry, words: Catalog) -> dict[str, Any]:
    """One step of an approval's chain."""
    return {
        "name": entry.name,
        "label": say(entry.label, words.language.tag),
        "state": entry.state,
        "people": [person_json(person) for person in entry.people],
        "by": person_json(entry.by),
        "at": moment_text(entry.at) if entry.at else None,
        "comment": entry.comment,
    }
