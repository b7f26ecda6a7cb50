"""The inbox, and the pages on which something is done with a task or an approval."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from guanxi.web.rendering.views.explaining import ToldRoute
from guanxi.web.rendering.views.flow import Flow
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.lists import Filter
from guanxi.web.rendering.views.tasks import ApprovalCard
from guanxi.web.rendering.views.values import Hidden, Labelled, Link, Notice, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A box of the inbox."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task in the inbox: the record, what is asked, since when, until when.

    `id` is what the form that decides many sends of it, and `picked` that it is ticked there; empty: it
    cannot be decided there.
    """

    title: str
    detail: str
    approval: str
    at: datetime
    href: str
    id: str = ""
    picked: bool = False
    current: bool = False
    badge: str = ""
    tone: Tone = "neutral"
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDetail:
    """The chosen task: the record's highlights and its approval card."""

    title: str
    icon: str
    record: Link
    card: ApprovalCard
    highlights: Sequence[Labelled] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """Deciding the ticked tasks together. Sends `task` for each, `comment`, `answer` and `hidden`."""

    href: str
    hidden: Sequence[Hidden] = ()
    comment: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """`inbox.html`. On a phone the detail replaces the list when `opened`: the address names the task.

    `filters` are sent to `action` with `kept`; `clear_href` is the box without them. `bulk` decides the
    ticked tasks together.
    """

    tabs: Sequence[Tab]
    tasks: Sequence[TaskRow]
    detail: TaskDetail | None = None
    opened: bool = False
    back_href: str = "/inbox"
    empty: str = ""
    next_href: str = ""
    notices: Sequence[Notice] = field(default=())
    action: str = "/inbox"
    kept: Sequence[Hidden] = ()
    filters: Sequence[Filter] = ()
    filtered: bool = False
    clear_href: str = ""
    bulk: Bulk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one of the tasks that were decided together; `why` it was refused."""

    title: str
    href: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPage:
    """`bulk.html`: what became of each task."""

    title: str
    breadcrumb: Sequence[Link]
    outcomes: Sequence[Outcome]
    back: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """`act.html`: what is asked for before something is done with a task or an approval.

    `about` says of what, `text` what will happen. `danger`: it ends something. With a `file_label` files can
    be attached, which are sent as `file`.
    """

    title: str
    icon: str
    about: str
    text: str
    breadcrumb: Sequence[Link]
    action: str
    cancel: str
    confirm: str
    inputs: Sequence[Input] = ()
    hidden: Sequence[Hidden] = ()
    notice: Notice | None = None
    danger: bool = False
    file_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that happened to an approval: who did what, when, and what they said."""

    icon: str
    text: str
    at: datetime
    comment: str = ""
    tone: Tone = "neutral"
    files: Sequence[Link] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstancePage:
    """`instance.html`: an approval as a whole.

    `flow` is drawn, and `explanation` says why it goes this way; `manage` is what its administrators may do.
    `record` leads to what it is about, where the reader may see that. `remark` writes a remark.
    """

    title: str
    record_title: str
    breadcrumb: Sequence[Link]
    card: ApprovalCard | None
    flow: Flow
    explanation: ToldRoute
    happened: Sequence[Happened]
    copies: str = ""
    record: Link | None = None
    manage: Sequence[Link] = ()
    remark: Link | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencePage:
    """`absence.html`: when a person is away and who then decides. `inputs` are the dates and the deputy."""

    title: str
    about: str
    action: str
    inputs: Sequence[Input]
    hidden: Sequence[Hidden] = ()
    now: str = ""
    clear_href: str = ""
    notice: Notice | None = None
