"""The form page, and the page for a change that crossed another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from guanxi.web.rendering.views.lists import Choice
from guanxi.web.rendering.views.values import Cell, Hidden, Labelled, Link, Notice, Person

Widget = Literal[
    "text", "longText", "integer", "decimal", "money", "percent", "boolean", "date", "datetime", "select",
    "reference", "shown", "email", "phone", "url", "time", "multiSelect", "address", "references", "file",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class InputPart:
    """A text of which, with others, an input consists."""

    name: str
    label: str
    value: str = ""
    wide: bool = False

    @property
    def id(self) -> str:
        """The element's id."""
        return "f-" + self.name.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A field of a form.

    `name` is what the form sends: the field's name, in a line `lines.0.product`. `value` is the text typed or
    stored. `shown` is a field that this person cannot change or that is computed: it is displayed from `cell`
    and never sent. A reference sends its id as `name` and what was typed as `name._text` (in `text`): the
    server resolves the text when it is not the title of the id, so that the form works without JavaScript. An
    address consists of the inputs in `parts`. A file sends its id as `name`, a new one as `_file.name`, and
    `_nofile.name` when it is to go; `accept` says which files the browser offers.
    """

    name: str
    label: str
    widget: Widget
    value: str = ""
    text: str = ""
    cell: Cell | None = None
    unit: str = ""
    choices: Sequence[Choice] = ()
    parts: Sequence[InputPart] = ()
    lookup_href: str = ""
    accept: str = ""
    required: bool = False
    wide: bool = False
    help: str = ""
    problem: str = ""
    focus: bool = False

    @property
    def id(self) -> str:
        """The element's id: where the summary of problems links to."""
        return "f-" + self.name.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """Inputs under a heading."""

    label: str
    inputs: Sequence[Input]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A line being edited: its inputs in the order of the columns. `id` is empty for a new line."""

    inputs: Sequence[Input]
    id: str = ""
    focus: Literal["", "up", "down", "remove"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesEditor:
    """Lines inside a form.

    Buttons send `_do` with `<name>.add`, `<name>.remove.<n>`, `<name>.up.<n>`, `<name>.down.<n>` to the
    form's preview address, which answers the page with the changed lines and saves nothing. Each line also
    sends `<name>.<n>.id`. `labels` are the column headings, `numeric` says which of them are figures.
    `inputs` are fields of the record that belong to the lines; they stand below them.
    """

    name: str
    label: str
    labels: Sequence[str]
    numeric: Sequence[bool]
    rows: Sequence[LineRow]
    totals: Sequence[Labelled] = ()
    problem: str = ""
    focus_add: bool = False
    inputs: Sequence[Input] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """A line of the summary. `target` is the id of the input, empty when it concerns the whole."""

    label: str
    message: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """`form.html`. `action` saves, `preview_href` recomputes.

    `hidden` carries `_version`, `_key` and what a preview changes, such as which values the page itself had
    put in. `after` are sections below the lines.

    `files` says that the form may send some. `focus_problems` puts the focus on the summary: after a save
    that failed, not after a preview.
    """

    title: str
    icon: str
    breadcrumb: Sequence[Link]
    action: str
    preview_href: str
    cancel_href: str
    sections: Sequence[FormSection]
    lines: Sequence[LinesEditor] = ()
    after: Sequence[FormSection] = ()
    hidden: Sequence[Hidden] = ()
    problems: Sequence[FormProblem] = ()
    notices: Sequence[Notice] = ()
    save_label: str = ""
    focus_problems: bool = True
    files: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field that both changed. The form sends `_choose.<name>` as `mine` or `theirs`."""

    name: str
    label: str
    before: Cell
    mine: Cell
    theirs: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """`conflict.html`: somebody saved first. `hidden` carries everything the person had typed."""

    title: str
    breadcrumb: Sequence[Link]
    by: Person
    at: datetime
    action: str
    cancel_href: str
    conflicts: Sequence[Conflict]
    others: Sequence[Labelled] = ()
    hidden: Sequence[Hidden] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A record in a look-up's list."""

    value: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupOptions:
    """`fragments/options.html`: answers `?q=` of a look-up."""

    options: Sequence[Option]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedViewPage:
    """`saved_view.html`: the name of a view of a list, its columns, and for whom it is.

    `filters` says what it filters and sorts by; `delete_href` is empty for a view that is not saved yet.
    """

    title: str
    action: str
    cancel: str
    inputs: Sequence[Input]
    filters: Sequence[str] = ()
    hidden: Sequence[Hidden] = ()
    delete_href: str = ""
    notice: Notice | None = None
