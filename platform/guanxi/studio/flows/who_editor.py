"""Drawing whom a definition names: a row for each way of naming people, tried in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.commands.studio.drafting import Drafted
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Text
from guanxi.studio.flows.who_typed import JSON
from guanxi.studio.flows.words import WHO
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import RowEditor, RowsEditor
from guanxi.studio.typed import Data, positions
from guanxi.studio.vocabulary import labels_of
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden

KIND, ADD = N_("Who"), N_("Add people")
ELSE = N_("Tried in order: the first that finds somebody counts.")
SUBMITTER, OF = N_("The submitter"), N_("Of whom")
LEVEL, LEVEL_HELP = N_("How many levels up"), N_("1 is the direct manager.")
UP_TO, UP_TO_HELP = N_("Up to"), N_("A role such as director, or a number of managers.")
SUB_TEAMS, TABLE, OUTPUT = N_("With the teams below"), N_("Decision table"), N_("Output")
STEP, LEAST, MOST = N_("Step"), N_("At least"), N_("At most")
WHERE, WHERE_HELP = (
    N_("Only those for whom"),
    N_("An expression such as user.team == owner.team; may be empty."),
)
NAMED = {"roles": N_("Role"), "people": N_("Person"), "teams": N_("Team")}
ADDED = {"roles": N_("Add role"), "people": N_("Add person"), "teams": N_("Add team")}


@dataclass(frozen=True, slots=True)
class People:
    """Whom can be chosen by name: e-mail addresses with names, and names of teams."""

    people: Sequence[tuple[str, str]] = ()
    teams: Sequence[str] = ()


class WhoForm:
    """Draws selectors over records of an entity; `steps` are those whose deciders can be meant."""

    def __init__(
        self, draft: Drafted, entity: Data, inputs: Inputs, people: People, steps: Sequence[tuple[str, str]]
    ) -> None:
        self.draft, self.inputs, self.people, self.steps = draft, inputs, people, steps
        self.tag, self.say = inputs.words.language.tag, inputs.words.say
        labels = labels_of(entity, "", self.tag)
        fields = entity["fields"]
        self.users = [(name, text) for name, text in labels.items() if fields[name].get("to") == "user"]

    def editor(self, name: str, label: Text, *, folded: bool = False) -> RowsEditor:
        """The selectors of the list `name`."""
        rows = [self._row(f"{name}.{index}", index) for index in positions(self.inputs.typed, name)]
        help_ = self.say(ELSE) if len(rows) > 1 else ""
        return RowsEditor(
            name=name, label=self.say(label), add=self.say(ADD), rows=rows, help=help_, folded=folded
        )

    def _row(self, head: str, index: int) -> RowEditor:
        typed = self.inputs.typed
        kind = typed.get(f"{head}.kind") or next(iter(WHO))
        kinds = [(one, self.say(text)) for one, text in WHO.items()]
        listed = {"chosenBy": "roles"}.get(kind, kind)
        where = typed.get(f"{head}.where", "")
        narrowed = [self.inputs.text(f"{head}.where", WHERE, help_=WHERE_HELP)] if where else []
        return RowEditor(
            index=index,
            inputs=[
                self.inputs.choice(f"{head}.kind", KIND, kinds, first=True),
                *self._needs(head, kind),
                *narrowed,
            ],
            hidden=[Hidden(f"{head}.was", typed.get(f"{head}.was", ""))],
            inner=[self._named(f"{head}.{listed}", listed)] if listed in NAMED else [],
            refresh=True,
        )

    def _needs(self, head: str, kind: str) -> list[Input]:
        inputs = self.inputs
        whom = [("submitter", self.say(SUBMITTER)), *self.users]
        match kind:
            case "managerOf":
                level = inputs.text(f"{head}.level", LEVEL, "integer", LEVEL_HELP)
                return [inputs.choice(f"{head}.managerOf", OF, whom, first=True), level]
            case "chainOf":
                up_to = inputs.text(f"{head}.upTo", UP_TO, help_=UP_TO_HELP)
                return [inputs.choice(f"{head}.chainOf", OF, whom, first=True), up_to]
            case "field":
                return [inputs.choice(f"{head}.field", KIND, self.users, first=True)]
            case "teams":
                return [inputs.text(f"{head}.subTeams", SUB_TEAMS, "boolean")]
            case "decision":
                return self._table(head)
            case "deciderOf":
                return [inputs.choice(f"{head}.deciderOf", STEP, self.steps, required=True)]
            case "chosenBy":
                bounds = (("min", LEAST), ("max", MOST))
                return [inputs.text(f"{head}.{key}", text, "integer") for key, text in bounds]
            case "formula":
                return [inputs.text(f"{head}.formula", WHO[kind], required=True)]
            case _ if kind == JSON:
                return [inputs.text(f"{head}.json", WHO[JSON], "longText", wide=True)]
        return []

    def _table(self, head: str) -> list[Input]:
        tables = {
            name: data
            for (kind, name), data in self.draft.definitions.items()
            if kind == "decision" and any(one["type"] == "who" for one in data["outputs"])
        }
        offered = [(name, self._label(data, name)) for name, data in tables.items()]
        chosen = self.inputs.typed.get(f"{head}.decision") or next(iter(tables), "")
        outputs = [
            (one["name"], self._label(one, one["name"]))
            for one in tables.get(chosen, {"outputs": ()})["outputs"]
            if one["type"] == "who"
        ]
        return [
            self.inputs.choice(f"{head}.decision", TABLE, offered, required=True),
            self.inputs.choice(f"{head}.output", OUTPUT, outputs, first=True),
        ]

    def _named(self, name: str, kind: str) -> RowsEditor:
        rows = [
            RowEditor(index=place, inputs=[self._one(f"{name}.{place}.field", kind)])
            for place in positions(self.inputs.typed, name)
        ]
        return RowsEditor(name=name, label=self.say(WHO[kind]), add=self.say(ADDED[kind]), rows=rows)

    def _one(self, name: str, kind: str) -> Input:
        offered: Sequence[tuple[str, str]] = self.people.people
        if kind == "roles":
            offered = [
                (one, self._label(data, one))
                for (of, one), data in self.draft.definitions.items()
                if of == "role"
            ]
        if kind == "teams":
            offered = [(one, one) for one in self.people.teams]
        if not offered:
            return self.inputs.text(name, NAMED[kind])
        return self.inputs.choice(name, NAMED[kind], offered)

    def _label(self, data: Data, name: str) -> str:
        return say(data.get("label") or humanised(name), self.tag)
