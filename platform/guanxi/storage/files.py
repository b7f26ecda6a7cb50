"""Files and their content: in the database, so that every process has them and a backup holds them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.moments import moment
from guanxi.storage.session import Session

_COLUMNS = "id, name, media, size, digest, uploaded_by, uploaded_at, entity, record_id, field, detached_at"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known of a file. `record_id` is None until a record is saved with it."""

    id: int
    name: str
    media: str
    size: int
    digest: str
    uploaded_by: int | None
    uploaded_at: datetime
    entity: str
    record_id: int | None
    field: str
    detached_at: datetime | None


async def add_file(
    session: Session, name: str, media: str, content: bytes, *, by: int | None, at: datetime
) -> int:
    """Keep a file that belongs nowhere yet, and return its id."""
    id_: int = await session.value(
        "INSERT INTO g_file (name, media, size, digest, uploaded_by, uploaded_at, entity, field) "
        "VALUES ($1, $2, $3, $4, $5, $6, '', '') RETURNING id",
        name,
        media,
        len(content),
        sha256(content).hexdigest(),
        by,
        at,
    )
    await session.execute("INSERT INTO g_file_content (file_id, content) VALUES ($1, $2)", id_, content)
    return id_


async def find_files(session: Session, ids: Collection[int]) -> dict[int, StoredFile]:
    """What is known of these files, by id; those that are not there are left out."""
    if not ids:
        return {}
    sql = f"SELECT {_COLUMNS} FROM g_file WHERE {in_ids('id', '$1', session.dialect)}"
    rows = await session.fetch(sql, id_list(sorted(ids), session.dialect))
    return {
        row["id"]: StoredFile(
            row["id"],
            row["name"],
            row["media"],
            row["size"],
            row["digest"],
            row["uploaded_by"],
            moment(row["uploaded_at"]),
            row["entity"],
            row["record_id"],
            row["field"],
            None if row["detached_at"] is None else moment(row["detached_at"]),
        )
        for row in rows
    }


async def file_content(session: Session, id_: int) -> bytes | None:
    """The bytes of a file."""
    content = await session.value("SELECT content FROM g_file_content WHERE file_id = $1", id_)
    return None if content is None else bytes(content)


async def attach_file(session: Session, id_: int, entity: str, record_id: int, field: str) -> bool:
    """Say where a file belongs; False when it belongs somewhere already, or is gone."""
    return (
        await session.execute(
            "UPDATE g_file SET entity = $2, record_id = $3, field = $4 WHERE id = $1 AND record_id IS NULL",
            id_,
            entity,
            record_id,
            field,
        )
        == 1
    )


async def detach_files(session: Session, ids: Collection[int], at: datetime) -> None:
    """Note that no record holds these files any more."""
    if ids:
        where = in_ids("id", "$2", session.dialect)
        sql = f"UPDATE g_file SET detached_at = $1 WHERE {where} AND detached_at IS NULL"
        await session.execute(sql, at, id_list(sorted(ids), session.dialect))


async def waiting_files(session: Session, by: int) -> int:
    """How many files of a person belong nowhere yet."""
    sql = "SELECT count(*) FROM g_file WHERE uploaded_by = $1 AND record_id IS NULL"
    count: int = await session.value(sql, by)
    return count


async def forget_files(session: Session, uploaded_before: datetime, detached_before: datetime) -> int:
    """Remove files that nobody saved with a record, and those that records have let go; returns how many."""
    gone = (
        "(record_id IS NULL AND uploaded_at < $1) OR (detached_at IS NOT NULL AND detached_at < $2)",
        uploaded_before,
        detached_before,
    )
    await session.execute(
        f"DELETE FROM g_file_content WHERE file_id IN (SELECT id FROM g_file WHERE {gone[0]})", *gone[1:]
    )
    return await session.execute(f"DELETE FROM g_file WHERE {gone[0]}", *gone[1:])
