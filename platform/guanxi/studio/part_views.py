"""The parts that Studio's forms are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One condition: field, operator and, where the operator needs one, a value."""

    index: int
    inputs: Sequence[Input]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionEditor:
    """A condition as rows, or as text (`text`) where rows cannot say it or somebody prefers it."""

    name: str
    label: str
    rows: Sequence[ConditionRow]
    hidden: Sequence[Hidden]
    join: Input | None = None
    text: Input | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """An option or state being edited: labels, tint, name, and when it is offered."""

    index: int
    inputs: Sequence[Input]
    hidden: Sequence[Hidden]
    condition: ConditionEditor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsEditor:
    """The options of a choice, or the states of a record."""

    name: str
    label: str
    add: str
    rows: Sequence[OptionRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A field in a list of a layout."""

    index: int
    inputs: Sequence[Input]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesEditor:
    """A list of fields in a layout: columns, filters, the fields of a section."""

    name: str
    label: str
    add: str
    rows: Sequence[PlaceRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """A group of things that are ticked or not."""

    label: str
    inputs: Sequence[Input]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A matrix of inputs: a row for each of `rows`, a column for each of `columns`."""

    label: str
    columns: Sequence[str]
    rows: Sequence["GridRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row of a matrix; an input that is None is an empty cell. `note` says what holds besides."""

    label: str
    inputs: Sequence[Input | None]
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRow:
    """An effect being edited: its verb with what it needs; of `if` its condition and both sides."""

    index: int
    inputs: Sequence[Input]
    hidden: Sequence[Hidden]
    sets: "SetsEditor | None" = None
    condition: ConditionEditor | None = None
    inner: Sequence["EffectsEditor"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsEditor:
    """The fields that an effect sets, each with its value."""

    name: str
    label: str
    rows: Sequence[PlaceRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectsEditor:
    """Effects in their order."""

    name: str
    label: str
    rows: Sequence[EffectRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEditor:
    """A row of inputs, with conditions and lists of its own.

    `refresh`: what it needs depends on what is chosen in it.
    """

    index: int
    inputs: Sequence[Input]
    hidden: Sequence[Hidden] = ()
    conditions: Sequence[ConditionEditor] = ()
    inner: Sequence["RowsEditor"] = ()
    refresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsEditor:
    """Rows in their order; one that is `folded` is opened only when it is wanted."""

    name: str
    label: str
    add: str
    rows: Sequence[RowEditor]
    help: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A card of a form. `index` is its position where it is an element of a group's list.

    `refresh`: what it needs depends on what is chosen in it.
    """

    title: str
    index: int = 0
    note: str = ""
    inputs: Sequence[Input] = ()
    hidden: Sequence[Hidden] = ()
    ticks: Sequence[Ticks] = ()
    options: OptionsEditor | None = None
    grid: Grid | None = None
    conditions: Sequence[ConditionEditor] = ()
    places: Sequence[PlacesEditor] = ()
    effects: EffectsEditor | None = None
    lists: Sequence[RowsEditor] = ()
    refresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that changes the form and saves nothing."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Parts that belong together. `empty` is said while there are none.

    Those of the list `name` can be removed, and moved where they are `ordered`.
    """

    parts: Sequence[Part]
    name: str = ""
    title: str = ""
    ordered: bool = True
    adds: Sequence[Button] = ()
    empty: str = ""
    empty_more: str = ""
