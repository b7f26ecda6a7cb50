"""What records are called."""

from collections.abc import Collection

from guanxi.definitions.entity import Entity
from guanxi.storage.columns import column_map, convert_out, quoted
from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.session import Session


async def titles(session: Session, entity: Entity, ids: Collection[int]) -> dict[int, str]:
    """The title of each record that is there, by id; empty where the title field is."""
    if not ids:
        return {}
    column = column_map(entity)[entity.title]
    convert = convert_out(column, session.dialect) or str
    sql = (
        f"SELECT id, {quoted(column.name)} FROM {quoted(entity.table)} "
        f"WHERE {in_ids('id', '$1', session.dialect)}"
    )
    rows = await session.fetch(sql, id_list(sorted(ids), session.dialect))
    return {row[0]: "" if row[1] is None else str(convert(row[1])) for row in rows}
