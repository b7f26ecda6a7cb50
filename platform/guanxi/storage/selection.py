"""What is wanted of a list."""

from dataclasses import dataclass

from guanxi.expressions import Formula
from guanxi.storage.conditions import Condition


@dataclass(frozen=True, slots=True)
class Sort:
    """A field or path to sort by; a reference sorts by the title of what it refers to."""

    path: str
    descending: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Which rows of a list, which of their columns, in which order, and from where on.

    `view` is the condition of a saved view; it and `where` must both hold.
    """

    paths: frozenset[str]
    where: Formula | None = None
    view: Formula | None = None
    filters: tuple[Condition, ...] = ()
    search: str = ""
    sort: tuple[Sort, ...] = ()
    limit: int = 50
    after: str | None = None
