"""What the templates of decision tables show."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.studio.views import Badge, Head
from guanxi.web.rendering.views.forms import FormProblem, Input
from guanxi.web.rendering.views.values import Hidden, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A table in the list of tables."""

    name: str
    label: str
    href: str
    of: str
    rows: int
    badges: Sequence[Badge] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesPage:
    """`studio/tables.html`: all decision tables."""

    head: Head
    add_href: str
    tables: Sequence[TableRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """A column of the grid; an `answer` is an output."""

    label: str
    kind: str
    answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that the checks say; `links` lead to the facts that prove it."""

    text: str
    hint: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row of the grid: its name and its cells. `hit` says that the facts being tried hit it."""

    index: int
    name: Input
    hidden: Sequence[Hidden]
    cells: Sequence[Input]
    remarks: Sequence[Remark] = ()
    hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnEditor:
    """What is said of a column."""

    index: int
    title: str
    inputs: Sequence[Input]
    hidden: Sequence[Hidden]
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsEditor:
    """All inputs, or all outputs."""

    name: str
    label: str
    add: str
    columns: Sequence[ColumnEditor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """Facts to try the table with, and what it answers."""

    action: str
    inputs: Sequence[Input]
    outputs: Sequence[tuple[str, str]] = ()
    decided: Sequence[str] = ()
    problem: str = ""
    otherwise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """`studio/table.html`: the grid of a table, what its checks say, and facts to try it with."""

    head: Head
    title: str
    action: str
    cancel_href: str
    basics: Sequence[Input]
    hidden: Sequence[Hidden]
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    otherwise: Sequence[Input]
    editors: Sequence[ColumnsEditor]
    remarks: Sequence[Remark] = ()
    unproved: Sequence[str] = ()
    checked: bool = False
    problems: Sequence[FormProblem] = ()
    trying: Trying | None = None
    csv_href: str = ""
    import_href: str = ""
    csv: str = ""
