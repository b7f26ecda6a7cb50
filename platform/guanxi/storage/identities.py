"""Who stands behind a session or a token: one query, so that rights are read anew at every request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.storage.session import Dialect, Row, Session


@dataclass(frozen=True, slots=True)
class Identity:
    """An active person with what is held right now.

    `via` is the id of the session or token; `stale` says that a session should be marked as seen.
    """

    user_id: int
    name: str
    email: str
    locale: str
    team_id: int | None
    sub_teams: frozenset[int]
    roles: frozenset[str]
    via: int | None = None
    stale: bool = False


async def of_session(
    session: Session, digest: str, *, now: datetime, idle_since: datetime, touched_since: datetime
) -> Identity | None:
    """The person of a session that has not ended and was seen after `idle_since`.

    It is stale when it was last seen before `touched_since`.
    """
    sql = (
        f"SELECT s.id AS via, s.seen_at < $4 AS stale, {_person(session.dialect)} "
        "FROM g_session s JOIN e_user u ON u.id = s.user_id "
        "WHERE s.digest = $1 AND s.expires_at > $2 AND s.seen_at > $3 AND u.active"
    )
    return _identity(await session.fetch(sql, digest, now, idle_since, touched_since))


async def of_token(session: Session, digest: str, *, now: datetime) -> Identity | None:
    """The person of a token that is neither expired nor revoked."""
    sql = (
        f"SELECT t.id AS via, FALSE AS stale, {_person(session.dialect)} "
        "FROM g_api_token t JOIN e_user u ON u.id = t.user_id "
        "WHERE t.digest = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) "
        "AND t.revoked_at IS NULL AND u.active"
    )
    return _identity(await session.fetch(sql, digest, now))


async def of_user(session: Session, user_id: int) -> Identity | None:
    """An active person by id."""
    person = _person(session.dialect)
    sql = f"SELECT NULL AS via, FALSE AS stale, {person} FROM e_user u WHERE u.id = $1 AND u.active"
    return _identity(await session.fetch(sql, user_id))


def _person(dialect: Dialect) -> str:
    joined = "group_concat({0}, ',')" if dialect == "sqlite" else "string_agg({0}, ',')"
    roles, teams = joined.format("m.role"), joined.format("CAST(c.descendant AS TEXT)")
    return (
        "u.id AS user_id, u.name, u.email, u.locale, u.team AS team_id, "
        f"(SELECT {roles} FROM g_role_member m WHERE m.user_id = u.id) AS roles, "
        f"(SELECT {teams} FROM g_team_closure c WHERE c.ancestor = u.team AND c.depth > 0) AS sub_teams"
    )


def _identity(rows: Sequence[Row]) -> Identity | None:
    if not rows:
        return None
    row = rows[0]
    return Identity(
        user_id=row["user_id"],
        name=row["name"],
        email=row["email"],
        locale=row["locale"],
        team_id=row["team_id"],
        sub_teams=frozenset(int(team) for team in (row["sub_teams"] or "").split(",") if team),
        roles=frozenset(role for role in (row["roles"] or "").split(",") if role),
        via=row["via"],
        stale=bool(row["stale"]),
    )
