"""What commands answer besides records, in the JSON form of the API."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from guanxi.commands.views import ChainEntry, HistoryEntry, Hit, PersonView
from guanxi.definitions.fields.datetime import moment_text
from guanxi.definitions.fields.duration import duration_text
from guanxi.definitions.fields.numbers import plain as digits
from guanxi.definitions.labels import say
from guanxi.web.rendering import Catalog


def plain(value: Any) -> Any:
    """A single value in its JSON form: decimals as text, times in UTC with `Z`."""
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return duration_text(value) if isinstance(value, timedelta) else value


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
