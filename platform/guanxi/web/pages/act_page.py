"""The page that asks what an act needs: people by look-up, places by list, and a comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.views import PersonView
from guanxi.errors import N_, Problem, Refused
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.acts import Act
from guanxi.web.pages.drawing import fragment, framed
from guanxi.web.pages.form_references import is_id
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.forms import Input, LookupOptions, Option
from guanxi.web.rendering.views.inbox import ActPage
from guanxi.web.rendering.views.lists import Choice
from guanxi.web.rendering.views.values import Hidden, Link, Notice

CHOOSE = N_("Choose a person from the list.")
CHOOSE_PLACE = N_("Choose one from the list.")
NOT_DONE = N_("Nothing was changed.")
MOST_OPTIONS = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form of an act sent. `person` is None where nobody, or nobody who is offered, was chosen."""

    person: PersonView | None = None
    text: str = ""
    place: str = ""
    comment: str = ""
    key: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the act is about: where it stands, where to go back to, and what is offered."""

    about: str
    crumbs: Sequence[Link]
    here: str
    back: str
    people: Sequence[PersonView] = ()
    places: Sequence[Choice] = ()


async def read_sent(request: Request, people: Sequence[PersonView]) -> Sent:
    """Read the form. Without JavaScript a name that means one person stands for that person."""
    form = await small_form(request, "person", "person._text", "place", "comment", "_key", "_next")
    text = form["person._text"].strip()
    person = next((one for one in people if is_id(form["person"]) and one.id == int(form["person"])), None)
    if person is None and text:
        found = [one for one in people if text.casefold() in one.name.casefold()]
        person = found[0] if len(found) == 1 else None
    return Sent(person, text, form["place"], form["comment"], form["_key"], form["_next"])


def missing(act: Act, sent: Sent, subject: Subject) -> list[Problem]:
    """What the person has still to choose."""
    found = []
    if act.person is not None and sent.person is None:
        found.append(Problem("/person", "required", CHOOSE))
    if act.choice and sent.place not in {place.value for place in subject.places}:
        found.append(Problem("/place", "required", CHOOSE_PLACE))
    return found


async def act_page(
    request: Request,
    act: Act,
    subject: Subject,
    sent: Sent | None = None,
    problems: Sequence[Problem] = (),
    refusal: Refused | None = None,
) -> Response:
    """Draw the page; with what was refused, and why."""
    context = context_of(request)
    say = context.words.say
    sent = sent or Sent(next=request.query_params.get("next", ""))
    told = {problem.field: say(problem.message) for problem in problems}
    inputs = _inputs(context.words, act, subject, sent, told)
    shown = {f"/{one.name}" for one in inputs}
    notice = None
    if refusal is not None and not shown & told.keys():
        text = " ".join(told.values()) or say(NOT_DONE)
        notice = Notice("bad", say(refusal.message), text if text != say(refusal.message) else "")
    crumb = Link(say(act.title), "")
    page = ActPage(
        title=say(act.title),
        icon=act.icon,
        about=subject.about,
        text=say(act.text),
        breadcrumb=[*subject.crumbs, crumb],
        action=f"{subject.here}/{act.name}",
        cancel=subject.back,
        confirm=say(act.confirm),
        inputs=inputs,
        hidden=[Hidden("_key", sent.key or context.workspace.clock.token()), Hidden("_next", sent.next)],
        notice=notice,
        danger=act.danger,
    )
    status = refusal.status if refusal is not None else 422 if problems else 200
    return await framed(request, "act.html", page, status)


def people_options(request: Request, people: Sequence[PersonView]) -> Response:
    """Those of the people whose name contains what is typed."""
    text = request.query_params.get("q", "").strip()[:200]
    found = [one for one in people if text.casefold() in one.name.casefold()][:MOST_OPTIONS]
    options = [Option(value=str(one.id), title=one.name) for one in found]
    return fragment(request, "fragments/options.html", LookupOptions(options=options, text=text))


def _inputs(words: Catalog, act: Act, subject: Subject, sent: Sent, told: Mapping[str, str]) -> list[Input]:
    made = []
    if act.choice and act.place is not None:
        single = subject.places[0].value if len(subject.places) == 1 else ""
        made.append(
            Input(
                name="place",
                label=words.say(act.place),
                widget="select",
                value=sent.place or single,
                choices=subject.places,
                required=True,
                wide=True,
                problem=told.get("/place", ""),
            )
        )
    if act.person is not None:
        person = sent.person or (subject.people[0] if len(subject.people) == 1 and not sent.text else None)
        made.append(
            Input(
                name="person",
                label=words.say(act.person),
                widget="reference",
                value=str(person.id) if person is not None else "",
                text=person.name if person is not None else sent.text,
                lookup_href=f"{subject.here}/{act.name}/people",
                required=True,
                wide=True,
                problem=told.get("/person", ""),
            )
        )
    if act.comment is not None:
        made.append(
            Input(
                name="comment",
                label=words.say(act.comment),
                widget="longText",
                value=sent.comment,
                required=act.needed,
                wide=True,
                problem=told.get("/comment", ""),
            )
        )
    return _first_focused(made)


def _first_focused(made: list[Input]) -> list[Input]:
    """The first that is wrong, else the first, has the focus."""
    place = next((n for n, one in enumerate(made) if one.problem), 0)
    return [replace(one, focus=n == place) for n, one in enumerate(made)]
