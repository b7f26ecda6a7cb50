"""The rules of an entity over the whole record."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import CHANGED, Data, entity_in
from guanxi.errors import N_, Conflict, Invalid, Refused
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.forms import read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_href, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import Button, Group, Part, PlaceRow, PlacesEditor
from guanxi.studio.pressing import pressed
from guanxi.studio.rules_typed import NAME, rules_of, rules_typed, with_new
from guanxi.studio.typed import Typed, positions
from guanxi.studio.views import EditorPage
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden

MUST_HOLD, UNIQUE_TOGETHER = N_("Must hold"), N_("Unique together")
MESSAGE, WHEN = N_("What to tell the person"), N_("Only where")
ADD_CHECK = N_("Add a condition that must hold")
ADD_UNIQUE = N_("Add values that are unique together")
NO_RULES = N_("No rules yet")
WHAT_RULES_ARE = N_(
    "A rule holds for the whole record: values that occur only once together, or a condition that must hold."
)
FIELDS, FIELD, ADD = N_("Fields"), N_("Field"), N_("Add field")


async def show(request: Request) -> Response:
    """The rules of an entity."""
    return await _page(request, None)


async def save(request: Request) -> Response:
    """The rules are changed, or the form says what is wrong or shows what a button did."""
    context, draft = context_of(request), await draft_of(request)
    typed, name = await read_typed(request), request.path_params["entity"]
    types = types_of(entity_in(draft.definitions, name))
    button = typed.pop("_do", "")
    if button in ("check.add", "unique.add"):
        return await _page(request, with_new(typed, button.partition(".")[0]))
    if button:
        return await _page(request, pressed(typed, button, types))

    def change(definitions: Definitions) -> None:
        entity = entity_in(definitions, name)
        before = entity.get(NAME, [])
        if print_of(before) != typed.get("_seen", ""):
            raise Conflict(CHANGED)
        rules = rules_of(typed, before, types)
        if rules:
            entity[NAME] = rules
        else:
            entity.pop(NAME, None)

    try:
        await edit_draft(context.workspace, context.signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    return onward(entity_href(name, "rules"), "drafted")


async def _page(request: Request, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    entity = entity_in(draft.definitions, request.path_params["entity"])
    name, rules = entity["name"], entity.get(NAME, [])
    if typed is None:
        typed = rules_typed(rules, types_of(entity)) | {"_seen": print_of(rules)}
    inputs = Inputs(words, typed)
    title = entity_label(draft, name, tag)
    page = EditorPage(
        head=head_of(request, draft, title, entity.get("icon", "box"), entity=name, tab="rules"),
        title=title,
        form="rules-form",
        action=entity_href(name, "rules"),
        cancel_href=entity_href(name),
        groups=[
            Group(
                name=NAME,
                parts=[_rule(draft, entity, inputs, index, tag) for index in positions(typed, NAME)],
                adds=[
                    Button(value="check.add", label=words.say(ADD_CHECK)),
                    Button(value="unique.add", label=words.say(ADD_UNIQUE)),
                ],
                empty=words.say(NO_RULES),
                empty_more=words.say(WHAT_RULES_ARE),
            )
        ],
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


def _rule(draft: Drafted, entity: Data, inputs: Inputs, index: int, tag: str) -> Part:
    head, say, typed = f"{NAME}.{index}", inputs.words.say, inputs.typed
    labels, types = labels_of(entity, "", tag), types_of(entity)
    choices = {one: choices_of(draft, entity, "", one, tag) for one in types}
    unique = typed.get(f"{head}.kind") == "unique"
    conditions = [] if unique else [(f"{head}.check", MUST_HOLD)]
    places: list[PlacesEditor] = []
    if unique:
        own = [(one, text) for one, text in labels.items() if one in types]
        rows = [
            PlaceRow(index=place, inputs=[inputs.choice(f"{head}.unique.{place}.field", FIELD, own)])
            for place in positions(typed, f"{head}.unique")
        ]
        places = [PlacesEditor(name=f"{head}.unique", label=say(FIELDS), add=say(ADD), rows=rows)]
    was = typed.get(f"{head}.was", "")
    kind = say(UNIQUE_TOGETHER if unique else MUST_HOLD)
    return Part(
        index=index,
        title=typed.get(f"{head}.message.{tag}", "") or was or kind,
        inputs=inputs.label(f"{head}.message", MESSAGE),
        hidden=[Hidden(f"{head}.was", was), Hidden(f"{head}.kind", typed.get(f"{head}.kind", "check"))],
        conditions=[
            condition_editor(inputs, one, label, labels, types, choices)
            for one, label in [*conditions, (f"{head}.when", WHEN)]
        ],
        places=places,
    )
