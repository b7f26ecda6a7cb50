"""Changing the layouts of an entity in a draft."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.fields import CHANGED, entity_in
from guanxi.definitions.catalog import Catalog
from guanxi.definitions.layout import Layout
from guanxi.definitions.read_layout import made_layout
from guanxi.errors import Conflict

Data = dict[str, Any]
VIEWS = ("detail", "list", "compact")


def layout_in(
    definitions: Mapping[tuple[str, str], Any], catalog: Catalog, entity: str, view: str
) -> tuple[str, Data]:
    """The layout of a view with its name: the declared one, or what is made where there is none.

    Raises:
        NotFound: there is no such entity.
    """
    entity_in(definitions, entity)
    for (kind, name), data in definitions.items():
        if kind == "layout" and (data["of"], data["view"]) == (entity, view):
            return name, data
    known = catalog.entities.get(entity)
    made = made_layout(known, view) if known is not None else Layout(name="", of=entity, view="detail")
    name = f"{entity}_{view}"
    taken = ("layout", name) in definitions
    return (f"{name}_2" if taken else name), data_of(made, f"{name}_2" if taken else name, view)


def change_layout(definitions: Definitions, name: str, data: Data, seen: str, before: Data) -> None:
    """Put a layout in place of the one whose print was `seen`.

    Raises:
        Conflict: it is another one by now.
    """
    if print_of(definitions.get(("layout", name), before)) != seen:
        raise Conflict(CHANGED)
    definitions["layout", name] = data


def data_of(layout: Layout, name: str, view: str) -> Data:
    """The definition of a layout that was made from fields."""
    data: Data = {"kind": "layout", "name": name, "of": layout.of, "view": view}
    columns = [place.field for place in layout.columns]
    if view == "list":
        return data | {
            "columns": columns,
            "sort": [f"{'-' * one.descending}{one.field}" for one in layout.sort],
        }
    if view == "compact":
        return data | {"fields": columns}
    sections = [
        {
            "name": one.name,
            "label": dict(one.label),
            "fields": [
                {"field": place.field, "span": place.span} if place.span > 1 else place.field
                for place in one.fields
            ],
        }
        for one in layout.sections
    ]
    highlight = {"highlight": list(layout.highlight)} if layout.highlight else {}
    return data | highlight | {"sections": sections}
