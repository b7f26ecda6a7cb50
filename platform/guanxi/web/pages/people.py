"""People and their access, for administrators."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.people.add_user import add_user
from guanxi.commands.people.change_user import change_user
from guanxi.commands.people.list_users import list_users
from guanxi.commands.people.renew_link import renew_link
from guanxi.commands.people.views import AddedUser, UserView
from guanxi.definitions.labels import say
from guanxi.errors import N_, Invalid, NotFound
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import formats_of, framed, onward
from guanxi.web.pages.people_form import change_of, person_form, read_person
from guanxi.web.rendering.views.people import OneTimeLinkPage, PeoplePage, PersonRow
from guanxi.web.rendering.views.values import Link, Person

ADD = N_("Add person")
ADDED, FOR = N_("{name} was added"), N_("A new link for {name}")
STATES = {"invited": N_("Invited"), "inactive": N_("Inactive")}
NO_PERSON = N_("There is no such person.")


async def show(request: Request) -> Response:
    """Everybody with roles, manager, team, and whether they can sign in."""
    context = context_of(request)
    catalog = await context.workspace.live()
    tag = context.words.language.tag
    rows = [
        PersonRow(
            person=Person(user.name, f"/people/{user.id}"),
            email=user.email,
            roles=[say(catalog.roles[role].label, tag) for role in user.roles if role in catalog.roles],
            manager=user.manager,
            team=user.team,
            link_href=f"/people/{user.id}/link" if user.active else "",
            absence_href=f"/people/{user.id}/absence" if user.active else "",
            state=context.words.say(STATES[user.state]) if user.state in STATES else "",
        )
        for user in await list_users(context.workspace, context.signed_in)
    ]
    create = Link(context.words.say(ADD), "/people/new", "user-plus")
    return await framed(request, "people.html", PeoplePage(people=rows, create=create))


async def new(request: Request) -> Response:
    """The form for a new person."""
    await list_users(context_of(request).workspace, context_of(request).signed_in)
    return await framed(request, "form.html", await person_form(request, None, {}))


async def add(request: Request) -> Response:
    """The person is added; the one-time link is shown this once."""
    context = context_of(request)
    typed = await read_person(request)
    try:
        added = await add_user(context.workspace, context.signed_in, change_of(typed))
    except Invalid as refusal:
        page = await person_form(request, None, typed, refusal)
        return await framed(request, "form.html", page, refusal.status)
    return await _link_page(request, added, context.words.say(ADDED(name=added.user.name)))


async def new_link(request: Request) -> Response:
    """A new one-time link, shown this once, for who lost the password or the first link."""
    context = context_of(request)
    made = await renew_link(context.workspace, context.signed_in, (await _user(request)).id)
    return await _link_page(request, made, context.words.say(FOR(name=made.user.name)))


async def _link_page(request: Request, added: AddedUser, title: str) -> Response:
    base = str(request.base_url).rstrip("/")
    shown = OneTimeLinkPage(
        title=title,
        person=Person(added.user.name),
        link=f"{base}/welcome/{added.invitation}",
        valid_until=formats_of(request).moment(added.valid_until),
    )
    return await framed(request, "one_time_link.html", shown)


async def edit(request: Request) -> Response:
    """The form for an existing person."""
    user = await _user(request)
    return await framed(request, "form.html", await person_form(request, user, None))


async def save(request: Request) -> Response:
    """The person is changed."""
    context = context_of(request)
    user, typed = await _user(request), await read_person(request)
    version = int(typed["_version"]) if typed.get("_version", "").isdigit() else user.version
    try:
        await change_user(context.workspace, context.signed_in, user.id, change_of(typed), version)
    except Invalid as refusal:
        page = await person_form(request, user, typed, refusal)
        return await framed(request, "form.html", page, refusal.status)
    return onward("/people", "saved")


async def _user(request: Request) -> UserView:
    context = context_of(request)
    id_ = id_of(request.path_params["id"])
    users = await list_users(context.workspace, context.signed_in)
    user = next((user for user in users if user.id == id_), None)
    if user is None:
        raise NotFound(NO_PERSON)
    return user
