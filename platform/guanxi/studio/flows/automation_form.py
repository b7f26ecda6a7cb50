"""Drawing what holds of a whole automation: what begins it, for which records, and what ends it."""

from collections.abc import Mapping

from guanxi.commands.studio.drafting import Drafted
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Text
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.field_editor import HELP, LABEL
from guanxi.studio.flows.beginning_words import (
    AGAINS,
    BEGINS,
    DAYS,
    ENDINGS,
    SEGMENTED,
    SIDES,
    TIMED,
)
from guanxi.studio.flows.step_words import UNITS
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import (
    ConditionEditor,
    Part,
    PlaceRow,
    PlacesEditor,
    RowEditor,
    RowsEditor,
)
from guanxi.studio.typed import Data, positions
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden

WHAT, BEGIN, KIND = N_("The automation"), N_("What begins it"), N_("It begins when")
WHEN, WHERE = N_("Only where"), N_("For each record for which this holds")
BECOMES, FIELDS, ADD_FIELD, FIELD = (
    N_("This becomes true"),
    N_("One of these fields"),
    N_("Add field"),
    N_("Field"),
)
FIELDS_HELP = N_("Without any, every change begins it.")
STATE, MESSAGE, APPROVAL, OUTCOME = N_("State"), N_("Message"), N_("Approval"), N_("How it ends")
MOMENT, MOMENT_HELP = N_("Day or moment"), N_("A date field, or an expression such as ordered_on + days(3).")
SIDE, SPAN, UNIT, CLOCK, DAY = (
    N_("Begins"),
    N_("How long"),
    N_("Unit"),
    N_("At this time of day"),
    N_("On which days"),
)
EVENT, EVENT_HELP = N_("Name of the event"), N_("What an effect “Tell of an event” or an integration sends.")
MORE, CALENDAR = N_("How it runs"), N_("Calendar of working time")
ACTIVE, AGAIN = N_("It is on"), N_("When it would begin for a record again")
DEPTH = N_("Most automations that may lead to it")
DEPTH_HELP = N_("Automations that set each other off stop there. Usually 8.")
EXITS, ADD_EXIT, EXIT_WHEN = N_("What ends it early"), N_("Add end"), N_("Once this holds")
EXIT_EVENT = N_("Or when this event comes")


