"""The history of a record as a page shows it."""

from collections.abc import Mapping, Sequence

from guanxi.commands.views import HistoryChange
from guanxi.commands.views import HistoryEntry as Happened
from guanxi.definitions.action import Action
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.labels import Label, say
from guanxi.definitions.stages import Stages
from guanxi.errors import N_
from guanxi.web.pages.cells import Cells, kind_of
from guanxi.web.pages.history_sentences import Said, sentence_of
from guanxi.web.rendering.views.records import Change, HistoryEntry
from guanxi.web.rendering.views.values import Cell, Person

SYSTEM = N_("The system")
TOLD_BY_THE_MOVE = {"approval submit", "approval recall", "approval cancel"}
"""What the change of the stage at the same moment says as well."""
PRESSED = N_("pressed “{action}”")
AT_STEP = N_("{sentence} ({step})")
SHOWN = 30


def history_view(
    cells: Cells,
    entity: Entity,
    stages: Stages | None,
    entries: Sequence[Happened],
    actions: Sequence[Action] = (),
) -> list[HistoryEntry]:
    """The newest entries; a move of the stage is told by the step that caused it, when there is one."""
    told = [entry for entry in entries if not _told_twice(entry, entries)]
    pressed = {one.name: one.label for one in (*actions, *(stages.transitions.values() if stages else ()))}
    return [_entry(cells, entity, pressed, entry) for entry in told[:SHOWN]]


def _told_twice(entry: Happened, entries: Sequence[Happened]) -> bool:
    """Asking, and taking back, is told by the change of the stage at the same moment."""
    return (
        entry.verb in TOLD_BY_THE_MOVE
        and not entry.comment
        and any(e.at == entry.at and e.changes for e in entries)
    )


def _entry(cells: Cells, entity: Entity, pressed: Mapping[str, Label], entry: Happened) -> HistoryEntry:
    sentence, icon, tone = _said(entry.verb, pressed)
    if entry.who:
        sentence = sentence(who=", ".join(person.name for person in entry.who))
    if entry.step is not None:
        sentence = AT_STEP(sentence=sentence, step=entry.step)
    name = entry.actor.name if entry.actor is not None else cells.words.say(SYSTEM)
    return HistoryEntry(
        person=Person(name),
        sentence=cells.words.say(sentence),
        at=entry.at,
        icon=icon,
        tone=tone,
        comment=entry.comment,
        changes=tuple(_change(cells, entity, change) for change in entry.changes),
    )


def _said(verb: str, pressed: Mapping[str, Label]) -> Said:
    return sentence_of(verb) or (
        PRESSED(action=pressed.get(verb, {"en": verb})),
        "arrow-right",
        "neutral",
    )


def _change(cells: Cells, entity: Entity, change: HistoryChange) -> Change:
    field = _field(entity, change.field)
    label = say(change.label, cells.words.language.tag)
    return Change(label, _cell(cells, field, change.before), _cell(cells, field, change.after))


def _cell(cells: Cells, field: Field | None, value: object) -> Cell:
    if field is None:
        return Cell("text", "" if value is None else str(value))
    if field.type in ("reference", "references") or value is None:
        return Cell("text", "" if value is None else str(value))
    if field.type in ("select", "stage", "multiSelect"):
        return cells.cell(field, {field.name: value}, {})
    return Cell(kind_of(field), cells.text(field, value))


def _field(entity: Entity, path: str) -> Field | None:
    name, _, inner = path.partition(".")
    field = entity.fields.get(name)
    return field.lines.fields.get(inner) if field is not None and field.lines is not None else field
