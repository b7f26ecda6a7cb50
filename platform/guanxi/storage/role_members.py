"""Who holds which role."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from guanxi.storage.session import Session


async def roles_of(session: Session, user_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """The roles of people, sorted; a person without any is missing."""
    if not user_ids:
        return {}
    marks = ", ".join(f"${place + 1}" for place in range(len(user_ids)))
    sql = f"SELECT user_id, role FROM g_role_member WHERE user_id IN ({marks}) ORDER BY user_id, role"  # noqa: S608
    found: dict[int, list[str]] = defaultdict(list)
    for row in await session.fetch(sql, *user_ids):
        found[row["user_id"]].append(row["role"])
    return {user_id: tuple(roles) for user_id, roles in found.items()}


async def set_roles(session: Session, user_id: int, roles: Iterable[str]) -> None:
    """Make these, and no others, the roles of a person."""
    await session.execute("DELETE FROM g_role_member WHERE user_id = $1", user_id)
    sql = "INSERT INTO g_role_member (user_id, role) VALUES ($1, $2)"
    await session.execute_many(sql, [(user_id, role) for role in sorted(set(roles))])
