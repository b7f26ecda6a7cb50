"""Drawing the form of a step: what all steps have, then what its type needs."""

from collections.abc import Mapping, Sequence

from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.stages import stages_in
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Text
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.effects_editor import EffectsForm
from guanxi.studio.field_editor import LABEL
from guanxi.studio.flows.approvals import buttons_of
from guanxi.studio.flows.step_typed import ASKING, BRANCHED, EFFECTS, FLAGS, POWERS
from guanxi.studio.flows.step_words import (
    ACCESS,
    DOES,
    EFFECT_WORDS,
    FLAG_WORDS,
    IF_REJECTED,
    JOINS,
    NEEDS,
    NO_JOIN,
    OUTCOMES,
    POWER_WORDS,
    RESTS,
    UNITS,
    WAITS,
)
from guanxi.studio.flows.who_editor import People, WhoForm
from guanxi.studio.flows.words import TYPES
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import (
    ConditionEditor,
    Part,
    PlaceRow,
    PlacesEditor,
    RowEditor,
    RowsEditor,
    Ticks,
)
from guanxi.studio.typed import Data, positions
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden

KIND, STEP = N_("Kind of step"), N_("Step")
WHEN, WAY_WHEN, UNTIL = N_("Only where"), N_("This way where"), N_("Until this holds")
ASKED, NEED, NUMBER = N_("Who is asked"), N_("How many must consent"), N_("How many")
DUE, UNIT, AFTER = N_("To be decided within"), N_("Unit"), N_("After")
DEADLINES, ADD_DEADLINE, DO, TO = N_("When nobody decides"), N_("Add deadline"), N_("Then"), N_("Whom")
POWERS_TITLE, RETURNS = N_("What they may do besides deciding"), N_("May send it back to")
TO_SUBMITTER, TO_PREVIOUS = N_("the submitter"), N_("the step before")
AS_USUAL, YES, NO = N_("As usual"), N_("Yes"), N_("No")
FIELDS, ADD_FIELD, FIELD, SHOWN = N_("Fields at this step"), N_("Add field"), N_("Field"), N_("How")
WATCH = N_("What the consent is bound to, if not as the whole")
REJECTED = N_("After a rejection")
WAYS, ADD_WAY, ANSWERS, ADD_ANSWER = N_("Ways"), N_("Add way"), N_("Answers"), N_("Add answer")
JOIN, REST = N_("It goes on when"), N_("Then")
BACK_TO, TIMES = N_("Back to"), N_("At most so often")
OUTCOME, PROCESS, EACH = N_("How it ends"), N_("Approval"), N_("Once for each row of")
WAIT, MOMENT, CLOCK, EVENT, EARLY = (
    N_("Wait"),
    N_("Day or moment"),
    N_("At this time of day"),
    N_("Name of the event"),
    N_("One that came before counts, too"),
)


