"""Reading layouts, and making those that nobody declared."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.entity import Entity
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.labels import humanised
from guanxi.definitions.layout import Layout, Place, Related, SavedView, Section, Sort
from guanxi.definitions.system_fields import listed_field
from guanxi.expressions import Formula
from guanxi.expressions.types import BOOLEAN

Data = Mapping[str, Any]

SYSTEM_FIELDS = frozenset({"id", "created_at", "created_by", "updated_at", "updated_by"})
"""What every record has besides its fields."""


def read_layout(data: Data, compiling: Compiling) -> Layout:
    """Compile a layout document that its meta-schema has accepted."""
    of = data["of"]
    compiling.known("entity", of, "/of")
    reader = _Reader(of, compiling)
    placed = "fields" if data["view"] == "compact" else "columns"
    return Layout(
        name=data["name"],
        of=of,
        view=data["view"],
        columns=reader.places(data.get(placed, ()), f"/{placed}", parts=data["view"] == "list"),
        sort=reader.sort(data.get("sort", ()), "/sort"),
        filters=reader.names(data.get("filters", ()), "/filters", parts=True),
        views=reader.views(data.get("views", ())),
        highlight=reader.names(data.get("highlight", ()), "/highlight"),
        sections=reader.sections(data.get("sections", ())),
    )


class _Reader:
    """Reads the parts of a layout of one entity."""

    def __init__(self, of: str, compiling: Compiling) -> None:
        self.of, self.entity, self.compiling = of, compiling.entity(of), compiling

    def names(self, names: Iterable[str], pointer: str, *, parts: bool = False) -> tuple[str, ...]:
        """Fields by name; fields of lines have no place in a cell. With `parts` also `address.city`."""
        for index, name in enumerate(names):
            self._check(name, f"{pointer}/{index}", parts=parts)
        return tuple(names)

    def places(
        self, items: Sequence[Any], pointer: str, *, lines: bool = False, parts: bool = False
    ) -> tuple[Place, ...]:
        """Fields with what a layout says about each."""
        found: list[Place] = []
        for index, item in enumerate(items):
            place: Data = {"field": item} if isinstance(item, str) else item
            here = f"{pointer}/{index}" + ("" if isinstance(item, str) else "/field")
            self._check(place["field"], here, lines=lines, parts=parts)
            if any(place["field"] == other.field for other in found):
                self.compiling.problem(
                    here, f'the field "{place["field"]}" occurs twice', "remove one of them"
                )
            found.append(Place(field=place["field"], span=place.get("span", 1), label=place.get("label")))
        return tuple(found)

    def sort(self, keys: Sequence[str], pointer: str) -> tuple[Sort, ...]:
        """Orders such as `-ordered_on`."""
        self.names([key.lstrip("-") for key in keys], pointer)
        return tuple(Sort(key.lstrip("-"), key.startswith("-")) for key in keys)

    def views(self, items: Sequence[Data]) -> tuple[SavedView, ...]:
        """Saved views."""
        self.compiling.distinct(items, "/views")
        return tuple(
            SavedView(
                name=item["name"],
                label=item["label"],
                where=self.compiling.optional(item, "where", self.of, BOOLEAN, f"/views/{index}"),
                sort=self.sort(item.get("sort", ()), f"/views/{index}/sort"),
            )
            for index, item in enumerate(items)
        )

    def sections(self, items: Sequence[Data]) -> tuple[Section, ...]:
        """The sections of a page; a field stands in one of them."""
        self.compiling.distinct(items, "/sections")
        return tuple(self._section(item, f"/sections/{index}") for index, item in enumerate(items))

    def _section(self, item: Data, pointer: str) -> Section:
        if ("fields" in item) == ("related" in item):
            self.compiling.problem(pointer, 'a section has either "fields" or "related"', "write one of them")
        related = item.get("related")
        return Section(
            name=item["name"],
            label=item.get("label") or humanised(item["name"]),
            columns=item.get("columns", 2),
            fields=self.places(item.get("fields", ()), f"{pointer}/fields", lines=True),
            related=self._related(related, f"{pointer}/related") if related else None,
            visible_when=self._visible_when(item, pointer),
        )

    def _visible_when(self, item: Data, pointer: str) -> Formula | None:
        """When a section is shown: a page has what the record itself holds, and nothing of other records."""
        found = self.compiling.optional(item, "visibleWhen", self.of, BOOLEAN, pointer)
        entity = self.entity
        if found is None or entity is None:
            return found
        for path in sorted(found.reads):
            head, _, rest = path.partition(".")
            field = entity.fields.get(head)
            inner = field.lines.fields.get(rest) if field is not None and field.lines is not None else None
            if rest and inner is None and (field is None or field.type != "money"):
                self.compiling.problem(
                    f"{pointer}/visibleWhen",
                    f"{path} belongs to another record",
                    "add a field with a formula that takes it over, and name that",
                )
        return found

    def _related(self, item: Data, pointer: str) -> Related:
        name, via = item["entity"], item["via"]
        other = _Reader(name, self.compiling)
        if self.compiling.known("entity", name, f"{pointer}/entity") and other.entity and self.entity:
            leading = {
                f.name for f in other.entity.fields.values() if f.type == "reference" and f.to == self.of
            }
            self.compiling.one_of(
                via, leading, Part("field", name, f"reference from {name} to {self.of}"), f"{pointer}/via"
            )
        return Related(
            entity=name,
            via=via,
            columns=other.names(item["columns"], f"{pointer}/columns"),
            sort=other.sort(item.get("sort", ()), f"{pointer}/sort"),
            where=self.compiling.optional(item, "where", name, BOOLEAN, pointer),
            limit=item.get("limit", 5),
        )

    def _check(self, name: str, pointer: str, *, lines: bool = False, parts: bool = False) -> None:
        entity = self.entity
        if entity is None:
            return
        if parts and "." in name and listed_field(entity, name) is not None:
            self.compiling.mention(Part("field", self.of), name.partition(".")[0], pointer)
            return
        fits = {n for n, one in entity.fields.items() if one.lines is None or (parts and one.type != "lines")}
        known = (set(entity.fields) if lines else fits) | SYSTEM_FIELDS
        if name in entity.fields and name not in known:
            self.compiling.problem(
                pointer, f'the lines "{name}" do not fit in a cell', "put them in a detail section"
            )
            return
        self.compiling.one_of(name, known, Part("field", self.of), pointer)


def made_layout(entity: Entity, view: str) -> Layout:
    """The layout of an entity that declares none."""
    plain = [
        field.name
        for field in entity.fields.values()
        if FIELD_TYPES[field.type].sortable and field.type != "longText"
    ]
    title_first = [entity.title, *(name for name in plain if name != entity.title)]
    name = f"{entity.name}_{view}"
    if view == "list":
        places = tuple(Place(field=field) for field in title_first[:7])
        return Layout(
            name=name, of=entity.name, view="list", columns=places, sort=(Sort("updated_at", True),)
        )
    if view == "compact":
        places = tuple(Place(field=field) for field in title_first[:4])
        return Layout(name=name, of=entity.name, view="compact", columns=places)
    return Layout(
        name=name,
        of=entity.name,
        view="detail",
        highlight=tuple(title_first[1:5]),
        sections=(_basics(entity),),
    )


def _basics(entity: Entity) -> Section:
    places = tuple(
        Place(field=field.name, span=2 if field.lines or field.type == "longText" else 1)
        for field in entity.fields.values()
    )
    label = {"en": "Details", "zh-CN": "详细信息"}
    return Section(name="details", label=label, fields=places)
