"""The page of people, for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.web.rendering.views.values import Link, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A user. `state` is a word for somebody who cannot sign in (not yet, or no more).

    `link_href` makes a new one-time link; `absence_href` leads to when they are away.
    """

    person: Person
    email: str
    roles: Sequence[str]
    manager: str = ""
    team: str = ""
    state: str = ""
    link_href: str = ""
    absence_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """`people.html`."""

    people: Sequence[PersonRow]
    create: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeLinkPage:
    """`one_time_link.html`: shown once, after a person was added or a new link was made."""

    title: str
    person: Person
    link: str
    valid_until: str
    back_href: str = "/people"
