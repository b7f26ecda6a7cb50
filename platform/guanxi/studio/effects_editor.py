"""Drawing effects: a row for each with what its verb needs."""

from collections.abc import Mapping, Sequence

from guanxi.commands.studio.drafting import Drafted
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Text
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.effects_typed import JSON, VERBS
from guanxi.studio.heads import entity_label
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import EffectRow, EffectsEditor, PlaceRow, SetsEditor
from guanxi.studio.typed import Data, positions
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden

EFFECTS, VERB = N_("What happens"), N_("Effect")
VERB_WORDS: dict[str, Text] = {
    "update": N_("Set fields"),
    "create": N_("Create a record"),
    "move": N_("Press a button"),
    "assign": N_("Make somebody the owner"),
    "send": N_("Send a message"),
    "start": N_("Begin a process"),
    "call": N_("Call another system"),
    "emit": N_("Tell of an event"),
    "refuse": N_("Refuse with a message"),
    "if": N_("Only under a condition"),
    JSON: N_("As JSON"),
}
ENTITY, OPEN, BUTTON, WHO = N_("Entity"), N_("Lead to the new record"), N_("Button"), N_("Who")
WHO_HELP = N_("An expression such as = me or = account.owner.")
SEND, START, CALL = N_("Message"), N_("Approval or automation"), N_("Endpoint")
EMIT, EMIT_HELP = N_("Name of the event"), N_("Processes that wait for it go on.")
OFFERED = {
    "send": (SEND, ("message",)),
    "start": (START, ("approval", "automation")),
    "call": (CALL, ("endpoint",)),
}
MESSAGE, ADD_FIELD, FIELD, VALUE = N_("Message"), N_("Set a field"), N_("Field"), N_("Value")
VALUE_HELP = N_("A value, or an expression such as = today.")
WHERE, THEN, OTHERWISE = N_("Where this holds"), N_("Then"), N_("Otherwise")


class EffectsForm:
    """Draws effects on records of an entity; `transitions` are its buttons with a change of state."""

    def __init__(self, draft: Drafted, entity: Data, inputs: Inputs, transitions: Mapping[str, str]) -> None:
        self.draft, self.entity, self.inputs, self.transitions = draft, entity, inputs, transitions
        self.tag, self.say = inputs.words.language.tag, inputs.words.say
        self.labels, self.types = labels_of(entity, "", self.tag), types_of(entity)

    def editor(self, name: str, label: Text = EFFECTS) -> EffectsEditor:
        """The effects of the list `name`."""
        rows = [self._row(name, index) for index in positions(self.inputs.typed, name)]
        return EffectsEditor(name=name, label=self.say(label), rows=rows)

    def _row(self, name: str, index: int) -> EffectRow:
        head, typed = f"{name}.{index}", self.inputs.typed
        verb = typed.get(f"{head}.verb") or VERBS[0]
        verbs = [(one, self.say(text)) for one, text in VERB_WORDS.items()]
        condition, inner = None, list[EffectsEditor]()
        if verb == "if":
            choices = {one: choices_of(self.draft, self.entity, "", one, self.tag) for one in self.types}
            condition = condition_editor(self.inputs, f"{head}.if", WHERE, self.labels, self.types, choices)
            inner = [self.editor(f"{head}.then", THEN), self.editor(f"{head}.else", OTHERWISE)]
        return EffectRow(
            index=index,
            inputs=[
                self.inputs.choice(f"{head}.verb", VERB, verbs, first=True),
                *self._needs(head, verb),
            ],
            hidden=[Hidden(f"{head}.was", typed.get(f"{head}.was", ""))],
            sets=self._sets(head, verb) if verb in ("update", "create") else None,
            condition=condition,
            inner=inner,
        )

    def _needs(self, head: str, verb: str) -> Sequence[Input]:
        inputs = self.inputs
        if verb == "create":
            entities = [(one, entity_label(self.draft, one, self.tag)) for one in self.draft.entities]
            return [
                inputs.choice(f"{head}.create", ENTITY, entities, required=True),
                inputs.text(f"{head}.open", OPEN, "boolean"),
            ]
        if verb == "move":
            return [inputs.choice(f"{head}.move", BUTTON, list(self.transitions.items()), required=True)]
        if verb == "assign":
            return [inputs.text(f"{head}.assign", WHO, help_=WHO_HELP, required=True)]
        if verb in OFFERED:
            label, kinds = OFFERED[verb]
            return [inputs.choice(f"{head}.{verb}", label, self._named(kinds), required=True)]
        if verb == "emit":
            return [inputs.text(f"{head}.emit", EMIT, help_=EMIT_HELP, required=True)]
        if verb == "refuse":
            return inputs.label(f"{head}.refuse", MESSAGE)
        return [inputs.text(f"{head}.json", VERB_WORDS[JSON], "longText", wide=True)] if verb == JSON else []

    def _named(self, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """The definitions of these kinds that are about records of the entity, or about none."""
        own = self.entity["name"]
        return [
            (name, say(data.get("label") or humanised(name), self.tag))
            for (kind, name), data in self.draft.definitions.items()
            if kind in kinds and data.get("of", own) == own
        ]

    def _sets(self, head: str, verb: str) -> SetsEditor:
        typed = self.inputs.typed
        labels = self.labels
        if verb == "create":
            target = self.draft.entities.get(typed.get(f"{head}.create", ""))
            labels = labels_of(target, "", self.tag) if target is not None else {}
        rows = [
            PlaceRow(
                index=place,
                inputs=[
                    self.inputs.choice(f"{head}.set.{place}.field", FIELD, list(labels.items())),
                    self.inputs.text(f"{head}.set.{place}.value", VALUE, help_=VALUE_HELP),
                ],
            )
            for place in positions(typed, f"{head}.set")
        ]
        return SetsEditor(name=f"{head}.set", label=self.say(ADD_FIELD), rows=rows)
