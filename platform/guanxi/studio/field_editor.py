"""Drawing the form of a field: names, type, what the type needs, options, conditions, formulas."""

from collections.abc import Mapping, Sequence

from guanxi.commands.studio.drafting import Drafted
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Text
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.field_words import CHOICES, COMPUTED, CONDITIONS, DETAILS, FLAGS, TINTS, TYPES
from guanxi.studio.heads import entity_label
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import ConditionEditor, OptionRow, OptionsEditor
from guanxi.studio.typed import OTHERS, Data, offered_types, positions, properties_of
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden

LABEL, HELP, TYPE, API_NAME = N_("Label"), N_("Help text"), N_("Type"), N_("API name")
OPTIONS, ADD_OPTION = N_("Options"), N_("Add option")
TINT, OFFERED_WHEN = N_("Tint"), N_("Offer this option when")
NAME_HELP = N_(
    "What programs and formulas call it: small letters, digits and _. Made of the label if left empty."
)
SECTION, COLUMN, FILTER = N_("Section of the page"), N_("Column of the list"), N_("Filter of the list")
OR_ONE_OF = N_("Or to a record of")
OR_ONE_OF_HELP = N_("Whoever fills in the field then chooses among the records of all of them.")
SHOWN_IN_NONE = N_("Not on the page")


class FieldForm:
    """Draws the parts of a field's form from what it holds."""

    def __init__(self, draft: Drafted, entity: Data, path: str, inputs: Inputs) -> None:
        self.draft, self.entity, self.path, self.inputs = draft, entity, path, inputs
        self.tag = inputs.words.language.tag
        self.type = inputs.typed.get("type", "text")
        self.known = properties_of(self.type)

    def basics(self, *, new: bool) -> list[Input]:
        """Labels, API name of a new field, type, help."""
        named = [self.inputs.text("name", API_NAME, help_=NAME_HELP)] if new else []
        kinds = [(one, type_label(self.inputs, one)) for one in offered_types()]
        if self.type == "stage":
            kinds = [("stage", type_label(self.inputs, "stage"))]
        kind = self.inputs.choice("type", TYPE, kinds, first=True)
        return [
            *self.inputs.label("label", LABEL, required=True),
            *named,
            kind,
            *self.inputs.label("help", HELP),
        ]

    def details(self) -> list[Input]:
        """What only some types have."""
        found = []
        for name, (label, help_) in DETAILS.items():
            if name not in self.known:
                continue
            if name == "to":
                entities = [(one, entity_label(self.draft, one, self.tag)) for one in self.draft.entities]
                found.append(self.inputs.choice(name, label, entities, required=True))
                if self.type == "reference":
                    found.append(self.inputs.ticks(OTHERS, OR_ONE_OF, entities, help_=OR_ONE_OF_HELP))
            elif name in CHOICES:
                options = [(one, self.inputs.words.say(text)) for one, text in CHOICES[name].items()]
                found.append(self.inputs.choice(name, label, options))
            elif name == "default" and self.type == "select":
                found.append(self.inputs.choice(name, label, self._options()))
            else:
                found.append(self.inputs.text(name, label, help_=help_ or ""))
        return found

    def flags(self) -> list[Input]:
        """What is ticked or not."""
        return [
            self.inputs.text(name, label, "boolean") for name, label in FLAGS.items() if name in self.known
        ]

    def computed(self) -> list[Input]:
        """Formula and suggestion."""
        return [
            self.inputs.text(name, label, "longText", help_, wide=True)
            for name, (label, help_) in COMPUTED.items()
            if name in self.known
        ]

    def conditions(self) -> list[ConditionEditor]:
        """When it is shown, required, open, and which records are offered."""
        return [self._condition(name, CONDITIONS[name]) for name in CONDITIONS if name in self.known]

    def options(self) -> OptionsEditor | None:
        """The options, for types that have some."""
        if "options" not in self.known:
            return None
        tints = [(one, self.inputs.words.say(text)) for one, text in TINTS.items()]
        rows = []
        for index in positions(self.inputs.typed, "options"):
            head = f"options.{index}"
            shown = [
                *self.inputs.label(f"{head}.label", LABEL),
                self.inputs.choice(f"{head}.tint", TINT, tints),
                self.inputs.text(f"{head}.name", API_NAME),
            ]
            was = self.inputs.typed.get(f"{head}.was", "")
            condition = self._condition(f"{head}.when", OFFERED_WHEN)
            rows.append(
                OptionRow(index=index, inputs=shown, hidden=[Hidden(f"{head}.was", was)], condition=condition)
            )
        say_ = self.inputs.words.say
        return OptionsEditor(name="options", label=say_(OPTIONS), add=say_(ADD_OPTION), rows=rows)

    def places(self) -> list[Input]:
        """Where a new field is shown."""
        layouts = [d for (kind, _), d in self.draft.definitions.items() if kind == "layout"]
        own = {data["view"]: data for data in layouts if data["of"] == self.entity["name"]}
        found = []
        if "detail" in own:
            sections = [one for one in own["detail"]["sections"] if "fields" in one]
            known = [
                (one["name"], say(one.get("label") or humanised(one["name"]), self.tag)) for one in sections
            ]
            none = ("-", self.inputs.words.say(SHOWN_IN_NONE))
            found.append(self.inputs.choice("_section", SECTION, [*known, none], first=True))
        if "list" in own and self.type != "lines":
            found.append(self.inputs.text("_column", COLUMN, "boolean"))
            found.append(self.inputs.text("_filter", FILTER, "boolean"))
        return found

    def _options(self) -> Sequence[tuple[str, str]]:
        typed = self.inputs.typed
        found = []
        for index in positions(typed, "options"):
            name = typed.get(f"options.{index}.name", "")
            if name:
                found.append((name, typed.get(f"options.{index}.label.{self.tag}", "") or name))
        return found

    def _condition(self, name: str, label: Text) -> ConditionEditor:
        entity, path, tag = self.entity, self.path, self.tag
        if name == "choices":
            target = self.draft.entities.get(self.inputs.typed.get("to", ""))
            entity, path = (target, "") if target is not None else ({"name": "", "fields": {}}, "")
        types = types_of(entity, path)
        choices: Mapping[str, Sequence[tuple[str, str]]] = {
            one: choices_of(self.draft, entity, path, one, tag) for one in types
        }
        return condition_editor(self.inputs, name, label, labels_of(entity, path, tag), types, choices)


def type_label(inputs: Inputs, type_: str) -> str:
    """What a field type is called."""
    if type_ in TYPES:
        return inputs.words.say(TYPES[type_][0])
    return humanised(type_)["en"]
