"""What surrounds every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from guanxi.web.rendering.views.values import Hidden, Link, Notice, Person, Tone

Theme = Literal["auto", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Toast:
    """A short confirmation that goes away by itself. Never for validation."""

    text: str
    tone: Tone = "ok"


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the side navigation. `key`, if any, is the letter that follows `g` on the keyboard."""

    label: str
    href: str
    icon: str
    current: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class NavSection:
    """A group of entries, as the pack's navigation declares it."""

    label: str
    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The top bar, the side navigation, messages.

    `here` is the path and query of this page: switching theme or language comes back to it. `waiting` counts
    the tasks in the inbox, `unread` the notifications. `create` is the New menu: the entities this person may
    create; empty hides it. `administration` are links only administrators get.
    """

    person: Person
    here: str
    email: str = ""
    theme: Theme = "auto"
    waiting: int = 0
    unread: int = 0
    at_inbox: bool = False
    sections: Sequence[NavSection] = ()
    create: Sequence[Link] = ()
    administration: Sequence[NavItem] = ()
    toasts: Sequence[Toast] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """What surrounds a page outside the frame: nothing but the mark and the two switches."""

    here: str
    theme: Theme = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """`sign_in.html`. `problem` is one sentence, the same for an unknown person and a wrong password."""

    email: str = ""
    problem: str = ""
    next: str = ""
    action: str = "/sign-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPasswordPage:
    """`set_password.html`, opened by a one-time link. `problem` says why a password was not taken."""

    name: str
    email: str
    action: str
    problem: str = ""
    minimum: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """`error.html`: what happened, and the way out."""

    status: int
    title: str
    text: str
    icon: str
    way_out: Link
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A record found by the global search."""

    title: str
    detail: str
    href: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`search.html`, and `fragments/search_options.html` for the list below the search box."""

    text: str
    hits: Sequence[SearchHit] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgePage:
    """`fragments/badge.html`: the counts of inbox and bell, asked for every few seconds."""

    waiting: int
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage:
    """`confirm.html`: a question before something that cannot be taken back."""

    title: str
    text: str
    action: str
    confirm: str
    cancel: str
    hidden: Sequence[Hidden] = ()
    notice: Notice | None = None
