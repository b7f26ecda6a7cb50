"""The sample people: teams, reporting lines, roles, and passwords they choose by their one-time links."""

import asyncio
from collections.abc import Mapping
from typing import Any

from guanxi.cli.running import OPERATOR
from guanxi.commands.actor import Actor
from guanxi.commands.people.accept_invitation import accept_invitation
from guanxi.commands.people.add_user import add_user
from guanxi.commands.people.views import AddedUser, UserChange
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.workspace import Workspace

Actors = dict[str, Actor]


async def add_people(workspace: Workspace, told: Mapping[str, Any]) -> Actors:
    """Make teams and people; return everybody, ready to act, by key."""
    first, *others = told["people"]
    admin = await _enter(workspace, await _add(workspace, first, {}, {}), told["password"])
    teams: dict[str, int] = {}
    for team in told["teams"]:
        payload = {"name": team["name"], "parent_team": _text(teams.get(team["parent"]))}
        teams[team["key"]] = (await create_record(workspace, admin, "team", payload)).id
    ids: dict[str, int] = {}
    added: dict[str, AddedUser] = {}
    for person in others:
        added[person["key"]] = await _add(workspace, person, teams, ids)
        ids[person["key"]] = added[person["key"]].user.id
    for team in told["teams"]:
        payload = {"manager": str(ids[team["manager"]])}
        await update_record(workspace, admin, "team", teams[team["key"]], payload, version=1)
    # Hashing passwords is most of the work; it runs in threads, so all do it at once.
    actors = await asyncio.gather(*(_enter(workspace, one, told["password"]) for one in added.values()))
    return {first["key"]: admin} | dict(zip(added, actors, strict=True))


async def _add(
    workspace: Workspace, person: Mapping[str, Any], teams: Mapping[str, int], ids: Mapping[str, int]
) -> AddedUser:
    change = UserChange(
        name=person["name"],
        email=person["email"],
        title=person["title"],
        roles=tuple(person["roles"]),
        team_id=teams.get(person["team"]),
        manager_id=ids.get(person["manager"]),
        locale=person["locale"],
    )
    return await add_user(workspace, OPERATOR, change)


async def _enter(workspace: Workspace, added: AddedUser, password: str) -> Actor:
    return (await accept_invitation(workspace, added.invitation, password)).actor


def _text(id_: int | None) -> str | None:
    return None if id_ is None else str(id_)
