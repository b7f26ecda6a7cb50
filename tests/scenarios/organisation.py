"""The people of a scenario as plain data."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from guanxi.rules.organisation import Member, Snapshot, Team


class People:
    """Everybody by name and id, and the organisation they are in at the moment."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.ids = {name: number for number, name in enumerate(told["people"], 1)}
        self.names = {number: name for name, number in self.ids.items()}
        self.teams = {name: number for number, name in enumerate(told.get("teams", {}), 1)}
        teams = {
            self.teams[name]: Team(
                name, self.teams.get(team.get("parent")), self.ids.get(team.get("manager"))
            )
            for name, team in told.get("teams", {}).items()
        }
        people = {
            self.ids[name]: self._member(Member(email=f"{name}@example.com"), person)
            for name, person in told["people"].items()
        }
        self.org = Snapshot(people, teams, self._roles(told.get("roles", {})))

    def change(self, people: Mapping[str, Any], roles: Mapping[str, Any]) -> None:
        """Change what is mentioned of people, and who holds these roles."""
        members = dict(self.org.people)
        for name, told in people.items():
            members[self.ids[name]] = self._member(members[self.ids[name]], told)
        self.org = replace(self.org, people=members, roles={**self.org.roles, **self._roles(roles)})

    def _roles(self, told: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
        return {role: tuple(sorted(self.ids[name] for name in who)) for role, who in told.items()}

    def _member(self, member: Member, told: Mapping[str, Any]) -> Member:
        changed: dict[str, Any] = {key: told[key] for key in ("active",) if key in told}
        changed |= {key: self.ids.get(told[key]) for key in ("manager", "deputy") if key in told}
        if "team" in told:
            changed["team"] = self.teams[told["team"]]
        if "absent" in told:
            changed["absent"] = tuple(tuple(map(date.fromisoformat, days)) for days in told["absent"])
        return replace(member, **changed)
