"""What the reader may do with a task, as its card offers it: answers, fields to fill in, further acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from urllib.parse import urlencode

from guanxi.commands.process_views import PowersView
from guanxi.commands.views import PersonView, RecordView, TaskView
from guanxi.definitions.entity import Field
from guanxi.definitions.labels import say
from guanxi.errors import N_
from guanxi.web.pages.acts import ON_TASK
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.form_draft import Draft
from guanxi.web.pages.step_fields import step_inputs
from guanxi.web.rendering.views.tasks import AnswerButton, Decide, Fact, Press, Reply
from guanxi.web.rendering.views.values import Hidden, Link

CLAIM, RELEASE = N_("Take it"), N_("Give it back")
BEHALF = N_("You decide for {name}, who is away.")
CHANGED = N_("changed")
NUMBERS = ("integer", "decimal", "money", "percent", "rating")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused form sent, and why it was refused. `problems` are those of the fields, by input."""

    comment: str = ""
    text: str = ""
    problem: str = ""
    stale: str = ""
    draft: Draft | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """The parts of the card that are for the reader; without any, the reader only looks."""

    decide: Decide | None = None
    reply: Reply | None = None
    more: Sequence[Link] = ()
    presses: Sequence[Press] = ()
    changed: Sequence[Fact] = ()
    behalf: str = ""
    due: datetime | None = None

    @property
    def yours(self) -> bool:
        """Whether it waits for the reader."""
        return self.decide is not None or self.reply is not None

    def pressing(self, presses: Sequence[Press]) -> "Doing":
        """The same with these buttons."""
        return replace(self, presses=presses)


def doing_of(cells: Cells, task: TaskView, key: str, typed: Typed | None = None, *, back: str = "") -> Doing:
    """What the reader may do with an open task; `back` is where to go then, else to the next task."""
    powers = task.powers
    if powers is None or not task.open or not (powers.answers or powers.reply):
        return Doing()
    typed = typed or Typed()
    hidden = (Hidden("_key", key), *([Hidden("_next", back)] if back else []))
    return Doing(
        decide=_decide(cells, task, powers, hidden, typed) if powers.answers else None,
        reply=_reply(task, hidden, typed) if powers.reply else None,
        more=_more(cells, task, powers, back),
        presses=_presses(cells, task, powers, hidden),
        changed=_changed(cells, task.record, powers.changed),
        behalf=cells.words.say(BEHALF(name=powers.behalf.name)) if powers.behalf is not None else "",
        due=task.due,
    )


def offered(powers: PowersView | None, name: str) -> bool:
    """Whether an act is offered with a task."""
    if powers is None:
        return False
    if name == "skip":
        return powers.skip
    return bool(powers.returns) if name == "return" else bool(people_for(powers, name))


def people_for(powers: PowersView, name: str) -> Sequence[PersonView]:
    """Who can be chosen for an act."""
    by_name = {
        "transfer": powers.transfer,
        "delegate": powers.delegate,
        "ask": powers.ask,
        "add": powers.add,
        "remove": powers.added,
        "copy": powers.cc,
    }
    return by_name.get(name, ())


def _decide(
    cells: Cells, task: TaskView, powers: PowersView, hidden: Sequence[Hidden], typed: Typed
) -> Decide:
    inputs, marks = step_inputs(cells, task, typed.draft, typed.problems)
    version = "" if task.record is None else str(task.record.version)
    return Decide(
        buttons=_buttons(cells, task.id, powers),
        hidden=(*hidden, Hidden("_version", version), *marks),
        comment=typed.comment,
        problem=typed.problem,
        rejects="reject" in dict(powers.answers),
        inputs=inputs,
    )


def _buttons(cells: Cells, task_id: int, powers: PowersView) -> Sequence[AnswerButton]:
    """The last is the one that is meant to be pressed; to reject stands before it."""
    answers = sorted(powers.answers, key=lambda answer: answer[0] == "approve")
    made = []
    for place, (name, label) in enumerate(answers):
        style: Literal["primary", "danger", "plain"] = "danger" if name == "reject" else "plain"
        primary = name == "approve" or (name != "reject" and place == 0)
        made.append(
            AnswerButton(
                name=name,
                label=say(label, cells.words.language.tag),
                href=f"/inbox/{task_id}/decide/{name}",
                icon={"approve": "check", "reject": "x"}.get(name, ""),
                style="primary" if primary else style,
                key={"approve": "a", "reject": "r"}.get(name, ""),
            )
        )
    return made


def _reply(task: TaskView, hidden: Sequence[Hidden], typed: Typed) -> Reply:
    word = task.card.word if task.card is not None else None
    return Reply(
        href=f"/inbox/{task.id}/reply",
        asker=word.by.name if word is not None and word.by is not None else "",
        question=word.comment if word is not None else "",
        hidden=hidden,
        comment=typed.comment,
        problem=typed.problem,
    )


def _more(cells: Cells, task: TaskView, powers: PowersView, back: str) -> Sequence[Link]:
    query = f"?{urlencode({'next': back})}" if back else ""
    return [
        Link(cells.words.say(act.title), f"/inbox/{task.id}/{act.name}{query}", act.icon)
        for act in ON_TASK.values()
        if offered(powers, act.name)
    ]


def _presses(cells: Cells, task: TaskView, powers: PowersView, hidden: Sequence[Hidden]) -> Sequence[Press]:
    here, made = f"/inbox/{task.id}", []
    if powers.claim:
        made.append(Press(label=cells.words.say(CLAIM), href=f"{here}/claim", icon="hand", hidden=hidden))
    if powers.release:
        label = cells.words.say(RELEASE)
        made.append(Press(label=label, href=f"{here}/release", icon="undo", hidden=hidden))
    return made


def _changed(
    cells: Cells, record: RecordView | None, changed: Mapping[str, tuple[Any, Any]]
) -> Sequence[Fact]:
    """What is other than when the reader decided before, as far as the reader may see it."""
    found = {}
    for path, (was, now) in changed.items():
        head = path.partition(".")[0]
        if record is None or head not in record.values or head not in record.entity.fields or head in found:
            continue
        one = record.entity.fields[head]
        texts = [_remembered(cells, one, record, value) if path == head else "" for value in (was, now)]
        told = texts[1] or cells.words.say(CHANGED)
        found[head] = Fact(cells.label(one), told, texts[0] if texts[1] else "")
    return tuple(found.values())


def _remembered(cells: Cells, one: Field, record: RecordView, value: Any) -> str:
    """A value as it was remembered, as far as it can still be written; else nothing."""
    if value is None or isinstance(value, list | dict) or str(value).startswith("sha256:"):
        return ""
    try:
        if one.type == "reference":
            return record.titles.get((one.to or "", int(value)), "")
        if one.type in NUMBERS:
            currency = record.values.get(f"{one.name}.currency")
            return cells.text(one, Decimal(str(value)) if one.type != "rating" else int(value), currency)
        if one.type == "date":
            return cells.text(one, date.fromisoformat(value))
        if one.type == "datetime":
            return cells.text(one, datetime.fromisoformat(value))
    except (ValueError, InvalidOperation):
        return ""
    return cells.text(one, value) if isinstance(value, str | bool) and one.type != "duration" else ""
