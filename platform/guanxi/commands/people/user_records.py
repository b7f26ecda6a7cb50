"""People as records of the entity `user`, with the roles beside them."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from guanxi.commands.people.views import UNCHANGED, UserChange, UserView
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.definitions.role import Level
from guanxi.errors import N_, Invalid, NotFound, Problem
from guanxi.storage.people import titles_of_users
from guanxi.storage.records import load
from guanxi.storage.role_members import roles_of, users_with_password

NO_PERSON = N_("There is no person with this id.")
NO_ROLE = N_("There is no role “{name}”.")
NO_ROLE_HINT = N_("There is no role “{name}”. Did you mean “{near}”?")


def user_entity(turn: Turn) -> Entity:
    """The entity of people, which every workspace has."""
    return turn.catalog.entities["user"]


def all_writable(entity: Entity) -> dict[str, Level]:
    """Field access of somebody who manages people: their right covers the whole record."""
    return dict.fromkeys(entity.fields, "write")


async def load_user(turn: Turn, user_id: int) -> dict[str, Any]:
    """The stored record of a person.

    Raises:
        NotFound: there is none with this id.
    """
    entity = user_entity(turn)
    rows = await load(turn.session, turn.catalog, entity, [user_id], frozenset(entity.fields))
    if user_id not in rows:
        raise NotFound(NO_PERSON)
    return dict(rows[user_id])


def payload_of(change: UserChange) -> dict[str, Any]:
    """What a change says about the record, as a payload of its fields."""
    said: dict[str, Any] = {
        "name": change.name,
        "email": change.email,
        "title": change.title,
        "locale": change.locale,
        "active": change.active,
        "manager": _id_text(change.manager_id),
        "team": _id_text(change.team_id),
    }
    return {name: value for name, value in said.items() if value is not UNCHANGED}


def check_roles(turn: Turn, roles: Iterable[str]) -> None:
    """Refuse roles that the live release does not have.

    Raises:
        Invalid: naming each.
    """
    known = list(turn.catalog.roles)
    problems = []
    for position, name in enumerate(roles):
        if name not in known:
            near = get_close_matches(name, known, 1)
            message = NO_ROLE_HINT(name=name[:60], near=near[0]) if near else NO_ROLE(name=name[:60])
            problems.append(Problem(f"/roles/{position}", "unknown_role", message))
    if problems:
        raise Invalid(problems[0].message, problems)


async def views_of(turn: Turn, records: Sequence[Mapping[str, Any]]) -> list[UserView]:
    """The people of these records, with roles, manager and team by name."""
    ids = [record["id"] for record in records]
    roles = await roles_of(turn.session, ids)
    ready = await users_with_password(turn.session, ids)
    managers = {record["manager"] for record in records} - {None}
    names = await titles_of_users(turn.session, turn.catalog, managers) if managers else {}
    teams = await _team_names(turn, {record["team"] for record in records} - {None})
    return [
        UserView(
            id=record["id"],
            version=record["version"],
            name=record["name"],
            email=record["email"],
            title=record["title"] or "",
            roles=roles.get(record["id"], ()),
            manager_id=record["manager"],
            manager=names.get(record["manager"], ""),
            team_id=record["team"],
            team=teams.get(record["team"], ""),
            locale=record["locale"],
            active=bool(record["active"]),
            state=_state(record, ready),
        )
        for record in records
    ]


async def _team_names(turn: Turn, ids: set[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    rows = await load(
        turn.session, turn.catalog, turn.catalog.entities["team"], sorted(ids), frozenset({"name"})
    )
    return {id_: row["name"] for id_, row in rows.items()}


def _state(record: Mapping[str, Any], ready: frozenset[int]) -> Any:
    if not record["active"]:
        return "inactive"
    return "ready" if record["id"] in ready else "invited"


def _id_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value
