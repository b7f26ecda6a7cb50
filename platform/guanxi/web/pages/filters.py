"""What a list is asked for in its address, and the chips that ask for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from guanxi.commands.records.list_records import Filter
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.labels import say
from guanxi.definitions.layout import Layout
from guanxi.definitions.system_fields import SYSTEM_FIELDS, field_of, listed_field
from guanxi.errors import N_
from guanxi.rules.access import Scope
from guanxi.web.pages.cells import NO, YES, Cells, Titles
from guanxi.web.pages.form_references import is_id, leads, link_in
from guanxi.web.rendering.views.lists import Choice
from guanxi.web.rendering.views.lists import Filter as Chip

CHOICES = ("select", "stage", "multiSelect")
TEXTS = ("text", "longText", "sequence", "email", "phone", "url", "address")
FILES = ("file", "image")
RANGES = ("integer", "rating", "decimal", "money", "percent", "date", "datetime", "time", "duration")
PICKED: Mapping[str, Literal["date", "time"]] = {"date": "date", "datetime": "date", "time": "time"}
"""Types of which a bound is picked rather than typed."""
FROM = N_("from {low}")
UP_TO = N_("up to {high}")
THERE, NOT_THERE = N_("There"), N_("Not there")
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The list as its address asks for it; `values` are those of the filters, by parameter."""

    view: str | None = None
    saved: str = ""
    columns: tuple[str, ...] = ()
    search: str = ""
    sort: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def filtered(self) -> bool:
        """Whether something narrows the list besides its saved view."""
        return bool(self.search or self.values)

    def first(self, name: str) -> str:
        """The only value of a parameter, or nothing."""
        return next(iter(self.values.get(name, ())), "")

    def kept(self) -> tuple[tuple[str, str], ...]:
        """What the filter form must not lose."""
        sort, columns = self.sort[0] if self.sort else "", ",".join(self.columns)
        pairs = [("view", self.view or ""), ("saved", self.saved), ("sort", sort), ("columns", columns)]
        return tuple((name, value) for name, value in pairs if value)

    def query(self) -> tuple[tuple[str, str], ...]:
        """What a saved view keeps: everything but the place in the list and which view is open."""
        kept = [pair for pair in self.kept() if pair[0] != "saved"]
        searched = [("q", self.search)] if self.search else []
        return (*kept, *searched, *((name, one) for name, values in self.values.items() for one in values))

    def references(self, entity: Entity) -> dict[str, set[int]]:
        """The records that filters name, by entity, so that their chips can say a title."""
        wanted: dict[str, set[int]] = {}
        for name, values in self.values.items():
            known = entity.fields.get(name)
            if known is not None and (leads(known) or known.type == "references"):
                for link in filter(None, (link_in(known, value) for value in values)):
                    wanted.setdefault(link.entity, set()).add(link.id)
        return wanted


def read_asked(pairs: Iterable[tuple[str, str]], entity: Entity, layout: Layout) -> Asked:
    """Read the parameters of a list's address; what the list does not know is left out of it."""
    values: dict[str, tuple[str, ...]] = {}
    single: dict[str, str] = {}
    for name, text in pairs:
        head = name.removesuffix(".from").removesuffix(".to").removesuffix("._text")
        if name in ("view", "saved", "columns", "sort", "after", "before", "q"):
            single[name] = text
        elif name.endswith("._text") or not text:
            continue
        elif head in layout.filters and listed_field(entity, head) is not None:
            values[name] = (*values.get(name, ()), text)
    views = {view.name for view in layout.views}
    showable = shown_in_lists(entity, layout)
    return Asked(
        view=single.get("view") if single.get("view") in views else None,
        saved=single["saved"] if is_id(single.get("saved", "")) else "",
        columns=tuple(dict.fromkeys(one for one in single.get("columns", "").split(",") if one in showable)),
        search=single.get("q", "").strip()[:LONGEST_SEARCH],
        sort=(single["sort"],) if single.get("sort") else (),
        after=single.get("after") or None,
        before=single.get("before") or None,
        values=values,
    )


def shown_in_lists(entity: Entity, layout: Layout) -> tuple[str, ...]:
    """What can be columns of a list: those of its layout, then all other fields that fit in one line."""
    own = (name for name, one in entity.fields.items() if one.type not in ("lines", "longText"))
    return tuple(dict.fromkeys([*(one.field for one in layout.columns), *own, *SYSTEM_FIELDS]))


def filters_of(asked: Asked, entity: Entity) -> tuple[Filter, ...]:
    """The filters as the list command takes them."""
    found = []
    for name, values in asked.values.items():
        if name.endswith(".from"):
            found.append(Filter(name.removesuffix(".from"), "from", values[0]))
        elif name.endswith(".to"):
            found.append(Filter(name.removesuffix(".to"), "to", values[0]))
        elif field_of(entity, name).type in FILES:
            found.append(Filter(name, "missing", values[0] != "true"))
        elif field_of(entity, name).type in CHOICES:
            found.append(Filter(name, "oneOf", values))
        else:
            contains = field_of(entity, name).type in TEXTS
            found.append(Filter(name, "contains" if contains else "is", values[0]))
    return tuple(found)


def chips(
    entity: Entity, layout: Layout, asked: Asked, cells: Cells, titles: Titles, scope: Scope
) -> Sequence[Chip]:
    """The filter chips of the layout, as far as the person may see the fields."""
    fields = [
        field_of(entity, name) for name in layout.filters if scope.seen_somewhere(name.partition(".")[0])
    ]
    return tuple(_chip(entity, one, asked, cells, titles) for one in fields)


def _chip(entity: Entity, one: Field, asked: Asked, cells: Cells, titles: Titles) -> Chip:
    name, label = one.name, cells.label(one)
    if one.type in CHOICES:
        chosen = asked.values.get(name, ())
        tag = cells.words.language.tag
        choices = tuple(Choice(o.name, say(o.label, tag), o.name in chosen) for o in one.options)
        summary = ", ".join(choice.label for choice in choices if choice.chosen)
        return Chip(name=name, label=label, kind="choice", choices=choices, summary=summary)
    if one.type == "boolean" or one.type in FILES:
        value = asked.first(name)
        yes, no = (THERE, NOT_THERE) if one.type in FILES else (YES, NO)
        answers = (("true", cells.words.say(yes)), ("false", cells.words.say(no)))
        choices = tuple(Choice(key, text, key == value) for key, text in answers)
        summary = next((choice.label for choice in choices if choice.chosen), "")
        return Chip(name=name, label=label, kind="boolean", choices=choices, summary=summary)
    if one.type in ("reference", "references"):
        value = asked.first(name)
        link = link_in(one, value)
        title = titles.get(link, "") if link is not None else ""
        href = f"/look-up/{entity.name}/{name}"
        return Chip(
            name=name, label=label, kind="reference", value=value, text=title, summary=title, lookup_href=href
        )
    if one.type in RANGES:
        return _range(one, label, asked, cells)
    value = asked.first(name)
    return Chip(name=name, label=label, kind="text", value=value, summary=value)


def _range(one: Field, label: str, asked: Asked, cells: Cells) -> Chip:
    low, high = asked.first(f"{one.name}.from"), asked.first(f"{one.name}.to")
    parts = []
    if low and high:
        parts = [f"{low} – {high}"]
    elif low:
        parts = [cells.words.say(FROM(low=low))]
    elif high:
        parts = [cells.words.say(UP_TO(high=high))]
    return Chip(
        name=one.name,
        label=label,
        kind="range",
        low=low,
        high=high,
        summary="".join(parts),
        input_type=PICKED.get(one.type, "text"),
    )
