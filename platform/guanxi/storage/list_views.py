"""Views of lists that people saved, for themselves or for all who hold a role."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guanxi.storage.session import Row, Session

Query = tuple[tuple[str, str], ...]
"""The parameters of a list's address."""
COLUMNS = "id, entity, label, user_id, role, query"


@dataclass(frozen=True, slots=True)
class StoredView:
    """A saved view: of which entity, called what, whose, for which role (None: only theirs)."""

    id: int
    entity: str
    label: str
    user_id: int
    role: str | None
    query: Query


async def views_for(session: Session, entity: str, user_id: int, roles: Collection[str]) -> list[StoredView]:
    """The views of an entity that are a person's own, or shared with a role they hold, by name."""
    sql = f"SELECT {COLUMNS} FROM g_list_view WHERE entity = $1 ORDER BY label, id"
    views = [_view(row) for row in await session.fetch(sql, entity)]
    return [one for one in views if one.user_id == user_id or one.role in roles]


async def view_of(session: Session, id_: int) -> StoredView | None:
    """A view by its id."""
    row = await session.fetchrow(f"SELECT {COLUMNS} FROM g_list_view WHERE id = $1", id_)
    return _view(row) if row is not None else None


async def add_view(session: Session, view: StoredView) -> int:
    """Keep a new view, whose id does not count, and return its id.

    Raises:
        ConstraintBroken: the person has one of this name.
    """
    row = await session.fetchrow(
        "INSERT INTO g_list_view (entity, label, user_id, role, query) "
        "VALUES ($1, $2, $3, $4, $5) RETURNING id",
        view.entity,
        view.label,
        view.user_id,
        view.role,
        json.dumps(view.query, ensure_ascii=False),
    )
    return int(row["id"]) if row is not None else 0


async def change_view(session: Session, view: StoredView) -> None:
    """Keep a view as it is now.

    Raises:
        ConstraintBroken: the person has another of this name.
    """
    await session.execute(
        "UPDATE g_list_view SET label = $1, role = $2, query = $3 WHERE id = $4",
        view.label,
        view.role,
        json.dumps(view.query, ensure_ascii=False),
        view.id,
    )


async def drop_view(session: Session, id_: int) -> None:
    """Forget a view."""
    await session.execute("DELETE FROM g_list_view WHERE id = $1", id_)


async def views_that_use(session: Session) -> Mapping[tuple[str, str], int]:
    """How many views use each field, by entity and field."""
    found: dict[tuple[str, str], int] = {}
    for row in await session.fetch(f"SELECT {COLUMNS} FROM g_list_view"):
        view = _view(row)
        for name in fields_in(view.query):
            found[view.entity, name] = found.get((view.entity, name), 0) + 1
    return found


def fields_in(query: Query) -> set[str]:
    """The fields that a view filters and sorts by and shows."""
    found: set[str] = set()
    for name, value in query:
        if name == "sort":
            found.add(value.removeprefix("-"))
        elif name == "columns":
            found |= set(value.split(","))
        elif name not in ("view", "q"):
            found.add(name.removesuffix(".from").removesuffix(".to"))
    return {name.partition(".")[0] for name in found if name}


def _view(row: Row) -> StoredView:
    query = tuple((str(name), str(value)) for name, value in json.loads(row["query"]))
    return StoredView(row["id"], row["entity"], row["label"], row["user_id"], row["role"], query)
