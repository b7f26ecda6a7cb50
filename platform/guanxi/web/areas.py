"""Further pages that an application is made with, beside its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.routing import BaseRoute

from guanxi.errors import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A link among those for administrators, for who has a right such as `studio`."""

    label: Text
    href: str
    icon: str
    right: str


@dataclass(frozen=True, slots=True)
class Area:
    """Pages of one kind, and how they are found."""

    routes: Sequence[BaseRoute]
    entries: Sequence[Entry] = ()
