"""When a person is away, and who then decides for them: the person says so, or who looks after people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.people.clear_absence import clear_absence
from guanxi.commands.people.colleagues import colleagues
from guanxi.commands.people.list_users import list_users
from guanxi.commands.people.read_absence import read_absence
from guanxi.commands.people.set_absence import NOT_SAVED, set_absence
from guanxi.commands.process_views import AbsenceView
from guanxi.commands.views import PersonView
from guanxi.errors import N_, Invalid, NotFound, Problem
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.act_page import CHOOSE, people_options
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.pages.form_references import is_id
from guanxi.web.pages.inbox_view import AWAY
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.inbox import AbsencePage

TITLE, TITLE_OF = N_("Absence"), N_("Absence of {name}")
ABOUT = N_(
    "On these days your deputy decides what you are asked, in your name. You can still decide yourself."
)
ABOUT_OTHER = N_("On these days the deputy decides what {name} is asked, in their name.")
AWAY_NOW = N_("{name} is away now. {deputy} decides for them.")
FIRST, LAST = N_("First day"), N_("Last day")
DEPUTY, DEPUTY_OF = N_("Who decides for you"), N_("Who decides for {name}")
NO_PERSON = N_("There is no such person.")
ENTER_DAY = N_("Enter a day, such as 2026-12-24.")
NAMES = ("first_day", "last_day", "deputy", "deputy._text")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose absence it is, where its page stands, and whether it is somebody else's."""

    person: PersonView
    here: str
    other: bool = False

    def said(self, what: str) -> str:
        """The confirmation: to the person, or about them."""
        return f"{what}_other" if self.other else what


async def show(request: Request) -> Response:
    """The form, as the absence stands."""
    view = await _absence(request)
    return await _page(request, view, _typed(view))


async def save(request: Request) -> Response:
    """The days and the deputy are kept; or the page says what is wrong."""
    context = context_of(request)
    whose = await _whose(request)
    form = dict(await small_form(request, *NAMES))
    found = await _deputies(request, whose, form["deputy._text"])
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
        await set_absence(context.workspace, context.signed_in, whose.person.id, deputy.id, first, last)
    except Invalid as refusal:
        return await _page(request, await _absence(request), form, refusal)
    return onward(whose.here, whose.said("away"))


async def end(request: Request) -> Response:
    """The person is back."""
    context = context_of(request)
    whose = await _whose(request)
    await small_form(request, *NAMES)
    await clear_absence(context.workspace, context.signed_in, whose.person.id)
    return onward(whose.here, whose.said("back"))


async def people(request: Request) -> Response:
    """Who can be chosen, as somebody types."""
    text = request.query_params.get("q", "")[:200]
    return people_options(request, await _deputies(request, await _whose(request), text))


async def _whose(request: Request) -> Whose:
    """The person of the address, else who is signed in. Raises NotFound to who does not look after people."""
    context = context_of(request)
    actor = context.signed_in
    if "id" not in request.path_params:
        return Whose(PersonView(actor.user_id or 0, actor.name), "/absence")
    id_ = id_of(request.path_params["id"])
    users = await list_users(context.workspace, actor)
    user = next((one for one in users if one.id == id_), None)
    if user is None:
        raise NotFound(NO_PERSON)
    return Whose(PersonView(id_, user.name), f"/people/{id_}/absence", other=id_ != actor.user_id)


async def _deputies(request: Request, whose: Whose, text: str) -> list[PersonView]:
    context = context_of(request)
    return await colleagues(context.workspace, context.signed_in, text, besides=whose.person.id)


async def _absence(request: Request) -> AbsenceView | None:
    context, whose = context_of(request), await _whose(request)
    return await read_absence(context.workspace, context.signed_in, whose.person.id)


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
    words, whose = context_of(request).words, await _whose(request)
    name, other = whose.person.name, whose.other
    told = {one.field: words.say(one.message) for one in refusal.problems} if refusal is not None else {}
    inputs = [
        Input(
            name=day,
            label=words.say(label),
            widget="date",
            value=typed.get(day, ""),
            required=True,
            problem=told.get(f"/{day}", ""),
        )
        for day, label in (("first_day", FIRST), ("last_day", LAST))
    ]
    inputs.append(
        Input(
            name="deputy",
            label=words.say(DEPUTY_OF(name=name) if other else DEPUTY),
            widget="reference",
            value=typed.get("deputy", ""),
            text=typed.get("deputy._text", ""),
            lookup_href=f"{whose.here}/people",
            required=True,
            problem=told.get("/deputy", ""),
        )
    )
    away = AWAY_NOW(name=name, deputy=view.deputy.name) if view is not None and other else None
    page = AbsencePage(
        title=words.say(TITLE_OF(name=name) if other else TITLE),
        about=words.say(ABOUT_OTHER(name=name) if other else ABOUT),
        action=whose.here,
        inputs=inputs,
        now=words.say(away or AWAY(name=view.deputy.name)) if view is not None and view.now else "",
        clear_href=f"{whose.here}/end" if view is not None else "",
    )
    return await framed(request, "absence.html", page, refusal.status if refusal is not None else 200)
