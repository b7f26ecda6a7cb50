"""When the person is away, and who then decides for them: on a page of their own."""

from collections.abc import Mapping
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.people.clear_absence import clear_absence
from guanxi.commands.people.colleagues import colleagues
from guanxi.commands.people.read_absence import read_absence
from guanxi.commands.people.set_absence import NOT_SAVED, set_absence
from guanxi.commands.process_views import AbsenceView
from guanxi.errors import N_, Invalid, Problem
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.act_page import CHOOSE, people_options
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.pages.form_references import is_id
from guanxi.web.pages.inbox_view import AWAY
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.inbox import AbsencePage

HERE = "/absence"
TITLE = N_("Absence")
FIRST, LAST, DEPUTY = N_("First day"), N_("Last day"), N_("Who decides for you")
ENTER_DAY = N_("Enter a day, such as 2026-12-24.")
NAMES = ("first_day", "last_day", "deputy", "deputy._text")


async def show(request: Request) -> Response:
    """The form, as the absence stands."""
    view = await _absence(request)
    return await _page(request, view, _typed(view))


async def save(request: Request) -> Response:
    """The days and the deputy are kept; or the page says what is wrong."""
    context = context_of(request)
    form = dict(await small_form(request, *NAMES))
    me = context.signed_in.user_id or 0
    found = await colleagues(context.workspace, context.signed_in, form["deputy._text"])
    deputy = next((one for one in found if is_id(form["deputy"]) and one.id == int(form["deputy"])), None)
    if deputy is None and len(found) == 1 and form["deputy._text"].strip():
        deputy = found[0]
    days = {name: _day(form[name]) for name in ("first_day", "last_day")}
    problems = [Problem(f"/{name}", "date", ENTER_DAY) for name, day in days.items() if day is None]
    problems += [Problem("/deputy", "required", CHOOSE)] if deputy is None else []
    first, last = days["first_day"], days["last_day"]
    if deputy is None or first is None or last is None:
        return await _page(request, await _absence(request), form, Invalid(NOT_SAVED, problems))
    try:
        await set_absence(context.workspace, context.signed_in, me, deputy.id, first, last)
    except Invalid as refusal:
        return await _page(request, await _absence(request), form, refusal)
    return onward(HERE, "away")


async def end(request: Request) -> Response:
    """The person is back."""
    context = context_of(request)
    await small_form(request, *NAMES)
    await clear_absence(context.workspace, context.signed_in, context.signed_in.user_id or 0)
    return onward(HERE, "back")


async def people(request: Request) -> Response:
    """Who can be chosen, as somebody types."""
    context = context_of(request)
    found = await colleagues(context.workspace, context.signed_in, request.query_params.get("q", "")[:200])
    return people_options(request, found)


async def _absence(request: Request) -> AbsenceView | None:
    context = context_of(request)
    return await read_absence(context.workspace, context.signed_in, context.signed_in.user_id or 0)


def _typed(view: AbsenceView | None) -> Mapping[str, str]:
    if view is None:
        return {}
    return {
        "first_day": view.first_day.isoformat(),
        "last_day": view.last_day.isoformat(),
        "deputy": str(view.deputy.id),
        "deputy._text": view.deputy.name,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


async def _page(
    request: Request, view: AbsenceView | None, typed: Mapping[str, str], refusal: Invalid | None = None
) -> Response:
    words = context_of(request).words
    told = {one.field: words.say(one.message) for one in refusal.problems} if refusal is not None else {}
    inputs = [
        Input(
            name=name,
            label=words.say(label),
            widget="date",
            value=typed.get(name, ""),
            required=True,
            problem=told.get(f"/{name}", ""),
        )
        for name, label in (("first_day", FIRST), ("last_day", LAST))
    ]
    inputs.append(
        Input(
            name="deputy",
            label=words.say(DEPUTY),
            widget="reference",
            value=typed.get("deputy", ""),
            text=typed.get("deputy._text", ""),
            lookup_href=f"{HERE}/people",
            required=True,
            problem=told.get("/deputy", ""),
        )
    )
    page = AbsencePage(
        title=words.say(TITLE),
        action=HERE,
        inputs=inputs,
        now=words.say(AWAY(name=view.deputy.name)) if view is not None and view.now else "",
        clear_href=f"{HERE}/end" if view is not None else "",
    )
    return await framed(request, "absence.html", page, refusal.status if refusal is not None else 200)
