"""Notifications, and the page of background work for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.web.rendering.views.values import Notice, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationRow:
    """Something the reader was told. `read_href` marks it as read; empty where it is."""

    title: str
    at: datetime
    body: str = ""
    href: str = ""
    read_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsPage:
    """`notifications.html`."""

    rows: Sequence[NotificationRow]
    unread: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job that failed for good: what it was to do, and why it did not."""

    title: str
    error: str
    attempts: int
    retry_href: str
    discard_href: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """A mail or webhook: to whom, how far, and what was answered."""

    icon: str
    target: str
    state: str
    tone: Tone
    at: datetime
    attempts: int
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """`work.html`."""

    waiting: int
    jobs: Sequence[JobRow]
    deliveries: Sequence[DeliveryRow]
    notice: Notice | None = None
