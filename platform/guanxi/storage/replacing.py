"""Who changed a value by publishing: options and states that went are replaced, and that is in the audit."""

from datetime import datetime

from guanxi.storage.columns import quoted
from guanxi.storage.moving import Move
from guanxi.storage.session import Session

VERB = "published"


async def audit_replaced(session: Session, move: Move, at: datetime, by: int | None) -> None:
    """Note each record that has another value now, by one statement however many they are.

    It runs in the switch, when both columns hold what they will; names of options need no quoting in JSON.
    """
    if move.before is None or not (move.forward or move.backward):
        return
    old, new = (f"t.{quoted(one.columns[0].name)}" for one in (move.before, move.after))
    lists = move.after.columns[0].kind == "options"
    before, after = (f"{one}::text" if lists and session.dialect == "postgres" else one for one in (old, new))
    quote = "" if lists else '"'
    holder, name = move.holder, move.after.name
    path = f"'{name}'"
    if holder.parent:
        path = f"'{holder.name.partition('.')[2]}/' || t.id || '/{name}'"
    record = "t.parent_id" if holder.parent else "t.id"
    detail = (
        f"""'{{"changes":[["' || {path} || '",{quote}' || {before} || '{quote},{quote}' || {after} """
        f"""|| '{quote}]]}}'"""
    )
    await session.execute(
        "INSERT INTO g_audit (at, actor_id, channel, verb, entity, record_id, detail) "
        f"SELECT $1, $2, $3, '{VERB}', '{move.root}', {record}, {detail} FROM {quoted(holder.table)} t "
        f"WHERE {old} IS NOT NULL AND {new} IS NOT NULL AND {old} <> {new}",
        at,
        by,
        "system" if by is None else "page",
    )
