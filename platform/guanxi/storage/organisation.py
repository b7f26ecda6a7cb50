"""The organisation as a decision needs it, loaded from the people and teams of the workspace."""

from collections import defaultdict

from guanxi.rules.organisation import Member, Snapshot, Team
from guanxi.storage.session import Session


async def load_organisation(session: Session) -> Snapshot:
    """Everybody with manager, team, roles and whether they are active."""
    people, teams, members = await session.batch(
        [
            ("SELECT id, manager, team, email, active FROM e_user", ()),
            ("SELECT id, name, parent_team AS parent, manager FROM e_team", ()),
            ("SELECT role, user_id FROM g_role_member ORDER BY role, user_id", ()),
        ]
    )
    roles: dict[str, list[int]] = defaultdict(list)
    for row in members:
        roles[row["role"]].append(row["user_id"])
    return Snapshot(
        people={
            row["id"]: Member(row["manager"], row["team"], row["email"] or "", bool(row["active"]))
            for row in people
        },
        teams={row["id"]: Team(row["name"], row["parent"], row["manager"]) for row in teams},
        roles={role: tuple(ids) for role, ids in roles.items()},
    )
