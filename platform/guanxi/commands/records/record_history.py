"""What happened to a record, from the audit: values, transitions, decisions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.relations import Titles, titles_for
from guanxi.commands.views import HistoryChange, HistoryEntry, PersonView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields.any_reference import leads_to
from guanxi.definitions.fields.references import LINK
from guanxi.definitions.fields.time import time_text
from guanxi.definitions.labels import Label
from guanxi.rules.access import RecordAccess
from guanxi.storage.audit import StoredAudit, audit_of
from guanxi.storage.people import titles_of_users
from guanxi.workflow.encoding import decode

LIMIT = 200
"""The most entries that are shown, newest first."""

COPY = "approval copy"
Raw = tuple[Field, str, Label, Any, Any]
"""A change before its references have names: field, path, label, before, after."""


async def record_history(workspace: Workspace, actor: Actor, entity: str, id_: int) -> list[HistoryEntry]:
    """What happened to the record, newest first, without the fields that the actor may not read."""

    async def work(turn: Turn) -> list[HistoryEntry]:
        definition = entity_of(turn, entity)
        _, right = await find_record(turn, definition, id_)
        rows = await audit_of(turn.session, entity, id_, LIMIT)
        changes = {row.id: list(_changes(definition, right, row.detail)) for row in rows}
        titles = await titles_for(turn, _references(changes))
        ids = {row.actor_id for row in rows if row.actor_id is not None}
        ids |= {person for row in rows for person in _who(row)}
        names = await titles_of_users(turn.session, turn.catalog, ids)
        return [_entry(turn, row, changes[row.id], titles, names) for row in rows]

    return await workspace.read(actor, work)


def _entry(
    turn: Turn, row: StoredAudit, changes: Sequence[Raw], titles: Titles, names: Mapping[int, str]
) -> HistoryEntry:
    actor = row.actor_id
    detail = row.detail
    verb = f"{row.verb} {detail['answer']}" if "answer" in detail else row.verb
    return HistoryEntry(
        at=row.at,
        actor=_person(actor, names) if actor is not None else None,
        verb=verb,
        changes=tuple(
            HistoryChange(label, _named(field, before, titles), _named(field, after, titles), path)
            for field, path, label, before, after in changes
        ),
        comment=str(detail.get("comment") or ""),
        step=_step(turn, detail),
        who=tuple(_person(id_, names) for id_ in _who(row)),
    )


def _person(id_: int, names: Mapping[int, str]) -> PersonView:
    return PersonView(id_, names.get(id_) or f"#{id_}")


def _who(row: StoredAudit) -> tuple[int, ...]:
    """Whom it is about: who was handed a task, asked or added; to whom copies went."""
    if row.verb == COPY:
        return tuple(row.detail.get("people", ()))
    who = row.detail.get("who", row.detail.get("add"))
    return (who,) if isinstance(who, int) else ()


def _step(turn: Turn, detail: Mapping[str, Any]) -> Label | None:
    approval = turn.catalog.approvals.get(str(detail.get("approval")))
    place = approval.places.get(str(detail.get("task")).partition("#")[0]) if approval is not None else None
    return place.step.label if place is not None else None


def _changes(entity: Entity, right: RecordAccess, detail: Mapping[str, Any]) -> Iterator[Raw]:
    """The changes of fields that may be read; a field that is gone from the definition is left out."""
    for path, before, after in detail.get("changes", ()):
        name, *inside = str(path).split("/")
        field = entity.fields.get(name.split(".")[0])
        if (
            field is None
            or right.fields.get(field.name) not in ("read", "write")
            or "." in name  # kept beside the value
        ):
            continue
        if not inside:
            yield field, field.name, field.label, decode(before), decode(after)
        elif field.lines is not None:
            yield from _line_changes(field, field.lines, inside, decode(before), decode(after))


def _line_changes(
    field: Field, lines: Entity, inside: Sequence[str], before: Any, after: Any
) -> Iterator[Raw]:
    """A changed value of a line, or every value of a line that came or went; of a link, what it leads to."""
    if field.type == "references":
        sides = (before or {}).get(LINK), (after or {}).get(LINK)
        yield lines.fields[LINK], field.name, field.label, *sides
        return
    if len(inside) == 1:
        for key in lines.fields:
            values = ((before or {}).get(key), (after or {}).get(key))
            if values != (None, None):
                yield lines.fields[key], f"{field.name}.{key}", _joined(field, lines.fields[key]), *values
    elif inside[1] in lines.fields:
        inner = lines.fields[inside[1]]
        yield inner, f"{field.name}.{inner.name}", _joined(field, inner), before, after


def _joined(outer: Field, inner: Field) -> Label:
    tags = outer.label.keys() | inner.label.keys()
    return {
        tag: f"{outer.label.get(tag) or outer.name} · {inner.label.get(tag) or inner.name}"
        for tag in sorted(tags)
    }


def _references(changes: Mapping[int, Sequence[Raw]]) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for field, _, _, before, after in (raw for raws in changes.values() for raw in raws):
        for link in filter(None, (leads_to(field, {field.name: one}) for one in (before, after))):
            wanted[link.entity].add(link.id)
    return wanted


def _named(field: Field, value: Any, titles: Titles) -> Any:
    """The title in place of a reference; one that the actor may not see is a dash. A time is its text."""
    if field.type == "time" and value is not None:
        return time_text(value)
    link = leads_to(field, {field.name: value})
    return value if link is None else titles.get(link, "—")
