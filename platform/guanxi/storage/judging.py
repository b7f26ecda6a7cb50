"""Judging conditions on stored rows, and finding and keeping the rows that they are about."""

from collections.abc import Collection, Mapping
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Constraint, Entity
from guanxi.expressions import Formula, condition_sql
from guanxi.storage.columns import column_map, quoted
from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Session, Statement

KEYS = {"id": "id", "parent": "parent_id"}


async def linked(session: Session, holder: Entity, give: str, by: str, ids: Collection[int]) -> set[int]:
    """What the column `give` holds in the rows whose `by` is among the ids; without what is missing.

    Both are `id`, `parent` (of lines), or a reference of the entity or lines, `created_by` among them.
    """
    if not ids:
        return set()
    wanted, known = _column(holder, give), _column(holder, by)
    where = in_ids(known, "$1", session.dialect)
    sql = f"SELECT DISTINCT {wanted} FROM {quoted(holder.table)} WHERE {where} AND {wanted} IS NOT NULL"
    return {row[0] for row in await session.fetch(sql, id_list(sorted(ids), session.dialect))}


async def keep_rows(session: Session, holder: Entity, ids: Collection[int], *, shared: bool) -> None:
    """Keep others from changing rows until the end of the transaction; `shared` lets others keep them too.

    Always in the order of their ids. On SQLite the transaction itself keeps others out.
    """
    if ids and session.dialect == "postgres":
        strength = "SHARE" if shared else "NO KEY UPDATE"
        where = in_ids("id", "$1", session.dialect)
        sql = f"SELECT id FROM {quoted(holder.table)} WHERE {where} ORDER BY id FOR {strength}"
        await session.fetch(sql, id_list(sorted(ids), session.dialect))


async def broken_on(
    session: Session,
    catalog: Catalog,
    holder: Entity,
    constraint: Constraint,
    ids: Collection[int],
    variables: Mapping[str, Any],
) -> list[int]:
    """The rows among the ids on which a check is about something and does not hold, in order."""
    if constraint.check is None or not ids:
        return []
    about = _chosen(session, catalog, holder, constraint.when, ids, variables)
    sound = _chosen(session, catalog, holder, constraint.check, ids, variables)
    judged, holding = await session.batch([about, sound])
    return sorted({row[0] for row in judged} - {row[0] for row in holding})


def _chosen(
    session: Session,
    catalog: Catalog,
    holder: Entity,
    formula: Formula | None,
    ids: Collection[int],
    variables: Mapping[str, Any],
) -> Statement:
    """The rows among the ids on which a condition holds; all of them without one."""
    dialect, arguments = session.dialect, Arguments()
    where = in_ids("t.id", arguments.bind(id_list(sorted(ids), dialect)), dialect)
    if formula is not None:
        held = condition_sql(formula, catalog.tables, dialect, "t", arguments.bind, variables)
        where = f"{where} AND {held}"
    return f"SELECT t.id FROM {quoted(holder.table)} t WHERE {where}", arguments.values


def _column(holder: Entity, key: str) -> str:
    name = KEYS[key] if key in KEYS and key not in holder.fields else column_map(holder)[key].name
    return quoted(name)
