"""The draft: definitions as they are to be, until they are published."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.storage.moments import moment
from guanxi.storage.session import Session

Mark = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """One definition of the draft.

    `data` is None where the definition is to go, `base` is what was live when the change began, None where
    there was nothing.
    """

    kind: str
    name: str
    data: Any
    base: Any
    version: int
    updated_at: datetime
    updated_by: int | None


async def draft_marks(session: Session) -> tuple[Mark, ...]:
    """What changes whenever anything in the draft does, without reading the definitions."""
    rows = await session.fetch("SELECT kind, name, version, updated_at FROM g_draft ORDER BY kind, name")
    return tuple(
        (row["kind"], row["name"], row["version"], moment(row["updated_at"]).isoformat()) for row in rows
    )


async def read_drafts(session: Session) -> list[StoredDraft]:
    """All definitions of the draft, by kind and name."""
    rows = await session.fetch(
        "SELECT kind, name, data, base, version, updated_at, updated_by FROM g_draft ORDER BY kind, name"
    )
    return [
        StoredDraft(
            row["kind"],
            row["name"],
            _read(row["data"]),
            _read(row["base"]),
            row["version"],
            moment(row["updated_at"]),
            row["updated_by"],
        )
        for row in rows
    ]


async def add_draft(session: Session, draft: StoredDraft) -> None:
    """Begin to change a definition.

    Raises:
        ConstraintBroken: somebody else began at this moment.
    """
    await session.execute(
        "INSERT INTO g_draft (kind, name, data, base, version, updated_at, updated_by) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        draft.kind,
        draft.name,
        _write(draft.data),
        _write(draft.base),
        draft.version,
        draft.updated_at,
        draft.updated_by,
    )


async def change_draft(session: Session, draft: StoredDraft, over: int) -> bool:
    """Save a definition over a version; whether that version was still there."""
    count = await session.execute(
        "UPDATE g_draft SET data = $1, base = $2, version = $3, updated_at = $4, updated_by = $5 "
        "WHERE kind = $6 AND name = $7 AND version = $8",
        _write(draft.data),
        _write(draft.base),
        draft.version,
        draft.updated_at,
        draft.updated_by,
        draft.kind,
        draft.name,
        over,
    )
    return count == 1


async def drop_drafts(session: Session, drafts: Iterable[StoredDraft]) -> None:
    """Remove definitions from the draft, as far as nobody has saved them since."""
    sql = "DELETE FROM g_draft WHERE kind = $1 AND name = $2 AND version = $3"
    await session.batch([(sql, (one.kind, one.name, one.version)) for one in drafts])


async def rebase_drafts(session: Session, drafts: Sequence[StoredDraft]) -> None:
    """Note that these definitions are live now, for changes that others have saved since."""
    sql = "UPDATE g_draft SET base = $1 WHERE kind = $2 AND name = $3 AND version > $4"
    await session.batch([(sql, (_write(one.data), one.kind, one.name, one.version)) for one in drafts])


def _read(text: str) -> Any:
    return json.loads(text) if text else None


def _write(data: Any) -> str:
    return "" if data is None else json.dumps(data, ensure_ascii=False)
