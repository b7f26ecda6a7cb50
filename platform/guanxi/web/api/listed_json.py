"""The records of a list in the JSON form of the API.

They have no lines and no transitions: to work those out for every row would take as long as all the rest. A
page has thousands of values, so what is done with each field is worked out once for the rows that are alike.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any

from guanxi.commands.records.viewing import seen_of
from guanxi.commands.views import RecordPage
from guanxi.definitions.entity import Entity
from guanxi.rules.access import RecordAccess
from guanxi.web.api.record_json import MOMENTS, PEOPLE, Titles, writer_of

Record = Mapping[str, Any]
WriteRecord = Callable[[Record, Titles], dict[str, Any]]
Read = Callable[[Record, Titles], Any]


def listed_json(page: RecordPage) -> list[dict[str, Any]]:
    """Records as a list shows them."""
    if not page.rows:
        return []
    read = tuple(page.rows[0].record)
    return [_writer(page.entity, row.access, page.titles, read)(row.record, page.named) for row in page.rows]


@lru_cache(maxsize=1024)
def _writer(
    entity: Entity, access: RecordAccess, titles: tuple[tuple[str, str, str], ...], read: tuple[str, ...]
) -> WriteRecord:
    """What writes a record of which the keys `read` are there, as far as an access shows it."""
    seen, loaded = seen_of(entity, access), frozenset(read)
    title_paths = {name: path for name, _, path in titles}
    shown = (*MOMENTS, *PEOPLE, *(name for name, field in entity.fields.items() if field.lines is None))
    names = ("id", "version", *(name for name in shown if name in loaded and name in seen.clear))
    written: list[tuple[str, Read]] = []
    for name in names:
        if name in title_paths:
            written.append((name, _reference(name, title_paths[name])))
        elif name in entity.fields and (write := writer_of(entity.fields[name])) is not None:
            written.append((name, write))
    hidden = dict.fromkeys(name for name in seen.masked_fields if name in loaded)
    values = itemgetter(*names)
    masked = {"_masked": list(seen.masked_fields)} if seen.masked_fields else {}

    def write_record(record: Record, named: Titles) -> dict[str, Any]:
        content = dict(zip(names, values(record), strict=True))
        content["id"] = str(content["id"])
        for name, one in written:
            if content[name] is not None:
                content[name] = one(record, named)
        title = record.get(entity.title)
        content |= hidden
        content["_title"] = str(title) if title not in (None, "") else f"#{content['id']}"
        content |= masked
        return content

    return write_record


def _reference(name: str, path: str) -> Read:
    def read(record: Record, _named: Titles) -> dict[str, str | None]:
        title = record.get(path)
        return {"id": str(record[name]), "title": None if title is None else str(title)}

    return read
