"""What holds of a whole approval: when it is needed, what starts it, its policies, its ends."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.approvals import Start, start_by, start_of
from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import Data, entity_in
from guanxi.commands.studio.processes import put_process
from guanxi.commands.studio.steps import steps_in
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Conflict, Invalid, Problem, Refused, Text
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.effects_editor import EffectsForm
from guanxi.studio.field_editor import HELP, LABEL
from guanxi.studio.flows.approvals import BUTTON, buttons_of, refuse_start, start_inputs
from guanxi.studio.flows.homes import APPROVALS, opened
from guanxi.studio.flows.rules_typed import EFFECTS, PEOPLE, STAND_INS, rules_of, rules_typed
from guanxi.studio.flows.step_editor import StepForm, watch_editor
from guanxi.studio.flows.step_typed import ASKING
from guanxi.studio.flows.steps import whom
from guanxi.studio.flows.words import Names
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.new_entity import NEEDS_LABEL
from guanxi.studio.part_views import Group, Part, RowEditor, RowsEditor, Ticks
from guanxi.studio.pressing import pressed
from guanxi.studio.typed import TAGS, Typed, positions
from guanxi.studio.views import EditorPage
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link

RULES = N_("Rules of the whole")
WHEN, CALENDAR = N_("An approval is needed only where"), N_("Calendar of working time")
WATCH = N_("What consents are bound to: when it changes, people are asked again")
POLICIES_TITLE, STAND_IN = N_("What else can happen"), N_("When somebody is away or has left, asked instead")
DEPUTY, MANAGER = N_("their deputy"), N_("their manager")
SEPARATE, ADD_GROUP = N_("Never decided by the same person"), N_("Add group of steps")
STEP, ADD_STEP = N_("Step"), N_("Add step")
SHOWN, ADD_SHOWN = N_("What approvers are shown"), N_("Add value")
SHOW_WORDS = {
    "value": N_("Value, as an expression"),
    "was": N_("What it was or would be, as an expression"),
    "limit": N_("Limit, as an expression"),
}
LIKE = N_("Written like")
PEOPLE_TITLE = N_("Who else")
PEOPLE_WORDS = {"admins": N_("Who manages it"), "visibleTo": N_("Who sees it, too")}
POLICY_WORDS: Mapping[str, tuple[Text, Mapping[str, Text]]] = {
    "approverIsSubmitter": (
        N_("An approver is the submitter"),
        {
            "hold": N_("An administrator assigns somebody"),
            "nextManager": N_("The next manager above is asked"),
        },
    ),
    "sameApproverAgain": (
        N_("Somebody is asked who has agreed to the same already"),
        {"ask": N_("They are asked again"), "carryOver": N_("Their consent counts again")},
    ),
    "recall": (
        N_("The submitter may take it back"),
        {
            "never": N_("Never"),
            "beforeFirstDecision": N_("Until somebody has decided"),
            "anyTime": N_("At any time"),
        },
    ),
    "resubmit": (
        N_("It is submitted again"),
        {"askAll": N_("Everybody is asked again"), "askAffected": N_("Only those whose consent is missing")},
    ),
}
EFFECT_WORDS = {
    "onSubmitted": N_("When it is submitted"),
    "onApproved": N_("When it is approved"),
    "onRejected": N_("When it is rejected"),
    "onReturned": N_("When it goes back to the submitter"),
    "onRecalled": N_("When the submitter takes it back"),
    "onCancelled": N_("When it is cancelled"),
}


async def show(request: Request) -> Response:
    """The form of what holds of the whole."""
    return await _page(request, None)


async def save(request: Request) -> Response:
    """It is kept in the draft, or the form says what is wrong or shows what a button did."""
    draft, typed = await draft_of(request), await read_typed(request)
    before = opened(request, draft)
    types = types_of(entity_in(draft.definitions, before["of"]))
    if typed.get("_do"):
        return await _page(request, pressed(typed, typed.pop("_do"), types))
    try:
        _refuse(typed)
        data = rules_of(typed, before, types)
        start = Start(*(typed.get(key, "") for key in ("start", "through", "back")))

        def change(definitions: Definitions) -> None:
            put_process(definitions, data, typed.get("_seen", ""))
            if start != start_of(definitions, data):
                start_by(definitions, data, start)

        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    return onward(APPROVALS.href(before["name"]), "drafted")


def _refuse(typed: Typed) -> None:
    problems = refuse_start(typed)
    if not typed.get(f"label.{TAGS[0]}", "").strip():
        problems.append(Problem(f"/label.{TAGS[0]}", "required", NEEDS_LABEL))
    if problems:
        raise Invalid(problems[0].message, problems)


async def _page(request: Request, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    approval = opened(request, draft)
    name, entity = approval["name"], entity_in(draft.definitions, approval["of"])
    if typed is None:
        start = start_of(draft.definitions, approval)
        begun = {"start": start.transition, "through": start.through, "back": start.back}
        typed = rules_typed(approval, types_of(entity)) | begun | {"_seen": print_of(approval)}
    inputs = Inputs(words, typed, by_input(refusal, words))
    form = _Form(draft, approval, entity, inputs)
    powers = StepForm(draft, approval, entity, inputs, await whom(request), list(steps_in(approval)))
    people = Part(
        title=words.say(PEOPLE_TITLE),
        lists=[powers.who.editor(key, PEOPLE_WORDS[key], folded=True) for key in PEOPLE],
    )
    title, crumb = words.say(RULES), Names(draft, approval, words.say, tag).label(approval, name)
    crumbs = [
        Link(words.say(APPROVALS.title), APPROVALS.address),
        Link(crumb, APPROVALS.href(name)),
        Link(title, ""),
    ]
    parts = [form.basics(), form.start(), form.shown(), form.policies(), powers.powers(), people]
    page = EditorPage(
        head=head_of(request, draft, crumb, "stamp", crumbs=crumbs),
        title=crumb,
        form="rules-form",
        action=APPROVALS.href(name, "settings"),
        cancel_href=APPROVALS.href(name),
        groups=[Group(parts=[*parts, *form.effects()])],
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
        remove_href=APPROVALS.href(name, "remove"),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


class _Form:
    """Draws what holds of the whole."""

    def __init__(self, draft: Drafted, approval: Data, entity: Data, inputs: Inputs) -> None:
        self.draft, self.approval, self.entity, self.inputs = draft, approval, entity, inputs
        self.tag, self.say, self.typed = inputs.words.language.tag, inputs.words.say, inputs.typed
        self.labels, self.types = labels_of(entity, "", self.tag), types_of(entity)

    def basics(self) -> Part:
        """What it is called, when it is needed, and what consents are bound to."""
        calendars = [
            (one, self._label(data, one))
            for (kind, one), data in self.draft.definitions.items()
            if kind == "calendar"
        ]
        choices = {one: choices_of(self.draft, self.entity, "", one, self.tag) for one in self.types}
        return Part(
            title=self.say(RULES),
            inputs=[
                *self.inputs.label("label", LABEL, required=True),
                *self.inputs.label("help", HELP),
                self.inputs.choice("calendar", CALENDAR, calendars),
            ],
            conditions=[condition_editor(self.inputs, "when", WHEN, self.labels, self.types, choices)],
            places=[watch_editor(self.inputs, WATCH, self.labels)],
        )

    def start(self) -> Part:
        """The button that starts it."""
        return Part(title=self.say(BUTTON), inputs=start_inputs(self.draft, self.inputs, self.approval["of"]))

    def shown(self) -> Part:
        """The values that approvers are shown."""
        rows = []
        for index in positions(self.typed, "show"):
            head = f"show.{index}"
            texts = [
                self.inputs.text(f"{head}.{key}", text, required=key == "value")
                for key, text in SHOW_WORDS.items()
            ]
            like = self.inputs.choice(f"{head}.of", LIKE, list(self.labels.items()))
            rows.append(
                RowEditor(
                    index=index,
                    inputs=[*self.inputs.label(f"{head}.label", LABEL), *texts, like],
                    hidden=[Hidden(f"{head}.known", self.typed.get(f"{head}.known", ""))],
                )
            )
        shown = RowsEditor(name="show", label=self.say(SHOWN), add=self.say(ADD_SHOWN), rows=rows)
        return Part(title=self.say(SHOWN), lists=[shown])

    def policies(self) -> Part:
        """What happens in the cases that the flow does not show."""
        chosen = [
            self.inputs.choice(
                f"policies.{key}", label, [(one, self.say(text)) for one, text in words.items()], first=True
            )
            for key, (label, words) in POLICY_WORDS.items()
        ]
        stand_ins = [
            self.inputs.text(f"unavailable.{one}", text, "boolean")
            for one, text in zip(STAND_INS, (DEPUTY, MANAGER), strict=True)
        ]
        return Part(
            title=self.say(POLICIES_TITLE),
            inputs=chosen,
            ticks=[Ticks(label=self.say(STAND_IN), inputs=stand_ins)],
            lists=[self._separate()],
        )

    def effects(self) -> list[Part]:
        """What happens when it is submitted, and at its ends."""
        buttons = buttons_of(self.draft, self.approval["of"], self.tag)
        form = EffectsForm(self.draft, self.entity, self.inputs, buttons)
        return [
            Part(title=self.say(EFFECT_WORDS[key]), effects=form.editor(key, EFFECT_WORDS[key]))
            for key in EFFECTS
        ]

    def _separate(self) -> RowsEditor:
        asking = [
            (one["name"], self._label(one, one["name"]))
            for one in steps_in(self.approval)
            if one["type"] in ASKING
        ]
        rows = []
        for number in positions(self.typed, "separate"):
            name = f"separate.{number}.steps"
            steps = [
                RowEditor(index=n, inputs=[self.inputs.choice(f"{name}.{n}.field", STEP, asking)])
                for n in positions(self.typed, name)
            ]
            inner = RowsEditor(name=name, label=self.say(SEPARATE), add=self.say(ADD_STEP), rows=steps)
            rows.append(
                RowEditor(
                    index=number, inputs=(), hidden=[Hidden(f"separate.{number}.was", "1")], inner=[inner]
                )
            )
        return RowsEditor(name="separate", label=self.say(SEPARATE), add=self.say(ADD_GROUP), rows=rows)

    def _label(self, data: Data, name: str) -> str:
        return say(data.get("label") or humanised(name), self.tag)
