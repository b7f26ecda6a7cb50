"""Layouts as the texts of a form, and back. What the form does not show is kept as it was."""

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.commands.studio.fields import field_of_place
from guanxi.studio.typed import (
    Data,
    Typed,
    condition_of,
    condition_typed,
    free_name,
    label_of,
    labels_typed,
    merged,
    name_from,
    positions,
)

LISTS = {"list": ("columns", "filters", "sort"), "detail": ("highlight",), "compact": ("fields",)}
"""The lists of fields that a layout of each view has besides its sections."""
RELATED = "related"
OPTIONAL = ("filters", "sort", "highlight")


def layout_typed(layout: Data, types: Mapping[str, str]) -> Typed:
    """The texts of a form for a layout."""
    typed: Typed = {}
    for name in LISTS[layout["view"]]:
        typed |= _places_typed(name, layout.get(name, ()))
    for index, section in enumerate(layout.get("sections", ())):
        head = f"sections.{index}"
        typed[f"{head}.was"] = section["name"]
        typed |= labels_typed(f"{head}.label", section.get("label"))
        typed[f"{head}.columns"] = str(section.get("columns", 2))
        typed |= condition_typed(f"{head}.visibleWhen", section.get("visibleWhen", ""), types)
        typed |= _places_typed(f"{head}.fields", section.get("fields", ()))
        related = section.get("related")
        if related is not None:
            typed[f"{head}.kind"] = RELATED
            typed[f"{head}.via"] = f"{related['entity']}.{related['via']}"
            typed[f"{head}.limit"] = str(related.get("limit", ""))
            typed |= {f"{head}.shows.{n}.field": one for n, one in enumerate(related["columns"])}
    return typed


def layout_of(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> dict[str, Any]:
    """The definition that a form describes, over the one that it was opened on."""
    data = dict(before)
    for name in LISTS[data["view"]]:
        places = _places(typed, name, data.get(name, ()))
        if places or name not in OPTIONAL:
            data[name] = places
        else:
            data.pop(name, None)
    if data["view"] == "detail":
        known = {one["name"]: one for one in data["sections"]}
        everywhere = [place for one in data["sections"] for place in one.get("fields", ())]
        taken: set[str] = set()
        data["sections"] = [
            _section(typed, index, known, everywhere, taken, types) for index in positions(typed, "sections")
        ]
    return data


def _section(
    typed: Mapping[str, str],
    index: int,
    known: Mapping[str, Data],
    everywhere: Iterable[Any],
    taken: set[str],
    types: Mapping[str, str],
) -> dict[str, Any]:
    head = f"sections.{index}"
    was = typed.get(f"{head}.was", "")
    before = known.get(was, {})
    label = label_of(typed, f"{head}.label", before.get("label"))
    name = was or free_name(name_from(label or {}) or "section", {*known, *taken})
    taken.add(name)
    section = {**before, "name": name}
    columns = typed.get(f"{head}.columns", "2")
    rest: dict[str, Any] = {"label": label, "visibleWhen": condition_of(typed, f"{head}.visibleWhen", types)}
    if is_related(typed, index):
        section.pop("fields", None)
        section["related"] = _related(typed, head, before.get("related", {}))
    else:
        rest["columns"] = 1 if columns == "1" else 2 if "columns" in before else None
        section["fields"] = _places(typed, f"{head}.fields", everywhere)
    for key, value in rest.items():
        if value:
            section[key] = value
        else:
            section.pop(key, None)
    return section


def is_related(typed: Mapping[str, str], index: int) -> bool:
    """Whether a section shows records that refer to this one."""
    return typed.get(f"sections.{index}.kind") == RELATED


def _related(typed: Mapping[str, str], head: str, before: Data) -> dict[str, Any]:
    """Which records, by which reference, with which columns; its order and condition stay."""
    entity, _, via = typed.get(f"{head}.via", "").partition(".")
    there = before if before.get("entity") == entity else {}
    columns = [typed.get(f"{head}.shows.{n}.field", "") for n in positions(typed, f"{head}.shows")]
    shown = list(dict.fromkeys(one for one in columns if one))
    limit = typed.get(f"{head}.limit", "").strip()
    said = {"limit": int(limit) if limit.isdecimal() and len(limit) < 4 else limit or None}
    return merged({**there, "entity": entity, "via": via, "columns": shown}, said)


def _places_typed(name: str, places: Iterable[Any]) -> Typed:
    typed: Typed = {}
    for index, place in enumerate(places):
        field = field_of_place(place)
        typed[f"{name}.{index}.field"] = field.removeprefix("-") if name == "sort" else field
        if name == "sort":
            typed[f"{name}.{index}.down"] = "true" if field.startswith("-") else "false"
        elif name.endswith(".fields"):
            wide = not isinstance(place, str) and place.get("span", 1) > 1
            typed[f"{name}.{index}.wide"] = "true" if wide else "false"
    return typed


def _places(typed: Mapping[str, str], name: str, before: Iterable[Any]) -> list[Any]:
    """The places of a list; one that said more than its field goes on saying it."""
    known = {field_of_place(place): place for place in before}
    found = []
    for index in positions(typed, name):
        field = typed.get(f"{name}.{index}.field", "")
        if not field:
            continue
        if name == "sort":
            found.append(f"-{field}" if typed.get(f"{name}.{index}.down") == "true" else field)
            continue
        place = known.get(field, field)
        if name.endswith(".fields"):
            place = _spanned(place, wide=typed.get(f"{name}.{index}.wide") == "true")
        found.append(place)
    return found


def _spanned(place: Any, *, wide: bool) -> Any:
    more = {"field": place} if isinstance(place, str) else dict(place)
    more.pop("span", None)
    if wide:
        more["span"] = 2
    return more if len(more) > 1 else more["field"]
