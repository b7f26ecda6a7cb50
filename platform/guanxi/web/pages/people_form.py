"""The form of a person: name, address, roles as ticks, manager and team by choice."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from guanxi.commands.people.list_users import list_users
from guanxi.commands.people.views import UserChange, UserView
from guanxi.commands.records.list_records import ListQuery, list_records
from guanxi.definitions.labels import say
from guanxi.errors import N_, Invalid, Problem
from guanxi.web.context import context_of
from guanxi.web.forms import read_form
from guanxi.web.refusals import BadRequest
from guanxi.web.rendering import LANGUAGES
from guanxi.web.rendering.views.forms import FormPage, FormProblem, FormSection, Input
from guanxi.web.rendering.views.lists import Choice
from guanxi.web.rendering.views.values import Hidden, Link

PEOPLE, NEW, ADD, SAVE = N_("People"), N_("New person"), N_("Add person"), N_("Save")
NAME, EMAIL, TITLE = N_("Name"), N_("E-mail"), N_("Job title")
MANAGER, TEAM, LANGUAGE, ACTIVE = N_("Manager"), N_("Team"), N_("Language"), N_("May sign in")
WHO, ROLES = N_("Person"), N_("Roles")
SINGLE = ("name", "email", "title", "manager", "team", "locale", "active", "_version")
UNEXPECTED = N_("The form has fields that are not expected here. Reload the page.")
Typed = Mapping[str, str]


async def read_person(request: Request) -> dict[str, str]:
    """What the form sent; a tick comes as `roles.<name>`. Raises BadRequest for an unknown field."""
    catalog = await context_of(request).workspace.live()
    known = {*SINGLE, *(f"roles.{role}" for role in catalog.roles)}
    found: dict[str, str] = {}
    for name, value in await read_form(request, most=200):
        if name not in known:
            raise BadRequest(UNEXPECTED)
        found[name] = value
    return found


def change_of(typed: Typed) -> UserChange:
    """The change that a form asks for."""
    roles = tuple(
        n.removeprefix("roles.") for n, v in typed.items() if n.startswith("roles.") and v == "true"
    )
    return UserChange(
        name=typed.get("name", ""),
        email=typed.get("email", ""),
        title=typed.get("title", ""),
        roles=roles,
        manager_id=_id(typed.get("manager", "")),
        team_id=_id(typed.get("team", "")),
        locale=typed.get("locale", "en"),
        active=typed.get("active", "true") == "true",
    )


async def person_form(
    request: Request, user: UserView | None, typed: Typed | None, refusal: Invalid | None = None
) -> FormPage:
    """The form; `typed` is what was sent before, `refusal` why it was not taken."""
    words = context_of(request).words
    values = dict(typed) if typed else _of_user(user)
    problems = {problem.field.removeprefix("/"): problem for problem in refusal.problems} if refusal else {}
    path = f"/people/{user.id}" if user is not None else "/people"
    title = user.name if user is not None else words.say(NEW)
    hidden = (Hidden("_version", values.get("_version", "")),) if user is not None else ()
    return FormPage(
        title=title,
        icon="user",
        breadcrumb=(Link(words.say(PEOPLE), "/people"), Link(title, "")),
        action=path,
        preview_href="",
        cancel_href="/people",
        sections=(
            FormSection(label=words.say(WHO), inputs=await _inputs(request, values, problems, user)),
            FormSection(label=words.say(ROLES), inputs=await _roles(request, values)),
        ),
        hidden=hidden,
        problems=tuple(_summary(request, problem) for problem in (refusal.problems if refusal else ())),
        save_label=words.say(SAVE if user is not None else ADD),
    )


async def _inputs(
    request: Request, values: Typed, problems: Mapping[str, Problem], user: UserView | None
) -> Sequence[Input]:
    context = context_of(request)
    say_ = context.words.say
    managers = [(str(one.id), one.name) for one in await list_users(context.workspace, context.signed_in)]
    teams = await list_records(context.workspace, context.signed_in, "team", ListQuery(limit=200))
    wrong = {name: say_(problem.message) for name, problem in problems.items()}

    def text(name: str, label: object, *, required: bool = False) -> Input:
        return Input(
            name=name,
            label=say_(label),  # type: ignore[arg-type] # a sentence
            widget="text",
            value=values.get(name, ""),
            required=required,
            problem=wrong.get(name, ""),
        )

    def select(name: str, label: object, options: Sequence[tuple[str, str]]) -> Input:
        chosen = values.get(name, "")
        choices = [Choice(value, shown, value == chosen) for value, shown in options]
        shown = say_(label)  # type: ignore[arg-type] # a sentence
        return Input(name=name, label=shown, widget="select", value=chosen, choices=choices)

    own = str(user.id) if user is not None else ""
    inputs = [
        text("name", NAME, required=True),
        text("email", EMAIL, required=True),
        text("title", TITLE),
        select("manager", MANAGER, [pair for pair in managers if pair[0] != own]),
        select("team", TEAM, [(str(team.id), team.title) for team in teams.items]),
        select("locale", LANGUAGE, [(language.tag, language.name) for language in LANGUAGES]),
    ]
    if user is not None:
        inputs.append(
            Input(name="active", label=say_(ACTIVE), widget="boolean", value=values.get("active", ""))
        )
    return inputs


async def _roles(request: Request, values: Typed) -> Sequence[Input]:
    context = context_of(request)
    catalog = await context.workspace.live()
    tag = context.words.language.tag
    return [
        Input(
            name=f"roles.{name}",
            label=say(role.label, tag),
            widget="boolean",
            value=values.get(f"roles.{name}", "false"),
        )
        for name, role in catalog.roles.items()
    ]


def _of_user(user: UserView | None) -> dict[str, str]:
    if user is None:
        return {"locale": "en"}
    return {
        "name": user.name,
        "email": user.email,
        "title": user.title,
        "manager": str(user.manager_id or ""),
        "team": str(user.team_id or ""),
        "locale": user.locale,
        "active": "true" if user.active else "false",
        "_version": str(user.version),
        **{f"roles.{role}": "true" for role in user.roles},
    }


def _summary(request: Request, problem: Problem) -> FormProblem:
    words = context_of(request).words
    name = problem.field.removeprefix("/")
    target = f"f-{name}" if name in SINGLE else ""
    return FormProblem(label="", message=words.say(problem.message), target=target)


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
