"""The inputs of a form: a field, what stands in it, how it is at this moment, what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from typing import Any, get_args

from guanxi.commands.records.files import allowed_kinds
from guanxi.definitions.entity import Field
from guanxi.definitions.fields.address import PARTS, packed, parts_of, unpacked
from guanxi.definitions.fields.numbers import plain
from guanxi.definitions.fields.phone_numbers import grouped
from guanxi.definitions.fields.rating import most_of
from guanxi.definitions.fields.references import LINK
from guanxi.definitions.fields.spans import clock
from guanxi.definitions.fields.time import time_text
from guanxi.definitions.labels import say
from guanxi.definitions.role import Level
from guanxi.expressions.exact import minor_unit
from guanxi.records.conditions import FieldState
from guanxi.web.pages.cells import Cells, Titles
from guanxi.web.pages.form_draft import Part
from guanxi.web.pages.form_references import leads, shown_title
from guanxi.web.rendering import Formats
from guanxi.web.rendering.views.forms import Input, InputPart, Widget
from guanxi.web.rendering.views.lists import Choice
from guanxi.web.rendering.views.values import Cell, Hidden

PARTS_UPWARDS = ("street", "district", "city", "region", "postal_code", "country")
WIDGETS = frozenset(get_args(Widget))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input stands: the base of its name (`lines.0.`), what is typed there, what is worked out."""

    base: str
    lookup: str
    part: Part
    values: Mapping[str, Any]
    problems: Mapping[str, str]


@dataclass(slots=True)
class Inputs:
    """Makes inputs, and collects the `_was` marks that go with them."""

    cells: Cells
    titles: Titles
    marks: list[Hidden] = field(default_factory=list)

    def shown(self, one: Field, place: Place, level: Level, label: str, *, wide: bool = False) -> Input:
        """A field that cannot be entered."""
        cell = self.cells.cell(one, place.values, self.titles, level)
        return Input(name=place.base + one.name, label=label, widget="shown", cell=cell, wide=wide)

    def entered(
        self, one: Field, place: Place, state: FieldState, label: str, *, wide: bool = False
    ) -> Input:
        """A field that can be entered: what was typed if somebody did, else what the system works out."""
        name = place.base + one.name
        stored = input_text(self.cells.formats, one, place.values)
        typed = place.part.values.get(one.name)
        touched = place.part.touched(one.name) and not (one.suggest is not None and not (typed or "").strip())
        mark = place.part.was.get(one.name, stored) if touched else stored
        self.marks.append(Hidden(f"_was.{name}", mark))
        value = typed if touched and typed is not None else stored
        made = Input(
            name=name,
            label=label,
            widget=_widget(one),
            value=value,
            required=state.required,
            wide=wide,
            help=say(one.help, self._tag) if one.help else "",
            problem=place.problems.get(name, ""),
        )
        if leads(one):
            return self._look_up(made, one, place)
        if one.type == "references":
            return self._links(made, one, place)
        if one.type in ("file", "image"):
            cell = self.cells.cell(one, place.values, self.titles) if value else None
            return replace(made, cell=cell, accept=",".join(f".{end}" for end in allowed_kinds(one)))
        if one.type == "address":
            return replace(made, parts=self._parts(made))
        if one.type in ("select", "multiSelect"):
            chosen = value.split(",")
            # A stored value that is no longer offered stays to be seen until another is chosen.
            offered = [it for it in one.options if it.name in chosen or it.name not in state.refused]
            choices = [Choice(it.name, say(it.label, self._tag), it.name in chosen) for it in offered]
            return replace(made, choices=choices)
        if one.type == "rating":
            texts = [(str(n), self.cells.text(one, n)) for n in range(1, most_of(one) + 1)]
            return replace(made, choices=[Choice(key, text, key == value) for key, text in texts])
        if one.type == "money":
            currency = place.values.get(f"{one.name}.currency")
            return replace(made, unit=self.cells.formats.currency_symbol(currency) if currency else "")
        return made

    def blank(self, one: Field, place: Place, label: str) -> Input:
        """Nothing, in a line to which the field does not apply."""
        return Input(name=place.base + one.name, label=label, widget="shown", cell=Cell("text"))

    def _parts(self, made: Input) -> list[InputPart]:
        """An input for each part, in the order in which the reader's language writes them."""
        typed = unpacked(made.value)
        typed = typed if isinstance(typed, Mapping) else {}
        names = list(PARTS) if self._tag.startswith("zh") else PARTS_UPWARDS
        return [
            InputPart(
                name=f"{made.name}.{part}",
                label=self.cells.words.say(PARTS[part][0]),
                value=str(typed.get(part) or ""),
                wide=part == "street",
            )
            for part in names
        ]

    def _links(self, made: Input, one: Field, place: Place) -> Input:
        """A box for each record that is linked, ticked, and a look-up that adds one."""
        chosen = [id_ for id_ in made.value.split(",") if id_]
        choices = [Choice(id_, shown_title(self.titles, one, id_), chosen=True) for id_ in chosen]
        href, text = f"/look-up/{place.lookup}{one.name}", place.part.texts.get(one.name, "")
        return replace(made, choices=choices, text=text, lookup_href=href)

    def _look_up(self, made: Input, one: Field, place: Place) -> Input:
        text = shown_title(self.titles, one, made.value) or place.part.texts.get(one.name, "")
        return replace(made, text=text, lookup_href=f"/look-up/{place.lookup}{one.name}")

    @property
    def _tag(self) -> str:
        return self.cells.words.language.tag


def input_text(formats: Formats, one: Field, values: Mapping[str, Any]) -> str:
    """The value of a field as its input holds it."""
    value = values.get(one.name)
    if one.type == "boolean":
        return "true" if value else "false"
    if one.type == "references":
        return ",".join(str(link[LINK]) for link in values.get(one.name) or ())
    if one.type in ("file", "image"):
        id_ = values.get(f"{one.name}.id")
        return "" if id_ is None else str(id_)
    if one.type == "address":
        return packed(parts_of(one, values))
    if value is None:
        return ""
    if one.type == "money":
        return _amount(value, values.get(f"{one.name}.currency"))
    if isinstance(value, Decimal):
        return plain(value)
    if one.type == "phone":
        return grouped(value)
    if one.type == "multiSelect":
        return ",".join(value)
    if one.type in ("time", "duration"):
        return time_text(value) if one.type == "time" else clock(value)
    if one.type == "datetime":
        return formats.local_input(value)
    return value.isoformat() if one.type == "date" else str(value)


def lines_text(formats: Formats, one: Field, rows: Sequence[Mapping[str, Any]]) -> str:
    """How lines stand, for a later comparison: their order, and everything in them."""
    fields = [inner for inner in (one.lines.fields if one.lines else {}).values() if not inner.computed]
    order = " ".join(str(row["id"]) if row.get("id") else "new" for row in rows)
    content = [[input_text(formats, inner, row) for inner in fields] for row in rows]
    return f"{order}:{_digest(content)}"


def _digest(content: object) -> str:
    return sha256(repr(content).encode()).hexdigest()[:16]


def _amount(amount: Decimal, currency: str | None) -> str:
    """The digits of an amount with those of its currency, or with more where it has more."""
    text = plain(amount)
    whole, _, places = text.partition(".")
    places = places.ljust(minor_unit(currency), "0")
    return f"{whole}.{places}" if places else whole


def _widget(one: Field) -> Widget:
    name: Any = {"rating": "select", "image": "file"}.get(one.type, one.type)
    return name if name in WIDGETS else "text"
