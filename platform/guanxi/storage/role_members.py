"""Who holds which role."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from guanxi.storage.session import Session


async def roles_of(session: Session, user_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """The roles of people, sorted; a person without any is missing."""
    if not user_ids:
        return {}
    marks = ", ".join(f"${place + 1}" for place in range(len(user_ids)))
    sql = f"SELECT user_id, role FROM g_role_member WHERE user_id IN ({marks}) ORDER BY user_id, role"
    found: dict[int, list[str]] = defaultdict(list)
    for row in await session.fetch(sql, *user_ids):
        found[row["user_id"]].append(row["role"])
    return {user_id: tuple(roles) for user_id, roles in found.items()}


async def set_roles(session: Session, user_id: int, roles: Iterable[str]) -> None:
    """Make these, and no others, the roles of a person."""
    await session.execute("DELETE FROM g_role_member WHERE user_id = $1", user_id)
    sql = "INSERT INTO g_role_member (user_id, role) VALUES ($1, $2)"
    await session.execute_many(sql, [(user_id, role) for role in sorted(set(roles))])


async def count_version(session: Session, user_id: int) -> None:
    """Give a person's record a new version: what belongs to it elsewhere has changed."""
    await session.execute("UPDATE e_user SET version = version + 1 WHERE id = $1", user_id)


async def anybody_holds(session: Session, roles: Sequence[str]) -> bool:
    """Whether an active person holds one of the roles."""
    if not roles:
        return False
    marks = ", ".join(f"${place + 1}" for place in range(len(roles)))
    sql = (
        "SELECT 1 FROM g_role_member m JOIN e_user u ON u.id = m.user_id "
        f"WHERE u.active AND m.role IN ({marks}) LIMIT 1"
    )
    return await session.value(sql, *roles) is not None


async def users_with_password(session: Session, user_ids: Sequence[int]) -> frozenset[int]:
    """Those who have set a password."""
    if not user_ids:
        return frozenset()
    marks = ", ".join(f"${place + 1}" for place in range(len(user_ids)))
    rows = await session.fetch(f"SELECT user_id FROM g_credential WHERE user_id IN ({marks})", *user_ids)
    return frozenset(row["user_id"] for row in rows)


async def all_user_ids(session: Session) -> list[int]:
    """Everybody, by name."""
    return [row["id"] for row in await session.fetch("SELECT id FROM e_user ORDER BY name, id")]


async def find_user_ids(session: Session, text: str) -> list[int]:
    """Active people whose name or e-mail address is the text, however its letters are written."""
    sql = (
        "SELECT id FROM e_user WHERE active AND (lower(email) = lower($1) OR lower(name) = lower($1)) "
        "ORDER BY id"
    )
    return [row["id"] for row in await session.fetch(sql, text)]


async def find_team_ids(session: Session, name: str) -> list[int]:
    """Teams of this name, however its letters are written."""
    sql = "SELECT id FROM e_team WHERE lower(name) = lower($1) ORDER BY id"
    return [row["id"] for row in await session.fetch(sql, name)]
