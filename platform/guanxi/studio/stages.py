"""The states of an entity's records, and the transitions between them."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import Data, entity_in
from guanxi.commands.studio.stages import change_stages, first_stages, stages_in, uses_left
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Conflict, Invalid, Problem, Refused
from guanxi.studio.actions_typed import STATES, TRANSITIONS, stages_of, stages_typed
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.effects_editor import EFFECTS, EffectsForm
from guanxi.studio.field_editor import API_NAME, LABEL, TINT
from guanxi.studio.field_words import TINTS
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_href, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import (
    Button,
    Group,
    OptionRow,
    OptionsEditor,
    Part,
    PlaceRow,
    PlacesEditor,
    Ticks,
)
from guanxi.studio.pressing import pressed
from guanxi.studio.typed import Typed, positions
from guanxi.studio.views import EditorPage
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.records import PathStage
from guanxi.web.rendering.views.values import Hidden

STAGES, ADD_STATE, ADD_TRANSITION = N_("States"), N_("Add state"), N_("Add transition")
BEGINNING = N_("Records have no states yet. Saving this gives them these; change them as you like.")
NOTE = N_("A new record is in the first state. It leaves a state by a transition only.")
TRANSITIONS_TITLE, TRANSITION = N_("Transitions"), N_("Transition")
FROM, TO = N_("From"), N_("To")
APPROVAL, THROUGH, BACK = (
    N_("Decided by the approval"),
    N_("State while it is decided"),
    N_("State when rejected"),
)
WHEN, MESSAGE = N_("Can be pressed only where"), N_("What to tell the person where not")
REQUIRES, ADD, FIELD = N_("Fields that must be filled"), N_("Add field"), N_("Field")
PRIMARY = N_("Main button")
ARROW = N_("{start} → {end}")
USED = N_("“{name}” is still used: {where}. Change that first.")


async def show(request: Request) -> Response:
    """States and transitions."""
    return await _page(request, None)


async def save(request: Request) -> Response:
    """They are changed, or the form says what is wrong or shows what a button did."""
    context, draft, typed = context_of(request), await draft_of(request), await read_typed(request)
    name = request.path_params["entity"]
    types = types_of(entity_in(draft.definitions, name))
    if typed.get("_do"):
        return await _page(request, pressed(typed, typed.pop("_do"), types))
    try:
        before = stages_in(draft.definitions, name) or first_stages(draft.definitions, name)
        data = stages_of(typed, before, types)
        _refuse_used(draft, before, data)

        def change(definitions: Definitions) -> None:
            change_stages(definitions, data, typed.get("_seen", ""))

        await edit_draft(context.workspace, context.signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    return onward(entity_href(name, "stages"), "drafted")


def _refuse_used(draft: Drafted, before: Data, after: Data) -> None:
    """Refuse to take away what roles, conditions or views still name."""
    left = [USED(name=gone, where=use.where) for gone, use in uses_left(draft, before, after)]
    if left:
        raise Invalid(left[0], [Problem("", "in_use", text) for text in left])


async def _page(request: Request, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    entity = entity_in(draft.definitions, request.path_params["entity"])
    name = entity["name"]
    there = stages_in(draft.definitions, name)
    stages = there or first_stages(draft.definitions, name)
    if typed is None:
        typed = stages_typed(stages, types_of(entity)) | {"_seen": print_of(there)}
    form = _Form(draft, entity, Inputs(words, typed, by_input(refusal, words)), tag)
    title = entity_label(draft, name, tag)
    states = Part(
        title=words.say(STAGES), note=words.say(NOTE if there else BEGINNING), options=form.states()
    )
    page = EditorPage(
        head=head_of(request, draft, title, entity.get("icon", "box"), entity=name, tab="stages"),
        title=title,
        form="stages-form",
        action=entity_href(name, "stages"),
        cancel_href=entity_href(name),
        path=[
            PathStage(label, "now" if not place else "todo")
            for place, label in enumerate(form.names.values())
        ],
        groups=[
            Group(parts=[states]),
            Group(
                name=TRANSITIONS,
                title=words.say(TRANSITIONS_TITLE),
                ordered=False,
                parts=[form.transition(index) for index in positions(typed, TRANSITIONS)],
                adds=[Button(value=f"{TRANSITIONS}.add", label=words.say(ADD_TRANSITION))],
            ),
        ],
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


class _Form:
    """Draws states and transitions."""

    def __init__(self, draft: Drafted, entity: Data, inputs: Inputs, tag: str) -> None:
        self.draft, self.entity, self.inputs, self.tag = draft, entity, inputs, tag
        self.say, self.typed = inputs.words.say, inputs.typed
        self.labels, self.types = labels_of(entity, "", tag), types_of(entity)
        self.names = self._names()
        self.effects = EffectsForm(draft, entity, inputs, self._buttons())

    def _names(self) -> dict[str, str]:
        """The states by name with what they are called, as the form has them now."""
        found = {}
        for index in positions(self.typed, STATES):
            head = f"{STATES}.{index}"
            name = self.typed.get(f"{head}.was") or self.typed.get(f"{head}.name", "")
            label = self.typed.get(f"{head}.label.{self.tag}", "") or self.typed.get(f"{head}.label.en", "")
            if name:
                found[name] = label or humanised(name)["en"]
        return found

    def _buttons(self) -> Mapping[str, str]:
        stages = stages_in(self.draft.definitions, str(self.entity["name"]))
        moves = stages[TRANSITIONS] if stages else {}
        return {name: say(one.get("label") or humanised(name), self.tag) for name, one in moves.items()}

    def states(self) -> OptionsEditor:
        """The states in their order."""
        tints = [(one, self.say(text)) for one, text in TINTS.items()]
        rows = []
        for index in positions(self.typed, STATES):
            head = f"{STATES}.{index}"
            was = self.typed.get(f"{head}.was", "")
            named = [] if was else [self.inputs.text(f"{head}.name", API_NAME)]
            shown = [
                *self.inputs.label(f"{head}.label", LABEL),
                self.inputs.choice(f"{head}.tint", TINT, tints),
            ]
            rows.append(OptionRow(index=index, inputs=[*shown, *named], hidden=[Hidden(f"{head}.was", was)]))
        return OptionsEditor(name=STATES, label=self.say(STAGES), add=self.say(ADD_STATE), rows=rows)

    def transition(self, index: int) -> Part:
        """A button that leads from states to another, perhaps through an approval."""
        head, inputs, states = f"{TRANSITIONS}.{index}", self.inputs, list(self.names.items())
        was = self.typed.get(f"{head}.was", "")
        choices = {one: choices_of(self.draft, self.entity, "", one, self.tag) for one in self.types}
        when = condition_editor(inputs, f"{head}.when", WHEN, self.labels, self.types, choices)
        approval = [inputs.choice(f"{head}.approval", APPROVAL, self._approvals())]
        if self.typed.get(f"{head}.approval"):
            approval += [
                inputs.choice(f"{head}.through", THROUGH, states, required=True),
                inputs.choice(f"{head}.back", BACK, states, required=True),
            ]
        return Part(
            index=index,
            title=self.typed.get(f"{head}.label.{self.tag}", "") or was or self.say(TRANSITION),
            note=self._way(head),
            inputs=[
                *inputs.label(f"{head}.label", LABEL),
                inputs.choice(f"{head}.to", TO, states, required=True),
                *approval,
                inputs.text(f"{head}.primary", PRIMARY, "boolean"),
                *inputs.label(f"{head}.message", MESSAGE),
            ],
            hidden=[Hidden(f"{head}.was", was)],
            ticks=[
                Ticks(
                    label=self.say(FROM),
                    inputs=[inputs.text(f"{head}.from.{one}", text, "boolean") for one, text in states],
                )
            ],
            conditions=[when],
            places=[self._requires(head)],
            effects=self.effects.editor(f"{head}.effects", EFFECTS),
        )

    def _way(self, head: str) -> str:
        """From where, through what, to where."""
        starts = [text for one, text in self.names.items() if self.typed.get(f"{head}.from.{one}") == "true"]
        stops = [self.names.get(self.typed.get(f"{head}.{key}", ""), "") for key in ("through", "to")]
        start, way = " / ".join(starts), [one for one in stops if one]
        for stop in way:
            start = self.say(ARROW(start=start or "…", end=stop))
        return start

    def _approvals(self) -> list[tuple[str, str]]:
        return [
            (name, say(data.get("label") or humanised(name), self.tag))
            for (kind, name), data in self.draft.definitions.items()
            if kind == "approval" and data.get("of") == self.entity["name"]
        ]

    def _requires(self, head: str) -> PlacesEditor:
        name, offered = f"{head}.requires", list(self.labels.items())
        rows = [
            PlaceRow(index=place, inputs=[self.inputs.choice(f"{name}.{place}.field", FIELD, offered)])
            for place in positions(self.typed, name)
        ]
        return PlacesEditor(name=name, label=self.say(REQUIRES), add=self.say(ADD), rows=rows)