class AutomationForm:
    """Draws what holds of a whole automation of an entity."""

    def __init__(self, draft: Drafted, entity: Data, inputs: Inputs) -> None:
        self.draft, self.entity, self.inputs = draft, entity, inputs
        self.tag, self.say, self.typed = inputs.words.language.tag, inputs.words.say, inputs.typed
        self.labels, self.types = labels_of(entity, "", self.tag), types_of(entity)
        self.kind = self.typed.get("on.kind") or next(iter(BEGINS))

    def basics(self, *more: Input) -> Part:
        """What it is called; `more` follows."""
        texts = [*self.inputs.label("label", LABEL, required=True), *self.inputs.label("help", HELP), *more]
        return Part(title=self.say(WHAT), inputs=texts)

    def begins(self) -> Part:
        """What begins it, with what that kind needs, and under which conditions."""
        conditions = [self._condition("on.becomes", BECOMES)] if self.kind == "becomes" else []
        if self.kind in SEGMENTED:
            conditions.append(self._condition("where", WHERE))
        conditions.append(self._condition("when", WHEN))
        return Part(
            title=self.say(BEGIN),
            inputs=[self._choice("on.kind", KIND, BEGINS), *self._needs()],
            places=[self._fields()] if self.kind == "changed" else [],
            conditions=conditions,
            refresh=True,
        )

    def runs(self) -> Part:
        """Whether it is on, whether it begins again, and where a loop stops."""
        return Part(
            title=self.say(MORE),
            inputs=[
                self.inputs.text("active", ACTIVE, "boolean"),
                self._choice("again", AGAIN, AGAINS),
                self.inputs.choice("calendar", CALENDAR, self._all("calendar")),
                self.inputs.text("depth", DEPTH, "integer", DEPTH_HELP),
            ],
        )

    def exits(self) -> Part:
        """What ends it while it runs."""
        rows = [
            RowEditor(
                index=index,
                inputs=[
                    *self.inputs.label(f"exits.{index}.label", LABEL),
                    self.inputs.text(f"exits.{index}.event", EXIT_EVENT),
                ],
                hidden=[Hidden(f"exits.{index}.was", self.typed.get(f"exits.{index}.was", ""))],
                conditions=[self._condition(f"exits.{index}.when", EXIT_WHEN)],
            )
            for index in positions(self.typed, "exits")
        ]
        ends = RowsEditor(name="exits", label=self.say(EXITS), add=self.say(ADD_EXIT), rows=rows)
        return Part(title=self.say(EXITS), lists=[ends])

    def _needs(self) -> list[Input]:
        clock = [self.inputs.text("on.at", CLOCK, "time")] if self.kind in TIMED else []
        match self.kind:
            case "entered":
                return [self.inputs.choice("on.entered", STATE, self._states(), required=True)]
            case "due":
                moment = self.inputs.text("on.due", MOMENT, "text", MOMENT_HELP, required=True)
                side = self._choice("on.side", SIDE, SIDES)
                span = self._span("on.span") if self.typed.get("on.side") else []
                return [moment, side, *span, *clock]
            case "every":
                return [*self._span("on.every"), *clock]
            case "day":
                return [self._choice("on.day", DAY, DAYS), *clock]
            case "event":
                return [self.inputs.text("on.event", EVENT, "text", EVENT_HELP, required=True)]
            case "failed":
                return [self.inputs.choice("on.failed", MESSAGE, self._all("message"), required=True)]
            case "decided":
                asked = self.inputs.choice("on.approval", APPROVAL, self._all("approval"), required=True)
                return [asked, self._choice("on.outcome", OUTCOME, ENDINGS)]
        return []

    def _fields(self) -> PlacesEditor:
        offered = list(self.labels.items())
        rows = [
            PlaceRow(index=place, inputs=[self.inputs.choice(f"on.changed.{place}.field", FIELD, offered)])
            for place in positions(self.typed, "on.changed")
        ]
        label = f"{self.say(FIELDS)} — {self.say(FIELDS_HELP)}" if not rows else self.say(FIELDS)
        return PlacesEditor(name="on.changed", label=label, add=self.say(ADD_FIELD), rows=rows)

    def _states(self) -> list[tuple[str, str]]:
        stage = next((name for name, type_ in self.types.items() if type_ == "stage"), "")
        return choices_of(self.draft, self.entity, "", stage, self.tag) if stage else []

    def _all(self, kind: str) -> list[tuple[str, str]]:
        """The definitions of a kind: those of other entities are none to choose."""
        return [
            (name, say(data.get("label") or humanised(name), self.tag))
            for (one, name), data in self.draft.definitions.items()
            if one == kind and data.get("of", self.entity["name"]) == self.entity["name"]
        ]

    def _span(self, name: str) -> list[Input]:
        unit = self.typed.get(f"{name}.unit") or "day"
        self.inputs.typed = {**self.inputs.typed, f"{name}.unit": unit}
        amount = self.inputs.text(
            f"{name}.amount", SPAN, "text" if unit == "text" else "integer", required=True
        )
        return [amount, self._choice(f"{name}.unit", UNIT, UNITS)]

    def _condition(self, name: str, label: Text) -> ConditionEditor:
        choices = {one: choices_of(self.draft, self.entity, "", one, self.tag) for one in self.types}
        return condition_editor(self.inputs, name, label, self.labels, self.types, choices)

    def _choice(self, name: str, label: Text, words: Mapping[str, Text]) -> Input:
        return self.inputs.choice(
            name, label, [(one, self.say(text)) for one, text in words.items()], first=True
        )
