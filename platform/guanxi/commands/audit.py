"""What goes into the audit: every change of a record and every decision, in the command's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.entity import Entity
from guanxi.errors import Refused
from guanxi.records.difference import Change, stored_keys
from guanxi.storage.audit import AuditRow, append
from guanxi.workflow.encoding import encode


def audit_created(turn: Turn, entity: Entity, record: Mapping[str, Any]) -> None:
    """A record came into being, with these values."""
    _append(turn, "created", entity.name, record["id"], {"values": snapshot(entity, record)})


def audit_deleted(turn: Turn, entity: Entity, record: Mapping[str, Any]) -> None:
    """A record was deleted, and what it held."""
    _append(turn, "deleted", entity.name, record["id"], {"values": snapshot(entity, record)})


def audit_changes(
    turn: Turn, entity: Entity, record: Mapping[str, Any], verb: str, changes: Sequence[Change]
) -> None:
    """Values of a record changed; `verb` is changed, the name of a transition, or how an approval ended."""
    rows = [[change.path, encode(change.before), encode(change.after)] for change in changes]
    _append(turn, verb, entity.name, record["id"], {"changes": rows})


def audit_event(turn: Turn, entity: str, record_id: int, verb: str, detail: Mapping[str, Any]) -> None:
    """Something happened in an approval of a record."""
    _append(turn, verb, entity, record_id, detail)


def emit(turn: Turn, event: str, payload: Mapping[str, Any], about: tuple[str, int] | None = None) -> None:
    """An event of a definition's own, about a record (entity, id) or none, for those who react to it."""
    entity, record_id = about or ("", None)
    _append(turn, "emitted", entity, record_id, {"event": event, "payload": dict(payload)})


def audit_upkeep(turn: Turn, verb: str, detail: Mapping[str, Any]) -> None:
    """An administrator looked after the workspace itself."""
    _append(turn, verb, "", None, detail)


async def audit_refusal(
    workspace: Workspace, actor: Actor, entity: str, record_id: int, verb: str, refusal: Refused
) -> None:
    """Somebody tried what they may not do: the attempt itself is on record."""

    async def work(turn: Turn) -> None:
        detail = {"code": refusal.code, "reason": str(refusal)}
        _append(turn, f"refused {verb}", entity, record_id, detail)

    await workspace.write(actor, work)


def snapshot(entity: Entity, record: Mapping[str, Any]) -> dict[str, Any]:
    """The stored values of a record and its lines, without what is missing."""
    values = {key: encode(record[key]) for key in stored_keys(entity) if record.get(key) is not None}
    for field in entity.line_fields:
        if field.lines is not None:
            values[field.name] = [
                {"id": line.get("id"), **snapshot(field.lines, line)} for line in record.get(field.name) or ()
            ]
    return values


def _append(turn: Turn, verb: str, entity: str, record_id: int | None, detail: Mapping[str, Any]) -> None:
    actor = turn.actor
    if actor.cause is not None:
        by = {"automation": actor.cause.automation} if actor.cause.automation else {}
        detail = {**detail, "cause": {"event": actor.cause.event, "depth": actor.cause.depth, **by}}
    append(turn.session, AuditRow(turn.now, actor.user_id, actor.channel, verb, entity, record_id, detail))
