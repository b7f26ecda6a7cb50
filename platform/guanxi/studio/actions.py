"""The buttons of an entity's records that do more than change the state."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import Data, entity_in
from guanxi.commands.studio.stages import action_in, put_action, stages_in
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Conflict, Invalid, Problem, Refused
from guanxi.studio.actions_typed import action_of, action_typed
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.effects_editor import EffectsForm
from guanxi.studio.field_editor import API_NAME, HELP, LABEL, NAME_HELP
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_href, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.new_entity import NAME, NEEDS_LABEL, NEEDS_NAME
from guanxi.studio.part_views import Group, Part
from guanxi.studio.pressing import pressed
from guanxi.studio.stages import MESSAGE, WHEN
from guanxi.studio.typed import TAGS, Typed, label_of, name_from
from guanxi.studio.views import EditorPage, Tab
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link

ACTION, ADD_ACTION = N_("Button"), N_("Add button")
NO_ACTIONS = N_("No buttons yet")
WHAT_ACTIONS_ARE = N_(
    "A button changes, creates or moves records in one step. Who may press it is said under Access."
)


async def first(request: Request) -> Response:
    """The first action, or that there is none."""
    draft, entity = await draft_of(request), request.path_params["entity"]
    return await _page(request, draft, next(iter(_actions(draft, entity)), ""), None)


async def show(request: Request) -> Response:
    """An action."""
    draft, name = await draft_of(request), request.path_params["action"]
    action_in(draft.definitions, request.path_params["entity"], name)
    return await _page(request, draft, name, None)


async def new(request: Request) -> Response:
    """The form of a new action."""
    typed = {"effects.0.verb": "update", "effects.0.set.0.field": "", "_seen": print_of(None)}
    return await _page(request, await draft_of(request), "", typed)


async def save(request: Request) -> Response:
    """An action is added or changed, or the form says what is wrong or shows what a button did."""
    context, draft, typed = context_of(request), await draft_of(request), await read_typed(request)
    of, name = request.path_params["entity"], request.path_params.get("action", "")
    types = types_of(entity_in(draft.definitions, of))
    if typed.get("_do"):
        return await _page(request, draft, name, pressed(typed, typed.pop("_do"), types))
    own = name or typed.get("name", "").strip() or name_from(label_of(typed, "label", None) or {})
    try:
        _refuse_unnamed(typed, own)
        before = action_in(draft.definitions, of, name) if name else {"kind": "action", "name": own, "of": of}
        data = action_of(typed, before, types)

        def change(definitions: Definitions) -> None:
            put_action(definitions, data, typed.get("_seen", ""))

        await edit_draft(context.workspace, context.signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, draft, name, typed, refusal)
    return onward(entity_href(of, "actions", own), "drafted")


def _actions(draft: Drafted, entity: str) -> dict[str, Data]:
    return {
        name: data
        for (kind, name), data in draft.definitions.items()
        if kind == "action" and data["of"] == entity
    }


async def _page(
    request: Request, draft: Drafted, name: str, typed: Typed | None, refusal: Refused | None = None
) -> Response:
    words, tag = context_of(request).words, tag_of(request)
    entity = entity_in(draft.definitions, request.path_params["entity"])
    of, actions = entity["name"], _actions(draft, request.path_params["entity"])
    if typed is None and name:
        typed = action_typed(actions[name], types_of(entity)) | {"_seen": print_of(actions[name])}
    title, add = entity_label(draft, of, tag), Link(words.say(ADD_ACTION), entity_href(of, "new-action"))
    inputs = Inputs(words, typed or {}, by_input(refusal, words))
    parts = [] if typed is None else [_part(draft, entity, inputs, name)]
    group = Group(parts=parts, empty=words.say(NO_ACTIONS), empty_more=words.say(WHAT_ACTIONS_ARE))
    page = EditorPage(
        head=head_of(request, draft, title, entity.get("icon", "box"), entity=of, tab="actions"),
        title=title,
        form="action-form",
        views=[
            Tab(
                label=say(data.get("label") or humanised(one), tag),
                href=entity_href(of, "actions", one),
                current=one == name,
            )
            for one, data in actions.items()
        ],
        add=add,
        action=entity_href(of, "actions", name) if name else entity_href(of, "new-action"),
        cancel_href=entity_href(of),
        groups=[group],
        hidden=[Hidden("_seen", (typed or {}).get("_seen", ""))],
        problems=summary_of(refusal, words),
        remove_href=entity_href(of, "actions", name, "remove") if name else "",
        empty=typed is None,
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


def _part(draft: Drafted, entity: Data, inputs: Inputs, name: str) -> Part:
    tag = inputs.words.language.tag
    labels, types = labels_of(entity, "", tag), types_of(entity)
    stages = stages_in(draft.definitions, str(entity["name"]))
    moves = stages["transitions"] if stages else {}
    buttons = {one: say(data.get("label") or humanised(one), tag) for one, data in moves.items()}
    choices = {one: choices_of(draft, entity, "", one, tag) for one in types}
    return Part(
        title=inputs.typed.get(f"label.{tag}", "") or name or inputs.words.say(ACTION),
        inputs=[
            *inputs.label("label", LABEL, required=True),
            *([] if name else [inputs.text("name", API_NAME, help_=NAME_HELP)]),
            *inputs.label("help", HELP),
            *inputs.label("message", MESSAGE),
        ],
        conditions=[condition_editor(inputs, "when", WHEN, labels, types, choices)],
        effects=EffectsForm(draft, entity, inputs, buttons).editor("effects"),
    )


def _refuse_unnamed(typed: Typed, name: str) -> None:
    if not typed.get(f"label.{TAGS[0]}", "").strip():
        raise Invalid(NEEDS_LABEL, [Problem(f"/label.{TAGS[0]}", "required", NEEDS_LABEL)])
    if not NAME.fullmatch(name):
        raise Invalid(NEEDS_NAME, [Problem("/name", "required", NEEDS_NAME)])
