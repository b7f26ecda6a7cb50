"""The organisation as a decision needs it: managers, teams, roles, who is active. Plain data, no look-ups.

`Snapshot` answers from data that was loaded for a command; `Recorded` notes each answer so that the decision
can be repeated exactly; `Recalled` gives those answers again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

Answer = TypeVar("Answer")


class Organisation(Protocol):
    """The questions that a decision may ask. People are ids, roles and teams names."""

    def manager_of(self, person: int) -> int | None:
        """The person's own manager, else the manager of the team; never the person."""

    def members_of_role(self, role: str) -> tuple[int, ...]:
        """Who holds a role, by id."""

    def team_members(self, team: str, sub_teams: bool) -> tuple[int, ...]:  # noqa: FBT001 - asked by position
        """Who belongs to a team, or also to the teams below it, by id."""

    def person_called(self, email: str) -> int | None:
        """The person with an e-mail address."""

    def active(self, person: int) -> bool:
        """Whether the person can be asked at all."""

    def deputy_of(self, person: int) -> int | None:
        """Whom the person named as deputy; never the person."""

    def deputy_on(self, person: int, day: date) -> int | None:
        """Who may decide for the person on a day: the deputy, while the person is absent."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the organisation; `team` is an id, `absent` the first and last day of each absence."""

    manager: int | None = None
    team: int | None = None
    email: str = ""
    active: bool = True
    deputy: int | None = None
    absent: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """A team in the tree; `parent` is an id."""

    name: str
    parent: int | None = None
    manager: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The organisation at one moment."""

    people: Mapping[int, Member]
    teams: Mapping[int, Team] = field(default_factory=dict)
    roles: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def manager_of(self, person: int) -> int | None:
        """The person's own manager, else the nearest manager up the team tree who is not the person."""
        member = self.people.get(person)
        if member is None:
            return None
        if member.manager is not None and member.manager != person:
            return member.manager
        team, seen = member.team, set[int]()
        while team is not None and team not in seen and team in self.teams:
            seen.add(team)
            manager = self.teams[team].manager
            if manager is not None and manager != person:
                return manager
            team = self.teams[team].parent
        return None

    def members_of_role(self, role: str) -> tuple[int, ...]:
        """Who holds a role, by id."""
        return tuple(sorted(self.roles.get(role, ())))

    def team_members(self, team: str, sub_teams: bool) -> tuple[int, ...]:  # noqa: FBT001 - asked by position
        """Who belongs to a team, or also to the teams below it, by id."""
        wanted = {number for number, known in self.teams.items() if known.name == team}
        while sub_teams:
            below = {n for n, known in self.teams.items() if known.parent in wanted} - wanted
            if not below:
                break
            wanted |= below
        return tuple(sorted(p for p, member in self.people.items() if member.team in wanted))

    def person_called(self, email: str) -> int | None:
        """The person with an e-mail address, in any case of letters."""
        wanted = email.casefold()
        return next((p for p, m in sorted(self.people.items()) if m.email.casefold() == wanted), None)

    def active(self, person: int) -> bool:
        """Whether the person is known and active."""
        member = self.people.get(person)
        return member is not None and member.active

    def deputy_of(self, person: int) -> int | None:
        """Whom the person named as deputy; nobody is their own."""
        member = self.people.get(person)
        return None if member is None or member.deputy == person else member.deputy

    def deputy_on(self, person: int, day: date) -> int | None:
        """The active deputy of a person who is absent on that day; a deputy's deputy does not count."""
        deputy, member = self.deputy_of(person), self.people.get(person)
        if member is None or deputy is None or not self.active(deputy):
            return None
        return deputy if any(first <= day <= last for first, last in member.absent) else None


class Recorded:
    """Asks another organisation and keeps every answer."""

    __slots__ = ("_answers", "_source")

    def __init__(self, source: Organisation) -> None:
        self._source = source
        self._answers: dict[str, Any] = {}

    def manager_of(self, person: int) -> int | None:
        """As the source answers."""
        return self._ask(f"manager {person}", self._source.manager_of, person)

    def members_of_role(self, role: str) -> tuple[int, ...]:
        """As the source answers."""
        return self._ask(f"role {role}", self._source.members_of_role, role)

    def team_members(self, team: str, sub_teams: bool) -> tuple[int, ...]:  # noqa: FBT001 - asked by position
        """As the source answers."""
        return self._ask(f"team {team} {int(sub_teams)}", self._source.team_members, team, sub_teams)

    def person_called(self, email: str) -> int | None:
        """As the source answers."""
        return self._ask(f"person {email}", self._source.person_called, email)

    def active(self, person: int) -> bool:
        """As the source answers."""
        return self._ask(f"active {person}", self._source.active, person)

    def deputy_of(self, person: int) -> int | None:
        """As the source answers."""
        return self._ask(f"deputy {person}", self._source.deputy_of, person)

    def deputy_on(self, person: int, day: date) -> int | None:
        """As the source answers."""
        return self._ask(f"deputy {person} {day}", self._source.deputy_on, person, day)

    def to_json(self) -> dict[str, Any]:
        """Every question that was asked, with its answer."""
        return {key: list(a) if isinstance(a, tuple) else a for key, a in sorted(self._answers.items())}

    def _ask(self, key: str, question: Callable[..., Answer], *arguments: object) -> Answer:
        if key not in self._answers:
            self._answers[key] = question(*arguments)
        answer: Answer = self._answers[key]
        return answer


class Recalled:
    """Gives the answers of a record again; a question that was not asked then is an error."""

    __slots__ = ("_answers",)

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers

    def manager_of(self, person: int) -> int | None:
        """As answered then."""
        manager: int | None = self._recall(f"manager {person}")
        return manager

    def members_of_role(self, role: str) -> tuple[int, ...]:
        """As answered then."""
        return tuple(self._recall(f"role {role}"))

    def team_members(self, team: str, sub_teams: bool) -> tuple[int, ...]:  # noqa: FBT001 - asked by position
        """As answered then."""
        return tuple(self._recall(f"team {team} {int(sub_teams)}"))

    def person_called(self, email: str) -> int | None:
        """As answered then."""
        person: int | None = self._recall(f"person {email}")
        return person

    def active(self, person: int) -> bool:
        """As answered then."""
        return self._recall(f"active {person}") is True

    def deputy_of(self, person: int) -> int | None:
        """As answered then."""
        deputy: int | None = self._recall(f"deputy {person}")
        return deputy

    def deputy_on(self, person: int, day: date) -> int | None:
        """As answered then."""
        deputy: int | None = self._recall(f"deputy {person} {day}")
        return deputy

    def _recall(self, key: str) -> Any:
        if key not in self._answers:
            raise LookupError(f"the stored facts do not answer “{key}”: something else was asked then")
        return self._answers[key]
