"""Changing the fields of entities in a draft, and where layouts show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem

Data = dict[str, Any]

NO_ENTITY = N_("There is no such entity in the draft. Somebody may have discarded it.")
NO_FIELD = N_("There is no such field in the draft. Somebody may have removed or renamed it.")
TAKEN = N_("There is a field of this name already. Choose another.")
CHANGED = N_("Somebody changed this in the draft while you did. Open it again to see what it is now.")


@dataclass(frozen=True, slots=True)
class Showing:
    """Where a new field is shown: in a section of the page (empty: in none), as a column, as a filter."""

    section: str = ""
    column: bool = False
    filter: bool = False


def entity_in(definitions: Mapping[tuple[str, str], Any], name: str) -> Data:
    """An entity of the draft.

    Raises:
        NotFound: there is none.
    """
    found: Data | None = definitions.get(("entity", name))
    if found is None:
        raise NotFound(NO_ENTITY)
    return found


def holder_of(entity: Data, path: str) -> tuple[Data, str]:
    """What holds a field (`total`, or `lines.price`), and its key there.

    Raises:
        NotFound: there are no such lines.
    """
    lines, _, name = path.rpartition(".")
    fields = entity["fields"]
    if lines:
        fields = fields.get(lines, {}).get("fields")
        if fields is None:
            raise NotFound(NO_FIELD)
    return fields, name


def field_in(entity: Data, path: str) -> Data:
    """A field of an entity or of its lines.

    Raises:
        NotFound: there is none.
    """
    fields, name = holder_of(entity, path)
    if name not in fields:
        raise NotFound(NO_FIELD)
    found: Data = fields[name]
    return found


def add_field(definitions: Definitions, entity: str, path: str, data: Data, showing: Showing) -> None:
    """Add a field and show it.

    Raises:
        Invalid: the name is taken.
    """
    fields, name = holder_of(entity_in(definitions, entity), path)
    if name in fields:
        raise Invalid(TAKEN, [Problem("/name", "taken", TAKEN)])
    fields[name] = data
    if "." not in path:
        _show(definitions, entity, name, data, showing)


def change_field(definitions: Definitions, entity: str, path: str, data: Data, seen: str) -> None:
    """Put a definition in place of the one whose print was `seen`.

    Raises:
        Conflict: it is another one by now.
    """
    fields, name = holder_of(entity_in(definitions, entity), path)
    if print_of(fields.get(name)) != seen:
        raise Conflict(CHANGED)
    fields[name] = data


def remove_field(definitions: Definitions, entity: str, path: str) -> None:
    """Remove a field, and with it every place in which layouts show it."""
    data = entity_in(definitions, entity)
    fields, name = holder_of(data, path)
    if name not in fields:
        raise NotFound(NO_FIELD)
    del fields[name]
    if "." in path:
        return
    for key, layout in definitions.items():
        if key[0] == "layout":
            definitions[key] = without_field(layout, entity, name)
    if name in data.get("search", ()):
        rest = [one for one in data["search"] if one != name]
        data.pop("search")
        if rest:
            data["search"] = rest


def without_field(layout: Data, entity: str, name: str) -> Data:
    """A layout that shows the field nowhere, also not among related records."""
    found = dict(layout)
    if layout["of"] == entity:
        for key in ("columns", "fields", "filters", "highlight", "sort"):
            if key in found:
                found[key] = _without(found[key], name)
        found |= {key: [_sorted(one, name) for one in found[key]] for key in ("views",) if key in found}
    if "sections" in found:
        found["sections"] = [_section(one, name, layout["of"], entity) for one in found["sections"]]
    for key in ("filters", "highlight", "sort", "views"):
        if found.get(key) == [] and layout.get(key) != []:
            del found[key]
    return found


def field_of_place(place: Any) -> str:
    """The field that a place of a layout shows."""
    return place if isinstance(place, str) else str(place["field"])


def _section(section: Data, name: str, of: str, entity: str) -> Data:
    found = dict(section)
    if of == entity and "fields" in found:
        found["fields"] = _without(found["fields"], name)
    if "related" in found and found["related"].get("entity") == entity:
        related = dict(found["related"])
        related["columns"] = _without(related["columns"], name)
        found["related"] = _sorted(related, name)
    return found


def _sorted(holder: Data, name: str) -> Data:
    found = dict(holder)
    if "sort" in found:
        found["sort"] = _without(found["sort"], name)
        if not found["sort"]:
            del found["sort"]
    return found


def _without(places: Iterable[Any], name: str) -> list[Any]:
    return [one for one in places if field_of_place(one).lstrip("-") != name]


def _show(definitions: Definitions, entity: str, name: str, data: Data, showing: Showing) -> None:
    wide = data["type"] in ("longText", "lines")
    for key, layout in definitions.items():
        if key[0] != "layout" or layout["of"] != entity:
            continue
        if layout["view"] == "detail" and showing.section:
            for section in layout["sections"]:
                if section["name"] == showing.section and "fields" in section:
                    section["fields"].append({"field": name, "span": 2} if wide else name)
        if layout["view"] == "list" and showing.column and data["type"] != "lines":
            layout["columns"].append(name)
        if layout["view"] == "list" and showing.filter and data["type"] != "lines":
            layout.setdefault("filters", []).append(name)