class StepForm:
    """Draws a step; `before` are the steps that come before it."""

    def __init__(
        self,
        draft: Drafted,
        process: Data,
        entity: Data,
        inputs: Inputs,
        people: People,
        before: Sequence[Data],
    ) -> None:
        self.draft, self.process, self.entity, self.inputs = draft, process, entity, inputs
        self.tag, self.say, self.typed = inputs.words.language.tag, inputs.words.say, inputs.typed
        self.labels, self.types = labels_of(entity, "", self.tag), types_of(entity)
        self.before = [
            (one["name"], say(one.get("label") or humanised(one["name"]), self.tag)) for one in before
        ]
        asking = {one["name"] for one in before if one["type"] in ASKING}
        deciders = [one for one in self.before if one[0] in asking]
        self.who = WhoForm(draft, entity, inputs, people, deciders)
        self.returnable = deciders

    def parts(self) -> list[Part]:
        """The cards of the form."""
        type_ = self.typed.get("type") or next(iter(TYPES))
        parts = [self._basics(type_)]
        if type_ in ASKING:
            parts += [self._asked(type_), self._time(), self.powers(), self._fields(type_)]
        if type_ in BRANCHED:
            parts.append(Part(title=self.say(WAYS), lists=[self._ways(type_)]))
        if type_ == "task":
            parts.append(Part(title=self.say(ANSWERS), lists=[self._answers()]))
        stages = stages_in(self.draft.definitions, str(self.entity["name"]))
        buttons = buttons_of(self.draft, str(self.entity["name"]), self.tag) if stages else {}
        effects = EffectsForm(self.draft, self.entity, self.inputs, buttons)
        for key in EFFECTS.get(type_, ()):
            editor = effects.editor(key, EFFECT_WORDS[key])
            parts.append(Part(title=self.say(EFFECT_WORDS[key]), effects=editor))
        return parts

    def _basics(self, type_: str) -> Part:
        types = [(one, self.say(text)) for one, (text, _) in TYPES.items() if self._may_be(one)]
        shown = [
            *self.inputs.label("label", LABEL, required=True),
            self.inputs.choice("type", KIND, types, first=True),
            *self._own(type_),
        ]
        waits = type_ == "wait" and (self.typed.get("waits") or "for") == "when"
        asks = type_ != "wait"
        conditions = [self._condition("when", UNTIL if waits else WHEN)] if asks or waits else []
        return Part(title=self.say(STEP), inputs=shown, conditions=conditions, refresh=True)

    def _may_be(self, type_: str) -> bool:
        """Whether a process of this kind has such steps: automations approve nothing."""
        return type_ != "approve" or self.process["kind"] == "approval"

    def _own(self, type_: str) -> list[Input]:
        """The inputs that only one type of step has."""
        match type_:
            case "wait":
                return self._waiting()
            case "goBack":
                back = self.inputs.choice("to", BACK_TO, self.before, required=True)
                return [back, self.inputs.text("max", TIMES, "integer", required=True)]
            case "end":
                return [self._choice("outcome", OUTCOME, OUTCOMES[self.process["kind"]])]
            case "parallel":
                return [*self._join(JOINS), self._choice("rest", REST, RESTS)]
            case "call":
                return self._called()
        return []

    def _waiting(self) -> list[Input]:
        waits = self.typed.get("waits") or "for"
        shown = [self._choice("waits", WAIT, WAITS)]
        if waits == "for":
            shown += self._span("for", AFTER)
        if waits == "until":
            shown.append(self.inputs.text("until", MOMENT, required=True))
        if waits in ("for", "until"):
            shown.append(self.inputs.text("at", CLOCK, "time"))
        if waits == "event":
            shown += [
                self.inputs.text("event", EVENT, required=True),
                self.inputs.text("acceptEarly", EARLY, "boolean"),
            ]
        return shown

    def _called(self) -> list[Input]:
        others = [
            (name, say(data.get("label") or humanised(name), self.tag))
            for (kind, name), data in self.draft.definitions.items()
            if kind in ("approval", "automation") and name != self.process["name"]
        ]
        rows = [(one, text) for one, text in self.labels.items() if one not in self.types]
        return [
            self.inputs.choice("process", PROCESS, others, required=True),
            self.inputs.choice("forEach", EACH, rows),
            *self._join(NO_JOIN),
            self._choice("ifRejected", REJECTED, IF_REJECTED),
        ]

    def _join(self, joins: Mapping[str, Text]) -> list[Input]:
        number = [self.inputs.text("join.number", NUMBER, "integer", required=True)]
        return [self._choice("join.kind", JOIN, joins), *(number if self._is("join.kind", "atLeast") else [])]

    def _asked(self, type_: str) -> Part:
        shown = []
        if type_ == "approve":
            shown.append(self._choice("need.kind", NEED, NEEDS))
            if self._is("need.kind", "atLeast", "percent"):
                shown.append(self.inputs.text("need.number", NUMBER, "integer", required=True))
            shown.append(self._choice("ifRejected", REJECTED, IF_REJECTED))
        lists = [self.who.editor("by", ASKED)]
        return Part(title=self.say(ASKED), inputs=shown, lists=lists, refresh=type_ == "approve")

    def _time(self) -> Part:
        rows = []
        for index in positions(self.typed, "deadlines"):
            head = f"deadlines.{index}"
            others = self._is(f"{head}.do", "escalate", "reassign") or positions(self.typed, f"{head}.to")
            rows.append(
                RowEditor(
                    index=index,
                    inputs=[*self._span(f"{head}.after", AFTER), self._choice(f"{head}.do", DO, DOES)],
                    hidden=[Hidden(f"{head}.was", self.typed.get(f"{head}.was", ""))],
                    inner=[self.who.editor(f"{head}.to", TO)] if others else [],
                    refresh=True,
                )
            )
        deadlines = RowsEditor(
            name="deadlines", label=self.say(DEADLINES), add=self.say(ADD_DEADLINE), rows=rows
        )
        return Part(title=self.say(DUE), inputs=self._span("due", DUE), lists=[deadlines])

    def powers(self) -> Part:
        """What the people of a step, or of all steps, may do besides deciding."""
        back = [("submitter", self.say(TO_SUBMITTER)), ("previous", self.say(TO_PREVIOUS)), *self.returnable]
        flags = [("", self.say(AS_USUAL)), ("true", self.say(YES)), ("false", self.say(NO))]
        told = ["may.told", *(f"may.{key}_told" for key in POWERS)]
        ticks = [self.inputs.text(f"may.return.{one}", text, "boolean") for one, text in back]
        return Part(
            title=self.say(POWERS_TITLE),
            inputs=[self.inputs.choice(f"may.{key}", FLAG_WORDS[key], flags, first=True) for key in FLAGS],
            lists=[self.who.editor(f"may.{key}", POWER_WORDS[key], folded=True) for key in POWERS],
            ticks=[Ticks(label=self.say(RETURNS), inputs=ticks)],
            hidden=[Hidden(one, self.typed.get(one, "")) for one in told],
        )

    def _fields(self, type_: str) -> Part:
        rows = [
            PlaceRow(
                index=place,
                inputs=[
                    self.inputs.choice(f"fields.{place}.field", FIELD, list(self.labels.items())),
                    self._choice(f"fields.{place}.access", SHOWN, ACCESS),
                ],
            )
            for place in positions(self.typed, "fields")
        ]
        places = [PlacesEditor(name="fields", label=self.say(FIELDS), add=self.say(ADD_FIELD), rows=rows)]
        if type_ == "approve":
            places.append(watch_editor(self.inputs, WATCH, self.labels))
        return Part(title=self.say(FIELDS), places=places)

    def _ways(self, type_: str) -> RowsEditor:
        rows = [
            RowEditor(
                index=index,
                inputs=self.inputs.label(f"branches.{index}.label", LABEL, required=True),
                hidden=[Hidden(f"branches.{index}.was", self.typed.get(f"branches.{index}.was", ""))],
                conditions=[self._condition(f"branches.{index}.when", WAY_WHEN)] if type_ != "race" else [],
            )
            for index in positions(self.typed, "branches")
        ]
        return RowsEditor(name="branches", label=self.say(WAYS), add=self.say(ADD_WAY), rows=rows)

    def _answers(self) -> RowsEditor:
        rows = [
            RowEditor(
                index=index,
                inputs=self.inputs.label(f"outcomes.{index}.label", LABEL, required=True),
                hidden=[Hidden(f"outcomes.{index}.was", self.typed.get(f"outcomes.{index}.was", ""))],
            )
            for index in positions(self.typed, "outcomes")
        ]
        return RowsEditor(name="outcomes", label=self.say(ANSWERS), add=self.say(ADD_ANSWER), rows=rows)

    def _span(self, name: str, label: Text) -> list[Input]:
        units = [(one, self.say(text)) for one, text in UNITS.items()]
        unit = self.typed.get(f"{name}.unit") or "day"
        amount = self.inputs.text(f"{name}.amount", label, "text" if unit == "text" else "integer")
        self.inputs.typed = {**self.inputs.typed, f"{name}.unit": unit}
        return [amount, self.inputs.choice(f"{name}.unit", UNIT, units, first=True)]

    def _condition(self, name: str, label: Text) -> ConditionEditor:
        choices = {one: choices_of(self.draft, self.entity, "", one, self.tag) for one in self.types}
        return condition_editor(self.inputs, name, label, self.labels, self.types, choices)

    def _choice(self, name: str, label: Text, words: Mapping[str, Text]) -> Input:
        offered = [(one, self.say(text)) for one, text in words.items()]
        return self.inputs.choice(name, label, offered, first=True)

    def _is(self, name: str, *values: str) -> bool:
        return self.typed.get(name, "") in values


def watch_editor(inputs: Inputs, label: Text, labels: Mapping[str, str]) -> PlacesEditor:
    """The fields that a consent is bound to."""
    rows = [
        PlaceRow(index=place, inputs=[inputs.choice(f"watch.{place}.field", FIELD, list(labels.items()))])
        for place in positions(inputs.typed, "watch")
    ]
    return PlacesEditor(
        name="watch", label=inputs.words.say(label), add=inputs.words.say(ADD_FIELD), rows=rows
    )
