"""The list page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from guanxi.web.rendering.views.values import Cell, CellKind, Link, Notice

Slot = Literal["title", "status", "second", "figure", "meta"]
"""Where a column goes when a row becomes a card on a phone."""

Sorted = Literal["none", "ascending", "descending"]
FilterKind = Literal["choice", "reference", "range", "boolean", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. `sort_href` sorts by it (reversing when it is the current order); empty: not sortable.

    `amount` is a sum of money: on a card it stands for the record before any other number.
    """

    name: str
    label: str
    kind: CellKind = "text"
    sort_href: str = ""
    sorted: Sorted = "none"
    slot: Slot = "meta"
    amount: bool = False


def with_slots(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with their places on a phone's card.

    The first column is the title. The first badge stands beside it, the first link below it, and the last
    amount (else the last number) right of the link, or beside the title where there is no badge.
    Every other column becomes a line with its label.
    """
    rest = columns[1:]
    places: dict[str, Slot] = {}
    _place(places, "status", [column for column in rest if column.kind == "badge"][:1])
    _place(places, "second", [column for column in rest if column.kind == "link"][:1])
    figure: Slot = "figure" if places else "status"
    numbers = [column for column in rest if column.kind == "number"]
    _place(places, figure, ([column for column in numbers if column.amount] or numbers)[-1:])
    titled = [replace(column, slot="title") for column in columns[:1]]
    return (*titled, *(replace(column, slot=places.get(column.name, "meta")) for column in rest))


def _place(places: dict[str, Slot], slot: Slot, columns: Sequence[Column]) -> None:
    for column in columns:
        places[column.name] = slot


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a list: its page, and one cell for each column in the same order."""

    href: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option. `value` is what the form sends."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter chip: a small form that works without JavaScript.

    `choice` sends `name` once for each ticked option; `boolean` sends `name` as one of its choices;
    `reference` sends `name` (id) and `name._text`; `range` sends `name.from` and `name.to` (input_type `date`
    or `text`); `text` sends `name`. `summary` is what the chip says when it is set; empty: not set.
    """

    name: str
    label: str
    kind: FilterKind
    summary: str = ""
    choices: Sequence[Choice] = ()
    value: str = ""
    text: str = ""
    lookup_href: str = ""
    low: str = ""
    high: str = ""
    input_type: Literal["date", "time", "text"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """`list.html`. `shown` rows of `total` (None: not counted); `clear_href` is the list without conditions.

    `filtered` says whether a search or a filter is set: it chooses between "nothing here yet" and "nothing
    matches". `hidden` keeps what the filter form must not lose (the sort order, the view). `keep` leads to
    where a view is saved or changed.
    """

    title: str
    action: str
    entity: str
    icon: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    search: str = ""
    searchable: bool = True
    filters: Sequence[Filter] = ()
    hidden: Sequence[tuple[str, str]] = ()
    views: Sequence[tuple[Link, bool]] = ()
    keep: Sequence[Link] = ()
    create: Link | None = None
    total: int | None = None
    previous_href: str = ""
    next_href: str = ""
    clear_href: str = ""
    filtered: bool = False
    notices: Sequence[Notice] = ()
