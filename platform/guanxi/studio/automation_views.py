"""What the page of automations is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.studio.views import Badge, Head


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationRow:
    """An automation; `href` leads to its steps.

    `toggle` is where a form turns it on or off, with `active` as it then is.
    """

    name: str
    label: str
    help: str
    href: str
    of: str
    begins: str
    runs: str
    badges: Sequence[Badge]
    last: datetime | None
    last_state: str
    next: datetime | None
    failed: int
    toggle: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedRow:
    """A loop that was stopped: where, when, and the automations that led to it."""

    label: str
    href: str
    at: datetime
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationsPage:
    """`studio/automations.html`: all automations with their runs, and loops that were stopped."""

    head: Head
    add_href: str
    automations: Sequence[AutomationRow]
    stopped: Sequence[StoppedRow]
