"""The people of a scenario in its workspace."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from guanxi.commands.actor import SYSTEM, Actor
from guanxi.commands.people.acting import actor_of
from guanxi.commands.people.add_user import add_user
from guanxi.commands.people.change_user import change_user
from guanxi.commands.people.list_users import list_users
from guanxi.commands.people.set_absence import set_absence
from guanxi.commands.people.views import UNCHANGED, UserChange
from guanxi.commands.records.create_record import create_record
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog
from guanxi.errors import DefinitionProblem, DefinitionsRefused, Unauthenticated
from guanxi.scenarios.names import Names
from guanxi.storage.identities import of_user

GONE = {"en": "This person does not work here.", "zh-CN": "此人不在职。"}
NEVER = ["1970-01-01", "1970-01-01"]
NOBODY = "nobody holds a role that manages people; give somebody such a role, `admin` in the base CRM"


class Staff:
    """Who there is, and what they hold."""

    def __init__(self, workspace: Workspace, names: Names, told: Mapping[str, Any]) -> None:
        self.workspace, self.names, self.told = workspace, names, told
        self.roles: dict[str, list[str]] = {role: list(who) for role, who in told.get("roles", {}).items()}
        self.away: dict[str, dict[str, Any]] = {}
        self.left: dict[str, tuple[Any, Any]] = {}

    async def hire(self) -> None:
        """Make people and teams as the scenario begins."""
        people, teams = self.told["people"], self.told.get("teams", {})
        for name, person in people.items():
            added = await add_user(
                self.workspace,
                SYSTEM,
                UserChange(
                    name=name,
                    email=f"{name}@example.com",
                    title=person.get("title", ""),
                    roles=self._held(name),
                    locale=person.get("locale", "en"),
                ),
            )
            self.names.add("user", name, added.user.id)
        admin = await self.administrator()
        for name, team in teams.items():
            values = {"name": name}
            if team.get("parent"):
                values["parent_team"] = str(self.names.id_of("team", team["parent"]))
            if team.get("manager"):
                values["manager"] = str(self.names.id_of("user", team["manager"]))
            self.names.add("team", name, (await create_record(self.workspace, admin, "team", values)).id)
        later = {
            name: {k: v for k, v in one.items() if k not in ("title", "locale")}
            for name, one in people.items()
        }
        await self.change({name: one for name, one in later.items() if one}, {})

    async def change(self, people: Mapping[str, Any], roles: Mapping[str, Any]) -> None:
        """Change what is mentioned of people, and who holds these roles."""
        moved = {name for role, who in roles.items() for name in {*self.roles.get(role, ()), *who}}
        self.roles |= {role: list(who) for role, who in roles.items()}
        names = dict.fromkeys([*people, *sorted(moved)])
        if not names:
            return
        versions = {one.id: one.version for one in await list_users(self.workspace, SYSTEM)}
        for name in names:
            id_, told = self.names.id_of("user", name), people.get(name, {})
            change = UserChange(
                title=told.get("title", UNCHANGED),
                active=told.get("active", UNCHANGED),
                manager_id=self._one("user", told["manager"]) if "manager" in told else UNCHANGED,
                team_id=self._one("team", told["team"]) if "team" in told else UNCHANGED,
                roles=self._held(name) if name in moved else UNCHANGED,
            )
            if change != UserChange():
                await change_user(self.workspace, SYSTEM, id_, change, versions[id_])
            self.away[name] = {**self.away.get(name, {}), **told}
            await self._leave(name, id_)

    async def _leave(self, name: str, id_: int) -> None:
        """Note the absence of somebody who has a deputy; without days, one that is over."""
        told = self.away[name]
        if "deputy" not in told or self.left.get(name) == (told["deputy"], told.get("absent")):
            return
        self.left[name] = (told["deputy"], told.get("absent"))
        first, last = (told.get("absent") or [NEVER])[0]
        deputy = self.names.id_of("user", told["deputy"])
        admin = await self.administrator()
        await set_absence(
            self.workspace, admin, id_, deputy, date.fromisoformat(first), date.fromisoformat(last)
        )

    async def actor(self, name: str) -> Actor:
        """Somebody, with what is held now. Raises Unauthenticated of who is not active."""
        async with self.workspace.database.reading() as session:
            identity = await of_user(session, self.names.id_of("user", name))
        if identity is None:
            raise Unauthenticated(GONE)
        return actor_of(identity, "api")

    async def administrator(self) -> Actor:
        """The first who may manage people: makes what the scenario does not say who makes."""
        catalog: Catalog = await self.workspace.live()
        for name in self.told["people"]:
            held = (catalog.roles[role] for role in self._held(name) if role in catalog.roles)
            if any("people" in role.may for role in held):
                return await self.actor(name)
        raise DefinitionsRefused([DefinitionProblem("people.json", "/roles", NOBODY)])

    def _held(self, name: str) -> tuple[str, ...]:
        return tuple(role for role, who in self.roles.items() if name in who)

    def _one(self, entity: str, name: str) -> int | None:
        return self.names.id_of(entity, name) if name else None
