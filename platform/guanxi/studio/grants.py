"""What a role may do with one entity, grant by grant: rows, operations, actions, and each field."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import Data, entity_in
from guanxi.commands.studio.roles import OPERATIONS, SCOPES, change_role, role_in, with_grants
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Conflict, Invalid, Refused
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.forms import read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import Button, Grid, GridRow, Group, Part, Ticks
from guanxi.studio.pressing import pressed
from guanxi.studio.role_matrix import access_rows, is_owned, role_labels
from guanxi.studio.role_words import CONDITION, LEVEL_WORDS, OPERATION_WORDS, SCOPE_WORDS
from guanxi.studio.roles import ROLES, role_href
from guanxi.studio.roles_typed import EVERY, GRANTS, NEW, grants_of, grants_typed
from guanxi.studio.typed import Typed, positions
from guanxi.studio.views import EditorPage
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden, Link

ROWS, ADD_GRANT, GRANT = N_("On which records"), N_("Add grant"), N_("Grant")
OPERATIONS_WORD, ACTIONS, EVERY_ACTION = N_("May"), N_("Buttons"), N_("All buttons")
WHERE, FIELDS, FIELD = N_("Records for which"), N_("Access to fields"), N_("Field")
ALL_OTHERS, AS_OTHERS = N_("All others"), N_("As all others")
EVERYTHING = N_("By its operations")
NO_GRANTS = N_("No grant yet: the role sees nothing of it")
GRANTS_ADD = N_(
    "Grants only add. What none of a person's roles grants is not there: on no page and in no search."
)


async def show(request: Request) -> Response:
    """The grants of a role on an entity."""
    return await _page(request, None)


async def save(request: Request) -> Response:
    """The grants are changed, or the form says what is wrong or shows what a button did."""
    context, draft, typed = context_of(request), await draft_of(request), await read_typed(request)
    role, name = request.path_params["role"], request.path_params["entity"]
    entity = entity_in(draft.definitions, name)
    types = types_of(entity)
    if typed.get("_do"):
        return await _page(request, pressed(typed, typed.pop("_do"), types))

    def change(definitions: Definitions) -> None:
        data = role_in(definitions, role)
        before = data.get(GRANTS, {}).get(name, [])
        grants = grants_of(typed, before, types, entity["fields"], actions_of(draft, name, ""))
        change_role(definitions, with_grants(data, {name: grants}), typed.get("_seen", ""))

    try:
        await edit_draft(context.workspace, context.signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    return onward(role_href(role, name), "drafted")


def actions_of(draft: Drafted, entity: str, tag: str) -> dict[str, str]:
    """The buttons of an entity with what they are called: transitions and actions."""
    found = {}
    for (kind, name), data in draft.definitions.items():
        if kind == "stages" and data["of"] == entity:
            for one, transition in data["transitions"].items():
                found[one] = say(transition.get("label") or humanised(one), tag)
        elif kind == "action" and data["of"] == entity:
            found[name] = say(data.get("label") or humanised(name), tag)
    return found


async def _page(request: Request, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    role = role_in(draft.definitions, request.path_params["role"])
    entity = entity_in(draft.definitions, request.path_params["entity"])
    name = entity["name"]
    grants = role.get(GRANTS, {}).get(name, [])
    if typed is None:
        typed = grants_typed(grants, types_of(entity)) | {"_seen": print_of(role)}
    form = _Form(draft, entity, Inputs(words, typed), tag)
    label, title = role_labels(draft, tag)[role["name"]], entity_label(draft, name, tag)
    parts = [form.grant(index) for index in positions(typed, GRANTS)]
    add = Button(value=f"{GRANTS}.add", label=words.say(ADD_GRANT))
    groups = [
        Group(
            name=GRANTS,
            ordered=False,
            parts=parts,
            adds=[add],
            empty=words.say(NO_GRANTS),
            empty_more=words.say(GRANTS_ADD),
        )
    ]
    if parts:
        groups.append(Group(parts=[form.fields()]))
    crumbs = [Link(words.say(ROLES), role_href()), Link(label, role_href(role["name"])), Link(title, "")]
    page = EditorPage(
        head=head_of(request, draft, f"{label} › {title}", "shield", crumbs=crumbs),
        title=title,
        form="grants-form",
        action=role_href(role["name"], name),
        cancel_href=role_href(role["name"]),
        groups=groups,
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
        access=access_rows(draft, words, role=role["name"], entity=name),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


class _Form:
    """Draws the grants, and the fields under them."""

    def __init__(self, draft: Drafted, entity: Data, inputs: Inputs, tag: str) -> None:
        self.draft, self.entity, self.inputs, self.tag = draft, entity, inputs, tag
        self.say = inputs.words.say
        self.labels, self.types = labels_of(entity, "", tag), types_of(entity)
        self.actions = actions_of(draft, str(entity["name"]), tag)

    def grant(self, index: int) -> Part:
        """On which records, and what may be done with them."""
        head, inputs = f"{GRANTS}.{index}", self.inputs
        ticks = [
            Ticks(
                label=self.say(OPERATIONS_WORD),
                inputs=[
                    inputs.text(f"{head}.can.{one}", OPERATION_WORDS[one], "boolean") for one in OPERATIONS
                ],
            )
        ]
        if self.actions:
            pressed_ = {EVERY: self.say(EVERY_ACTION), **self.actions}
            offered = [
                inputs.text(f"{head}.actions.{one}", text, "boolean") for one, text in pressed_.items()
            ]
            ticks.append(Ticks(label=self.say(ACTIONS), inputs=offered))
        conditions = []
        if inputs.typed.get(f"{head}.rows") == "where":
            choices = {one: choices_of(self.draft, self.entity, "", one, self.tag) for one in self.types}
            conditions = [condition_editor(inputs, f"{head}.where", WHERE, self.labels, self.types, choices)]
        return Part(
            index=index,
            title=self._rows(index),
            inputs=[inputs.choice(f"{head}.rows", ROWS, self._scopes(), first=True)],
            hidden=[Hidden(f"{head}.was", inputs.typed.get(f"{head}.was", NEW))],
            ticks=ticks,
            conditions=conditions,
        )

    def fields(self) -> Part:
        """The matrix of fields by grants."""
        places = positions(self.inputs.typed, GRANTS)
        named = {EVERY: self.say(ALL_OTHERS), **self.labels}
        rows = [
            GridRow(label=text, inputs=[self._level(index, name, text) for index in places])
            for name, text in named.items()
        ]
        grid = Grid(label=self.say(FIELD), columns=[self._rows(index) for index in places], rows=rows)
        return Part(title=self.say(FIELDS), grid=grid)

    def _level(self, index: int, name: str, text: str) -> Input:
        none = EVERYTHING if name == EVERY else AS_OTHERS
        levels = [("", self.say(none)), *((one, self.say(word)) for one, word in LEVEL_WORDS.items())]
        label = f"{text}: {self._rows(index)}"
        return self.inputs.choice(f"{GRANTS}.{index}.fields.{name}", label, levels, first=True)

    def _scopes(self) -> list[tuple[str, str]]:
        offered = SCOPES if is_owned(self.entity) else ("all",)
        return [*((one, self.say(SCOPE_WORDS[one])) for one in offered), ("where", self.say(CONDITION))]

    def _rows(self, index: int) -> str:
        rows = self.inputs.typed.get(f"{GRANTS}.{index}.rows") or self._scopes()[0][0]
        return dict(self._scopes()).get(rows, rows)
