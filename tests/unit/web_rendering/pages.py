"""Every template with its view."""

from zoneinfo import ZoneInfo

from guanxi.studio.automation_views import AutomationsPage
from guanxi.studio.flows.views import ApprovalsPage, ProcessPage, TryPage
from guanxi.studio.plan_views import HistoryPage, PacksPage, PlanPage
from guanxi.studio.table_views import TablePage, TablesPage
from guanxi.studio.views import (
    EditorPage,
    FieldsPage,
    OverviewPage,
    PreviewPage,
    RemovePage,
    RenamePage,
    RolesPage,
)
from guanxi.web.rendering import Formats, Renderer, language
from guanxi.web.rendering.views.explaining import RoutePage
from guanxi.web.rendering.views.forms import ConflictPage, FormPage, LookupOptions, SavedViewPage
from guanxi.web.rendering.views.frame import (
    BadgePage,
    Bare,
    ConfirmPage,
    ErrorPage,
    Frame,
    SearchPage,
    SetPasswordPage,
    SignInPage,
)
from guanxi.web.rendering.views.inbox import AbsencePage, ActPage, BulkPage, InboxPage, InstancePage
from guanxi.web.rendering.views.lists import ListPage
from guanxi.web.rendering.views.people import OneTimeLinkPage, PeoplePage
from guanxi.web.rendering.views.records import RecordPage, WhyPage
from guanxi.web.rendering.views.work import NotificationsPage, WorkPage
from tests.unit.web_rendering.filling import AT, Filler

FRAMED: dict[str, type] = {
    "absence.html": AbsencePage,
    "act.html": ActPage,
    "bulk.html": BulkPage,
    "instance.html": InstancePage,
    "confirm.html": ConfirmPage,
    "conflict.html": ConflictPage,
    "error.html": ErrorPage,
    "form.html": FormPage,
    "inbox.html": InboxPage,
    "list.html": ListPage,
    "notifications.html": NotificationsPage,
    "one_time_link.html": OneTimeLinkPage,
    "people.html": PeoplePage,
    "record.html": RecordPage,
    "route.html": RoutePage,
    "saved_view.html": SavedViewPage,
    "search.html": SearchPage,
    "work.html": WorkPage,
    "why.html": WhyPage,
    "studio/process.html": ProcessPage,
    "studio/approval_try.html": TryPage,
    "studio/approvals.html": ApprovalsPage,
    "studio/automations.html": AutomationsPage,
    "studio/editor.html": EditorPage,
    "studio/fields.html": FieldsPage,
    "studio/history.html": HistoryPage,
    "studio/overview.html": OverviewPage,
    "studio/packs.html": PacksPage,
    "studio/plan.html": PlanPage,
    "studio/preview.html": PreviewPage,
    "studio/remove.html": RemovePage,
    "studio/rename.html": RenamePage,
    "studio/roles.html": RolesPage,
    "studio/table.html": TablePage,
    "studio/tables.html": TablesPage,
}
BARE: dict[str, type] = {
    "error.html": ErrorPage,
    "set_password.html": SetPasswordPage,
    "sign_in.html": SignInPage,
}
FRAGMENTS: dict[str, type] = {
    "fragments/badge.html": BadgePage,
    "fragments/options.html": LookupOptions,
    "fragments/search_options.html": SearchPage,
    "fragments/studio_form.html": FormPage,
}
RENDERER = Renderer.shipped()


def formats(tag: str) -> Formats:
    return Formats(language(tag), AT, ZoneInfo("Asia/Shanghai"))


def page(template: str, tag: str, filler: Filler) -> str:
    """A framed page."""
    return RENDERER.page(template, filler(FRAMED[template]), filler(Frame), formats(tag))


def bare(template: str, tag: str, filler: Filler) -> str:
    """A page outside the frame."""
    return RENDERER.bare(template, filler(BARE[template]), filler(Bare), formats(tag))


def fragment(template: str, tag: str, filler: Filler) -> str:
    """A piece."""
    return RENDERER.fragment(template, filler(FRAGMENTS[template]), formats(tag))
