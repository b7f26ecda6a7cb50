"""The compiled layouts: how records of an entity are arranged."""

from dataclasses import dataclass
from typing import Literal

from guanxi.definitions.labels import Label
from guanxi.expressions import Formula

View = Literal["list", "detail", "compact"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A field where a layout puts it: how many columns it spans, and another label than its own."""

    field: str
    span: int = 1
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """An order by one field."""

    field: str
    descending: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedView:
    """A saved view of a list: the records for which `where` holds, in its own order if it has one."""

    name: str
    label: Label
    where: Formula | None = None
    sort: tuple[Sort, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Related:
    """Records of another entity whose reference `via` leads to the record shown."""

    entity: str
    via: str
    columns: tuple[str, ...]
    sort: tuple[Sort, ...] = ()
    where: Formula | None = None
    limit: int = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part of a record page: `fields` in one or two columns, or `related` records.

    `visible_when` says on which records it is shown. It arranges, and does not protect: that is for roles.
    """

    name: str
    label: Label
    columns: int = 2
    fields: tuple[Place, ...] = ()
    related: Related | None = None
    visible_when: Formula | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A layout of one view; what belongs to the other views is empty.

    list: columns, sort, filters, views · detail: highlight, sections · compact: columns.
    """

    name: str
    of: str
    view: View
    columns: tuple[Place, ...] = ()
    sort: tuple[Sort, ...] = ()
    filters: tuple[str, ...] = ()
    views: tuple[SavedView, ...] = ()
    highlight: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
