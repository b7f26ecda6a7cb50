"""The organisation as a decision needs it, loaded from the people and teams of the workspace."""

from collections import defaultdict

from guanxi.rules.organisation import Member, Snapshot, Team
from guanxi.storage.absences import SELECT, Absence, by_person
from guanxi.storage.session import Row, Session


async def load_organisation(session: Session) -> Snapshot:
    """Everybody with manager, team, roles, whether they are active, when they are away and who stands in."""
    people, teams, members, absences = await session.batch(
        [
            ("SELECT id, manager, team, email, active FROM e_user", ()),
            ("SELECT id, name, parent_team AS parent, manager FROM e_team", ()),
            ("SELECT role, user_id FROM g_role_member ORDER BY role, user_id", ()),
            (SELECT, ()),
        ]
    )
    roles: dict[str, list[int]] = defaultdict(list)
    for row in members:
        roles[row["role"]].append(row["user_id"])
    away = by_person(absences)
    return Snapshot(
        people={row["id"]: _member(row, away.get(row["id"])) for row in people},
        teams={row["id"]: Team(row["name"], row["parent"], row["manager"]) for row in teams},
        roles={role: tuple(ids) for role, ids in roles.items()},
    )


def _member(row: Row, absence: Absence | None) -> Member:
    deputy = absence.deputy_id if absence else None
    absent = ((absence.first_day, absence.last_day),) if absence else ()
    return Member(row["manager"], row["team"], row["email"] or "", bool(row["active"]), deputy, absent)
