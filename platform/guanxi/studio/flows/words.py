"""What Studio calls the parts of a process, and whom its steps ask in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from guanxi.commands.studio.drafting import Drafted
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Sentence, Text
from guanxi.studio.conditions import Row, rows_of
from guanxi.studio.field_words import OPERATORS
from guanxi.studio.flows.step_words import SPAN, UNITS
from guanxi.studio.vocabulary import labels_of, types_of

Data = Mapping[str, Any]
Say = Callable[[Sentence | str], str]

TYPES: Mapping[str, tuple[Text, str]] = {
    "approve": (N_("Approval"), "user-check"),
    "task": (N_("Task"), "clipboard-check"),
    "choose": (N_("One of several ways"), "git-fork"),
    "parallel": (N_("Several ways at once"), "git-merge"),
    "wait": (N_("Wait"), "hourglass"),
    "do": (N_("Effects"), "zap"),
    "goBack": (N_("Go back"), "undo-2"),
    "race": (N_("What happens first"), "flag"),
    "call": (N_("Another process"), "workflow"),
    "end": (N_("End"), "circle-stop"),
}
"""The types of steps, with what they are called and their icon."""
WHO: Mapping[str, Text] = {
    "managerOf": N_("A manager"),
    "roles": N_("Everybody with a role"),
    "people": N_("Certain people"),
    "teams": N_("Teams"),
    "field": N_("The person in a field"),
    "chainOf": N_("All managers upwards"),
    "decision": N_("Whom a decision table gives"),
    "deciderOf": N_("Who decided another step"),
    "chosenBy": N_("Whom the submitter chooses"),
    "formula": N_("Whom an expression gives"),
    "json": N_("As JSON"),
}
SUBMITTER = N_("the submitter")
MANAGER, MANAGERS = N_("Manager of {person}"), N_("Managers of {person}")
HIGHER = N_("Manager {level} above {person}")
BY_TABLE, BY_STEP, CHOSEN = N_("By {table}"), N_("Who decided {step}"), N_("Chosen by the submitter")
AND, OR = N_(" and "), N_(" or ")
OR_ELSE = N_("{first}, else {second}")


class Names:
    """What is called how in the draft, for a reader."""

    def __init__(self, draft: Drafted, process: Data, say_: Say, tag: str) -> None:
        self.draft, self.process, self.say, self.tag = draft, process, say_, tag
        entity = draft.entities.get(process["of"], {"fields": {}})
        self.fields, self.types = labels_of(entity, "", tag), types_of(entity)

    def of(self, kind: str, name: str) -> str:
        """What a definition is called."""
        return self.label(self.draft.definitions.get((kind, name), {}), name)

    def label(self, holder: Data, name: str) -> str:
        """What something is called that may bring a label."""
        return say(holder.get("label") or humanised(name), self.tag)

    def people(self, by: Sequence[Data]) -> str:
        """Whom a step asks."""
        found = ""
        for one in by:
            text = self.who(one)
            found = self.say(OR_ELSE(first=found, second=text)) if found else text
        return found

    def who(self, one: Data) -> str:
        """Whom one selector names."""
        comma = "、" if self.tag.startswith("zh") else ", "
        match one:
            case {"managerOf": str(path), **rest}:
                level = rest.get("level", 1)
                person = self.person(path)
                return self.say(MANAGER(person=person) if level == 1 else HIGHER(level=level, person=person))
            case {"roles": [*roles]}:
                return comma.join(self.of("role", role) for role in roles)
            case {"people": [*people]} | {"teams": [*people]}:
                return comma.join(people)
            case {"field": str(path)}:
                return self.person(path)
            case {"chainOf": str(path)}:
                return self.say(MANAGERS(person=self.person(path)))
            case {"decision": str(table)}:
                return self.say(BY_TABLE(table=self.of("decision", table)))
            case {"deciderOf": str(step)}:
                return self.say(BY_STEP(step=step))
            case {"chosenBy": _}:
                return self.say(CHOSEN)
        return self.say(WHO["formula"])

    def span(self, span: str) -> str:
        """A span of time as the reader writes it; an expression as it is."""
        match = SPAN.fullmatch(span)
        if match is None or self.tag.startswith("en"):
            return span
        return f"{match[1]}{self.say(UNITS[match[2]])}"

    def condition(self, text: str) -> str:
        """A condition in words where rows can say it, else as it is written."""
        rows = rows_of(text, self.types)
        if rows is None or not rows.rows:
            return text
        join = self.say(AND if rows.join == "and" else OR)
        return join.join(self._compared(row) for row in rows.rows)

    def _compared(self, row: Row) -> str:
        field = self.fields.get(row.field, row.field)
        return f"{field} {self.say(OPERATORS[row.operator])} {row.value}".strip()

    def person(self, path: str) -> str:
        """The submitter, or what a field is called."""
        return self.say(SUBMITTER) if path == "submitter" else self.fields.get(path, path)
