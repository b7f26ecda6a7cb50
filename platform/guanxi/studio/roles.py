"""Roles: which there are, what one is called, includes and brings, and how far it reaches on each entity."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, of_release, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.roles import add_role, change_role, role_in
from guanxi.definitions.labels import say
from guanxi.errors import N_, Conflict, Invalid, Problem, Refused
from guanxi.studio.field_editor import API_NAME, LABEL, NAME_HELP
from guanxi.studio.field_list import CHANGED, NEW
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.new_entity import NAME, NEEDS_LABEL, NEEDS_NAME
from guanxi.studio.part_views import Grid, Group, Part, Ticks
from guanxi.studio.role_matrix import access_rows, columns, is_owned, reach_row, role_labels, roles_of
from guanxi.studio.role_words import RIGHT_WORDS
from guanxi.studio.roles_typed import GRANTS, rights, role_of, role_typed
from guanxi.studio.typed import TAGS, Data, Typed, label_of, name_from
from guanxi.studio.views import Badge, EditorPage, RoleRow, RolesPage
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link

ROLES, NEW_ROLE, ROLE, HELP = N_("Roles"), N_("New role"), N_("Role"), N_("Description")
INCLUDES, RIGHTS = N_("Has the grants of these roles too"), N_("Rights on the platform")
REACH, ENTITY = N_("How far it reaches"), N_("Entity")
REACH_NOTE = N_("Open an entity for its fields, actions and conditions. What is published counts at once.")
ALSO = N_("Also as {role}")


def role_href(*rest: str) -> str:
    """The address of a role in Studio, or of a part of it."""
    return "/".join(["/studio/roles", *rest])


async def show(request: Request) -> Response:
    """All roles."""
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    live, labels = of_release(draft.live), role_labels(draft, tag)
    touched = {(row.kind, row.name) for row in draft.rows}
    rows = []
    for name, data in roles_of(draft).items():
        badges = []
        if ("role", name) not in live:
            badges.append(Badge(words.say(NEW), "ok"))
        elif ("role", name) in touched:
            badges.append(Badge(words.say(CHANGED), "warn"))
        rows.append(
            RoleRow(
                name=name,
                label=labels[name],
                help=say(data["help"], tag) if data.get("help") else "",
                href=role_href(name),
                includes=_listed([labels.get(one, one) for one in data.get("includes", ())], tag),
                entities=len(data.get(GRANTS, ())),
                badges=badges,
            )
        )
    title = words.say(ROLES)
    page = RolesPage(
        head=head_of(request, draft, title, "shield", crumbs=[Link(title, "")]),
        roles=sorted(rows, key=lambda row: row.label),
        add_href="/studio/new-role",
    )
    return await framed(request, "studio/roles.html", page)


async def new(request: Request) -> Response:
    """The form of a new role."""
    return await _page(request, await draft_of(request), "", {})


async def edit(request: Request) -> Response:
    """The form of a role."""
    draft, name = await draft_of(request), request.path_params["role"]
    role = role_in(draft.definitions, name)
    return await _page(request, draft, name, role_typed(role, draft.entities) | {"_seen": print_of(role)})


async def add(request: Request) -> Response:
    """A role is added, or the form says what is wrong."""
    draft, typed = await draft_of(request), await read_typed(request)
    label = label_of(typed, "label", None) or {}
    name = typed.get("name", "").strip() or name_from(label)
    try:
        _refuse_unnamed(typed, name)
        data = role_of(typed, {"kind": "role", "name": name}, roles_of(draft), draft.entities)

        def change(definitions: Definitions) -> None:
            add_role(definitions, data)

        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Invalid, Conflict) as refusal:
        return await _page(request, draft, "", typed, refusal)
    return onward(role_href(name), "drafted")


async def save(request: Request) -> Response:
    """A role is changed, or the form says what is wrong."""
    draft, typed, name = await draft_of(request), await read_typed(request), request.path_params["role"]

    def change(definitions: Definitions) -> None:
        before = role_in(definitions, name)
        data = role_of(typed, before, roles_of(draft), draft.entities)
        change_role(definitions, data, typed.get("_seen", ""))

    try:
        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Invalid, Conflict) as refusal:
        return await _page(request, draft, name, typed, refusal)
    return onward(role_href(name), "drafted")


async def _page(
    request: Request, draft: Drafted, name: str, typed: Typed, refusal: Refused | None = None
) -> Response:
    words, tag = context_of(request).words, tag_of(request)
    labels = role_labels(draft, tag)
    title = labels[name] if name else words.say(NEW_ROLE)
    form = _Form(draft, name, Inputs(words, typed, by_input(refusal, words)), labels)
    page = EditorPage(
        head=head_of(
            request, draft, title, "shield", crumbs=[Link(words.say(ROLES), role_href()), Link(title, "")]
        ),
        title=title,
        form="role-form",
        action=role_href(name) if name else "/studio/new-role",
        cancel_href=role_href(),
        groups=[Group(parts=[form.names(), form.matrix()])],
        hidden=[Hidden("_seen", typed["_seen"])] if "_seen" in typed else [],
        problems=summary_of(refusal, words),
        access=access_rows(draft, words, role=name) if name else (),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


class _Form:
    """Draws the parts of the form of a role; of a new one where it has no name yet."""

    def __init__(self, draft: Drafted, name: str, inputs: Inputs, labels: Mapping[str, str]) -> None:
        self.draft, self.name, self.inputs, self.labels = draft, name, inputs, labels
        self.tag = inputs.words.language.tag

    def names(self) -> Part:
        """What it is called, which roles it includes, which rights it brings."""
        inputs, say_ = self.inputs, self.inputs.words.say
        others = [
            inputs.text(f"includes.{one}", text, "boolean")
            for one, text in self.labels.items()
            if one != self.name
        ]
        named = {one: RIGHT_WORDS.get(one, one) for one in rights()}
        may = [inputs.text(f"may.{one}", text, "boolean") for one, text in named.items()]
        return Part(
            title=say_(ROLE),
            inputs=[
                *inputs.label("label", LABEL, required=True),
                *([] if self.name else [inputs.text("name", API_NAME, help_=NAME_HELP)]),
                *inputs.label("help", HELP),
            ],
            ticks=[Ticks(label=say_(INCLUDES), inputs=others), Ticks(label=say_(RIGHTS), inputs=may)],
        )

    def matrix(self) -> Part:
        """How far it reaches: entities by operations."""
        say_ = self.inputs.words.say
        rows = [
            reach_row(
                self.inputs,
                entity,
                entity_label(self.draft, entity, self.tag),
                role_href(self.name, entity) if self.name else "",
                owned=is_owned(data),
                note=self._also(entity),
            )
            for entity, data in self.draft.entities.items()
        ]
        rows.sort(key=lambda row: row.label)
        grid = Grid(label=say_(ENTITY), columns=columns(self.inputs.words), rows=rows)
        return Part(title=say_(REACH), grid=grid, note=say_(REACH_NOTE) if self.name else "")

    def _also(self, entity: str) -> str:
        """The included roles that have grants on the entity as well."""
        roles = roles_of(self.draft)
        found = [one for one in _included(roles, self.name) if entity in roles[one].get(GRANTS, {})]
        names = _listed([self.labels[one] for one in found], self.tag)
        return self.inputs.words.say(ALSO(role=names)) if found else ""


def _listed(names: Sequence[str], tag: str) -> str:
    return ("、" if tag.startswith("zh") else ", ").join(names)


def _included(roles: Mapping[str, Data], name: str) -> list[str]:
    """All roles that a role includes, also through others."""
    found: list[str] = []
    waiting = list(roles.get(name, {}).get("includes", ()))
    while waiting:
        one = waiting.pop(0)
        if one in roles and one not in found and one != name:
            found.append(one)
            waiting += roles[one].get("includes", ())
    return found


def _refuse_unnamed(typed: Typed, name: str) -> None:
    problems = []
    if not typed.get(f"label.{TAGS[0]}", "").strip():
        problems.append(Problem(f"/label.{TAGS[0]}", "required", NEEDS_LABEL))
    elif not NAME.fullmatch(name):
        problems.append(Problem("/name", "required", NEEDS_NAME))
    if problems:
        raise Invalid(problems[0].message, problems)
