"""Who may work with an entity: the matrix of all roles."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import CHANGED, entity_in
from guanxi.commands.studio.roles import with_grants
from guanxi.errors import N_, Conflict, Invalid, Refused
from guanxi.studio.forms import read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_href, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import Grid, Group, Part
from guanxi.studio.role_matrix import access_rows, columns, is_owned, reach_row, role_labels, roles_of
from guanxi.studio.roles import ROLE, role_href
from guanxi.studio.roles_typed import GRANTS, grants_reaching, reach_typed
from guanxi.studio.typed import Data, Typed
from guanxi.studio.views import EditorPage
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden

ACCESS = N_("Who may do what")
NOTE = N_("Open a role for its fields, actions and conditions. Included roles add theirs.")


async def show(request: Request) -> Response:
    """How far each role reaches on the entity."""
    return await _page(request, None)


async def save(request: Request) -> Response:
    """The roles are changed where the matrix differs, or the form says what is wrong."""
    context, typed, name = context_of(request), await read_typed(request), request.path_params["entity"]
    entity_in((await draft_of(request)).definitions, name)

    def change(definitions: Definitions) -> None:
        roles = {key[1]: data for key, data in definitions.items() if key[0] == "role"}
        if _print(roles, name) != typed.get("_seen", ""):
            raise Conflict(CHANGED)
        for role, data in roles.items():
            before = data.get(GRANTS, {}).get(name, [])
            grants = grants_reaching(typed, role, before)
            if grants != before:
                definitions["role", role] = with_grants(data, {name: grants})

    try:
        await edit_draft(context.workspace, context.signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    return onward(entity_href(name, "access"), "drafted")


def _print(roles: dict[str, Data], entity: str) -> str:
    return print_of({role: data.get(GRANTS, {}).get(entity, []) for role, data in roles.items()})


async def _page(request: Request, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    entity = entity_in(draft.definitions, request.path_params["entity"])
    name, roles = entity["name"], roles_of(draft)
    if typed is None:
        typed = {"_seen": _print(roles, name)}
        for role, data in roles.items():
            typed |= reach_typed(role, data.get(GRANTS, {}).get(name, ()))
    inputs = Inputs(words, typed)
    rows = [
        reach_row(inputs, role, label, role_href(role, name), owned=is_owned(entity))
        for role, label in role_labels(draft, tag).items()
    ]
    title = entity_label(draft, name, tag)
    grid = Grid(label=words.say(ROLE), columns=columns(words), rows=rows)
    page = EditorPage(
        head=head_of(request, draft, title, entity.get("icon", "box"), entity=name, tab="access"),
        title=title,
        form="access-form",
        action=entity_href(name, "access"),
        cancel_href=entity_href(name),
        groups=[Group(parts=[Part(title=words.say(ACCESS), grid=grid, note=words.say(NOTE))])],
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
        access=access_rows(draft, words, entity=name),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)
