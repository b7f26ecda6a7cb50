"""Drawing a decision table: the grid, what the checks say beside the rows, and the facts to try."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from guanxi.commands.studio.drafting import Drafted
from guanxi.definitions.decisions.checks import Finding
from guanxi.definitions.decisions.looking import Look, look_at
from guanxi.definitions.decisions.measures import ORDERED
from guanxi.definitions.decisions.notation import outcome_text
from guanxi.definitions.documents import Document
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Text
from guanxi.studio.inputs import Inputs
from guanxi.studio.table_record import record_href
from guanxi.studio.table_typed import PARTS, kinds_of, with_keys
from guanxi.studio.table_views import ColumnEditor, ColumnsEditor, GridColumn, GridRow, Remark
from guanxi.studio.typed import Typed, positions
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden, Link

Data = Mapping[str, Any]

HITS: Mapping[str, Text] = {
    "first": N_("The first row that fits"),
    "unique": N_("The only row that fits"),
    "any": N_("All rows that fit say the same"),
    "priority": N_("The row with the best output"),
    "ruleOrder": N_("A list, in the order of rows"),
    "outputOrder": N_("A list, the best output first"),
    "collect": N_("A list"),
    "sum": N_("The sum"),
    "min": N_("The smallest"),
    "max": N_("The largest"),
    "count": N_("How many rows fit"),
}
TYPES: Mapping[str, Text] = {
    "decimal": N_("Number"),
    "integer": N_("Whole number"),
    "percent": N_("Percentage"),
    "money": N_("Amount of money"),
    "text": N_("Text"),
    "select": N_("Choice"),
    "boolean": N_("Yes or no"),
    "date": N_("Date"),
    "datetime": N_("Date and time"),
    "duration": N_("Duration"),
    "who": N_("People"),
}
WORDS = {
    "inputs": (N_("What it decides by"), N_("Add input"), N_("Input")),
    "outputs": (N_("What it answers"), N_("Add output"), N_("Output")),
}
LABEL, TYPE, FORMULA = N_("Label"), N_("Type"), N_("Expression over the record")
SMALLEST, LARGEST = N_("Smallest value"), N_("Largest value")
VALUES, REQUIRED = N_("Values, with commas between"), N_("Never missing")
ROW = N_("Name of the row")
ELSE = N_("{column}, otherwise")
CELL = N_("{column}, row {row}")
AS_RECORD = N_("Open as a new record")
TRY, TRY_FIRST, TRY_THEN = N_("Try it"), N_("Try the first"), N_("Try the second")


class Drawing:
    """Draws the form of a table from its texts."""

    def __init__(
        self, draft: Drafted, inputs: Inputs, before: Data | None, data: Data | None, href: str, tag: str
    ) -> None:
        self.inputs, self.tag, self.href, self.data = inputs, tag, href, data
        self.typed: Typed = with_keys(dict(inputs.typed))
        inputs.typed = self.typed
        self.tables = {name: one for (kind, name), one in draft.definitions.items() if kind == "decision"}
        self.kinds = kinds_of(self.typed, before, self.tables)
        self.entities = draft.entities
        self.look = _look(draft, data)

    def basics(self) -> list[Input]:
        """The label, the entity and the hit policy."""
        say_ = self.inputs.words.say
        entities = [
            (name, say(one.get("label") or humanised(name), self.tag)) for name, one in self.entities.items()
        ]
        return [
            *self.inputs.label("label", LABEL, required=True),
            self.inputs.choice("of", N_("Records of"), sorted(entities, key=lambda one: one[1])),
            self.inputs.choice(
                "hit", N_("What counts"), [(one, say_(text)) for one, text in HITS.items()], first=True
            ),
        ]

    def columns(self) -> list[GridColumn]:
        """The heads of the grid."""
        say_ = self.inputs.words.say
        return [
            GridColumn(
                label=self._title(part, index),
                kind=say_(TYPES.get(self.kinds[part, key], TYPES["text"])),
                answer=part == "outputs",
            )
            for part, index, key in self._all()
        ]

    def rows(self, hit: Sequence[str] = ()) -> list[GridRow]:
        """The rows of the grid, with what the checks say of each."""
        remarks = self._by_row()
        found = []
        for number, index in enumerate(positions(self.typed, "rows")):
            head = f"rows.{index}"
            name = self.typed.get(f"{head}.name", "")
            found.append(
                GridRow(
                    index=index,
                    name=self.inputs.text(f"{head}.name", ROW),
                    hidden=[Hidden(f"{head}.was", self.typed.get(f"{head}.was", ""))],
                    cells=self._cells(head, str(number + 1)),
                    remarks=remarks.get(number, ()),
                    hit=bool(name) and name in hit,
                )
            )
        return found

    def otherwise(self) -> list[Input]:
        """The cells of what is answered where no row hits."""
        say_ = self.inputs.words.say
        return [
            self.inputs.text(f"otherwise.then.{key}", say_(ELSE(column=self._title(part, index))))
            for part, index, key in self._all()
            if part == "outputs"
        ]

    def editors(self) -> list[ColumnsEditor]:
        """What is said of the columns."""
        say_ = self.inputs.words.say
        return [
            ColumnsEditor(
                name=part,
                label=say_(label),
                add=say_(add),
                columns=[self._editor(part, index) for index in positions(self.typed, part)],
            )
            for part, (label, add, _) in WORDS.items()
        ]

    def remarks(self) -> list[Remark]:
        """What the checks say of the whole table."""
        return self._by_row().get(-1, [])

    def unproved(self) -> list[str]:
        """What they could not settle."""
        return [self.inputs.words.say(one) for one in self.look.checked.unproved]

    def _all(self) -> list[tuple[str, int, str]]:
        return [
            (part, index, self.typed[f"{part}.{index}.key"])
            for part in PARTS
            for index in positions(self.typed, part)
        ]

    def _title(self, part: str, index: int) -> str:
        head = f"{part}.{index}"
        label = self.typed.get(f"{head}.label.{self.tag}") or self.typed.get(f"{head}.label.en")
        was = self.typed.get(f"{head}.was", "")
        return label or (say(humanised(was), self.tag) if was else self.inputs.words.say(WORDS[part][2]))

    def _cells(self, head: str, row: str) -> list[Input]:
        say_ = self.inputs.words.say
        return [
            self.inputs.text(
                f"{head}.{PARTS[part][0]}.{key}", say_(CELL(column=self._title(part, index), row=row))
            )
            for part, index, key in self._all()
        ]

    def _editor(self, part: str, index: int) -> ColumnEditor:
        head, typed, inputs = f"{part}.{index}", self.typed, self.inputs
        was, key = typed.get(f"{head}.was", ""), typed[f"{head}.key"]
        kind = self.kinds[part, key]
        shown = [*inputs.label(f"{head}.label", LABEL, required=True)]
        fixed = was and not typed.get(f"{head}.type")
        if not fixed:
            types = [
                (one, inputs.words.say(text))
                for one, text in TYPES.items()
                if part == "outputs" or one != "who"
            ]
            shown.append(inputs.choice(f"{head}.type", TYPE, types, first=True))
            if part == "inputs" and typed.get("of"):
                shown.append(inputs.text(f"{head}.formula", FORMULA, required=True))
            if kind == "select":
                shown.append(inputs.text(f"{head}.values", VALUES))
            if part == "inputs":
                if kind in ORDERED:
                    shown += [
                        inputs.text(f"{head}.{one}", word)
                        for one, word in (("min", SMALLEST), ("max", LARGEST))
                    ]
                shown.append(inputs.text(f"{head}.required", REQUIRED, "boolean"))
        hidden = [Hidden(f"{head}.was", was), Hidden(f"{head}.key", key)]
        if fixed:
            hidden.append(Hidden(f"{head}.type", ""))
        return ColumnEditor(
            index=index, title=self._title(part, index), inputs=shown, hidden=hidden, is_new=not was
        )

    def _by_row(self) -> dict[int, list[Remark]]:
        """What is said, by the number of the row; -1 is the whole table."""
        say_ = self.inputs.words.say
        found: dict[int, list[Remark]] = {}
        for one in self.look.checked.problems:
            remark = Remark(text=say_(one.text), hint=say_(one.hint), links=self._links(one))
            found.setdefault(_row_of(one.pointer), []).append(remark)
        for other in self.look.problems:
            text = say_(other.told) if other.told else other.message
            found.setdefault(_row_of(other.pointer), []).append(Remark(text=text, hint=other.hint))
        return found

    def _links(self, finding: Finding) -> list[Link]:
        """To the facts that prove a finding, filled into the form that tries them."""
        if self.look.table is None:
            return []
        measures = {one.name: one.measure for one in self.look.table.inputs}
        words = (TRY,) if len(finding.examples) == 1 else (TRY_FIRST, TRY_THEN)
        links = []
        for word, example in zip(words, finding.examples, strict=False):
            facts = {
                f"x.{name}": "" if value is None else outcome_text(measures[name].write(value), "integer")
                for name, value in example.items()
            }
            links.append(Link(self.inputs.words.say(word), f"{self.href}?{urlencode(facts)}#try"))
        record = record_href(self.look.table, finding.examples[0]) if finding.examples else ""
        return [*links, Link(self.inputs.words.say(AS_RECORD), record)] if record else links


def _look(draft: Drafted, data: Data | None) -> Look:
    if data is None:
        return Look(None)
    definitions = {**draft.definitions, ("decision", data["name"]): data}
    documents = [Document(f"{kind}/{name}", one) for (kind, name), one in definitions.items()]
    return look_at(documents, data["name"])


def _row_of(pointer: str) -> int:
    match = re.match(r"/rows/([0-9]+)", pointer)
    return int(match[1]) if match else -1
