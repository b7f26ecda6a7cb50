"""Values of records as a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields.address import PARTS, one_line, parts_of
from guanxi.definitions.fields.any_reference import KIND, leads_to
from guanxi.definitions.fields.file import href_of_file
from guanxi.definitions.fields.phone_numbers import grouped
from guanxi.definitions.fields.rating import most_of, stars
from guanxi.definitions.fields.references import LINK, target_of
from guanxi.definitions.fields.spans import parts
from guanxi.definitions.fields.time import time_text
from guanxi.definitions.fields.url import shown
from guanxi.definitions.labels import say
from guanxi.definitions.system_fields import field_of
from guanxi.errors import N_, Text
from guanxi.web.pages.drawing import entity_href
from guanxi.web.rendering import Catalog as Words
from guanxi.web.rendering import Formats
from guanxi.web.rendering.views.lists import Column
from guanxi.web.rendering.views.values import Cell, CellKind, CellPart, Labelled, Tone

KINDS: Mapping[str, CellKind] = {
    "longText": "long",
    "integer": "number",
    "decimal": "number",
    "money": "number",
    "percent": "number",
    "date": "date",
    "datetime": "date",
    "time": "date",
    "duration": "number",
    "select": "badge",
    "stage": "badge",
    "multiSelect": "badges",
    "references": "links",
    "reference": "link",
    "email": "link",
    "phone": "link",
    "url": "link",
    "rating": "stars",
    "file": "link",
    "image": "image",
}
OF_TYPE = frozenset({"select", "stage", "multiSelect", "phone", "url", "rating"})
"""Types of which the Python type of a value does not say how it is written."""
TONES: Mapping[str, Tone] = {
    "neutral": "neutral",
    "ok": "ok",
    "warn": "warn",
    "bad": "bad",
    "info": "info",
    "accent": "accent",
    "blue": "info",
    "violet": "accent",
}
PART_LABELS: Mapping[str, Text] = {KIND: N_("Kind"), **{name: label for name, (label, _) in PARTS.items()}}
"""What the parts of fields are called that a list can show."""
YES, NO = N_("Yes"), N_("No")
HOURS, MINUTES, BOTH = N_("{hours} h"), N_("{minutes} min"), N_("{hours} h {minutes} min")
STARS = N_("{number} of {most}")
Titles = Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Cells:
    """Writes values for one reader."""

    words: Words
    formats: Formats

    def label(self, field: Field) -> str:
        """The label of a field; of a part of one, both."""
        label, part = say(field.label, self.words.language.tag), field.name.partition(".")[2]
        return f"{label} · {self.words.say(PART_LABELS[part])}" if part in PART_LABELS else label

    def labelled(
        self, field: Field, values: Mapping[str, Any], titles: Titles, level: str, *, wide: bool = False
    ) -> Labelled:
        """A field with its value, for a section or the highlights."""
        return Labelled(self.label(field), self.cell(field, values, titles, level), wide)

    def cell(self, field: Field, values: Mapping[str, Any], titles: Titles, level: str = "read") -> Cell:
        """The value of a field in a record or line."""
        if level == "masked":
            return Cell("masked")
        value = values.get(field.name)
        if value is None:
            return Cell(kind_of(field))
        match field.type:
            case "reference":
                link = leads_to(field, values)
                return self._link(link.entity, link.id, titles) if link is not None else Cell("text", "")
            case "select" | "stage":
                return self._option(field, value)
            case "multiSelect":
                options = [self._option(field, name) for name in value]
                badges = tuple(CellPart(one.text, None, one.tone) for one in options)
                return Cell(kind_of(field), self.text(field, value), parts=badges)
            case "references":
                linked = [self._link(target_of(field), link[LINK], titles) for link in value]
                links = tuple(CellPart(one.text, one.href) for one in linked)
                return Cell("links", ", ".join(one.text for one in links), parts=links)
            case "file" | "image":
                href = href_of_file(values.get(f"{field.name}.id") or 0, value)
                return Cell(kind_of(field), value, href)
            case "address":
                return Cell("text", self.address(parts_of(field, values)))
        currency = values.get(f"{field.name}.currency")
        return Cell(kind_of(field), self.text(field, value, currency), href_of(field, value))

    def text(self, field: Field | None, value: Any, currency: str | None = None) -> str:
        """A value as text; without a field, as its Python type says."""
        kind = field.type if field is not None else ""
        if value is None:
            return ""
        if field is not None and kind in OF_TYPE:
            return self._of_type(field, value)
        if isinstance(value, timedelta):
            return time_text(value) if kind == "time" else self._duration(value)
        if kind == "money" or currency:
            return self.formats.money(Decimal(value), currency)
        if kind == "percent":
            return self.formats.percent(value)
        if isinstance(value, bool):
            return self.words.say(YES if value else NO)
        if isinstance(value, Decimal):
            return self.formats.decimal(value)
        if isinstance(value, int):
            return self.formats.integer(value)
        if isinstance(value, datetime):
            return self.formats.moment(value)
        return self.formats.day(value) if isinstance(value, date) else str(value)

    def address(self, parts: Mapping[str, str]) -> str:
        """An address in one line, in the order in which the reader's language writes it."""
        return one_line(parts, chinese=self.words.language.tag.startswith("zh"))

    def _of_type(self, field: Field, value: Any) -> str:
        match field.type:
            case "multiSelect":
                comma = "、" if self.words.language.tag.startswith("zh") else ", "
                return comma.join(self._option(field, name).text for name in value)
            case "phone":
                return grouped(value)
            case "url":
                return shown(value)
            case "rating":
                return self._stars(field, value)
        return self._option(field, value).text

    def _link(self, entity: str, id_: int, titles: Titles) -> Cell:
        title = titles.get((entity, id_))
        if title is None:
            return Cell("text", "")
        if entity == "user":
            return Cell("person", title)
        return Cell("link", title, entity_href(entity, id_))

    def _duration(self, span: timedelta) -> str:
        hours, minutes = parts(abs(span))
        form = BOTH if hours and minutes else HOURS if hours else MINUTES
        text = self.words.say(form(hours=self.formats.integer(hours), minutes=minutes))
        return f"\N{MINUS SIGN}{text}" if span < timedelta() else text

    def _stars(self, field: Field, value: int) -> str:
        most = max(most_of(field), value)
        return f"{stars(value, most)} {self.words.say(STARS(number=value, most=most))}"

    def _option(self, field: Field, value: str) -> Cell:
        option = next((option for option in field.options if option.name == value), None)
        if option is None:
            return Cell(kind_of(field), value)
        label = say(option.label, self.words.language.tag)
        return Cell(kind_of(field), label, None, TONES.get(option.tint, "neutral"))


def kind_of(field: Field) -> CellKind:
    """How cells of a field look."""
    if field.type == "reference" and field.to == "user":
        return "person"
    if field.type in ("select", "multiSelect") and all(option.tint == "neutral" for option in field.options):
        return "text"
    return KINDS.get(field.type, "text")


def href_of(field: Field, value: Any) -> str | None:
    """Where a value leads to: mail, a call, a page on the web."""
    if field.type == "email":
        return "mailto:" + quote(value, safe="@")
    if field.type == "phone":
        return f"tel:{value}"
    return str(value) if field.type == "url" else None


def column_of(cells: Cells, entity: Entity, name: str, label: str = "") -> Column:
    """A column of a table without sorting."""
    field = field_of(entity, name)
    kind, amount = kind_of(field), field.type == "money"
    return Column(name=name, label=label or cells.label(field), kind=kind, amount=amount)
