"""A stored record as the actor may see it: visible values, titles of what it refers to, what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanxi.commands.approvals.recalling import may_recall
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.folding import folded
from guanxi.commands.records.offering import offered_actions
from guanxi.commands.records.relations import Related, Titles, relate
from guanxi.commands.views import RecordView
from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.action import Action
from guanxi.definitions.entity import Entity
from guanxi.definitions.fields.references import LINK
from guanxi.definitions.role import Level
from guanxi.records.conditions import field_states
from guanxi.records.needs import Needs, needs_of
from guanxi.rules.access import SYSTEM_KEYS, RecordAccess
from guanxi.rules.locks import locked_fields
from guanxi.rules.transitions import offered
from guanxi.storage.people import titles_of_users

NO_NEEDS = Needs(frozenset(), {})


async def view_of(
    turn: Turn,
    entity: Entity,
    record: dict[str, Any],
    related: Related | None = None,
    access: RecordAccess | None = None,
    *,
    recall: bool = False,
) -> RecordView:
    """The view of one loaded record; `related` saves fetching again what a command has fetched."""
    related = related or Related()
    if access is None:
        access = turn.access(entity.name).on_record(record)
    await relate(turn, entity, record, needs_of(entity), related)
    await _title_system_users(turn, record, related)
    more = await offered_actions(turn, entity, record, access)
    return shown(turn, entity, record, related, access, recall=recall, more=more)


async def view_by_id(turn: Turn, entity_name: str, id_: int) -> RecordView:
    """The record of an id as the actor may see it; NotFound otherwise."""
    entity = entity_of(turn, entity_name)
    record, right = await find_record(turn, entity, id_)
    return await view_of(turn, entity, record, access=right, recall=await may_recall(turn, entity, record))


def shown(
    turn: Turn,
    entity: Entity,
    record: Mapping[str, Any],
    related: Related,
    access: RecordAccess,
    *,
    recall: bool = False,
    more: tuple[Action, ...] = (),
) -> RecordView:
    """The view of a record whose references are fetched; `more` are the actions offered."""
    stages = turn.catalog.stages.get(entity.name)
    clear = access.fields.get(entity.title, "read") in ("read", "write")
    title = record.get(entity.title) if clear else None
    return RecordView(
        entity=entity,
        id=record["id"],
        version=record["version"],
        values=without_unseen(entity, visible_values(entity, record, access), related.titles),
        title=str(title) if title not in (None, "") else f"#{record['id']}",
        titles=related.titles,
        levels=seen_of(entity, access).levels,
        masked=seen_of(entity, access).masked_fields,
        states=field_states(entity, record, turn.variables),
        can=access.can,
        actions=(*(offered(stages, record, access, turn.variables) if stages is not None else ()), *more),
        recall=recall,
        stages=stages,
        locked=bool(locked_fields(entity, record, turn.variables)),
        folded=folded(turn, entity.name, record),
    )


def listed(
    catalog: Catalog, entity: Entity, record: Mapping[str, Any], titles: Titles, access: RecordAccess
) -> RecordView:
    """The view of a record in a list: just the columns that were read, and no actions."""
    title = record.get(entity.title)
    return RecordView(
        entity=entity,
        id=record["id"],
        version=record["version"],
        values=without_unseen(entity, visible_values(entity, record, access), titles),
        title=str(title) if title not in (None, "") else f"#{record['id']}",
        titles=titles,
        levels=seen_of(entity, access).levels,
        masked=seen_of(entity, access).masked_fields,
        can=access.can,
        stages=catalog.stages.get(entity.name),
    )


def without_unseen(entity: Entity, values: Mapping[str, Any], titles: Titles) -> dict[str, Any]:
    """The values without the links to records that the actor may not see."""
    shown = dict(values)
    for field in entity.line_fields:
        if field.type == "references" and field.lines is not None and field.name in shown:
            to = field.lines.fields[LINK].to or ""
            shown[field.name] = [link for link in shown[field.name] or () if (to, link[LINK]) in titles]
    return shown


def visible_values(entity: Entity, record: Mapping[str, Any], access: RecordAccess) -> dict[str, Any]:
    """The values that may be shown: a hidden field is absent, a masked one is there without its value.

    What was not loaded is left out.
    """
    plan = seen_of(entity, access)
    values = {key: record[key] for key in plan.clear if key in record}
    for key in plan.masked:
        if key in record:
            values[key] = None
    for name, keys in plan.lines:
        if name in record:
            values[name] = [_line(line, keys) for line in record[name] or ()]
    return values


@dataclass(frozen=True, slots=True)
class Seen:
    """Which keys of a record are shown under an access, worked out once for all records that share it."""

    clear: tuple[str, ...]
    masked: tuple[str, ...]
    masked_fields: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    levels: Mapping[str, Level]


@lru_cache(maxsize=4096)
def seen_of(entity: Entity, access: RecordAccess) -> Seen:
    """What an access shows of the records of an entity."""
    levels = {name: level for name, level in access.fields.items() if level != "hidden"}
    clear = {name for name, level in levels.items() if level != "masked"}
    keys = [(name, column.key) for name, field in entity.fields.items() for column in field.columns]
    return Seen(
        clear=(*SYSTEM_KEYS, *(key for name, key in keys if name in clear)),
        masked=tuple(key for name, key in keys if name in levels and name not in clear),
        masked_fields=tuple(name for name in levels if name not in clear),
        lines=tuple(
            (
                field.name,
                tuple(column.key for inner in field.lines.fields.values() for column in inner.columns),
            )
            for field in entity.line_fields
            if field.lines is not None and field.name in clear
        ),
        levels=levels,
    )


def _line(line: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {"id": line.get("id"), **{key: line.get(key) for key in keys}}


async def _title_system_users(turn: Turn, record: Mapping[str, Any], related: Related) -> None:
    """Who created and changed it, by name: colleagues are known to each other."""
    ids = {record.get("created_by"), record.get("updated_by")}
    unknown = {id_ for id_ in ids if id_ is not None and ("user", id_) not in related.titles}
    if turn.actor.user_id in unknown:
        related.titles["user", turn.actor.user_id or 0] = turn.actor.name
        unknown.discard(turn.actor.user_id)
    if unknown:
        for id_, name in (await titles_of_users(turn.session, turn.catalog, unknown)).items():
            related.titles["user", id_] = name
