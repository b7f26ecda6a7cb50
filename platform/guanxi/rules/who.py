"""Whom a `who` names: selectors resolved to people. The one place that does it.

Source: the definition language, law 5. Nothing here looks anything up; the organisation is an argument.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeAlias

from guanxi.definitions.who import CANDIDATE, Selector, Subject
from guanxi.expressions import Formula
from guanxi.rules.organisation import Organisation

Resolve: TypeAlias = Callable[[Sequence[Sequence[Selector]]], tuple[int, ...]]
"""Finds the people of lists of selectors: of each list, those of the first that names anybody."""


class Known(Protocol):
    """What decides whom a selector names, besides record and organisation."""

    def people(self, decision: str, output: str | None, resolve: Resolve) -> tuple[int, ...]:
        """The people that an output of a decision table names, as `resolve` finds them."""

    def user(self, person: int, paths: Iterable[str]) -> Mapping[str, Any]:
        """What a person's own record has at some paths."""


class Unknown:
    """Where neither decision tables nor conditions on candidates can be asked about."""

    def people(self, decision: str, output: str | None, resolve: Resolve) -> tuple[int, ...]:
        """Raises LookupError."""
        raise LookupError(f"nobody evaluates {decision} ({output or 'its output'}) for {resolve}")

    def user(self, person: int, paths: Iterable[str]) -> Mapping[str, Any]:
        """Raises LookupError."""
        raise LookupError(f"the record of person {person} was not given: {', '.join(paths)}")


@dataclass(frozen=True, slots=True)
class Asking:
    """What selectors are resolved against.

    `submitter` is the person that `submitter` means; `deciders` tells who decided a step. `chosen` are the
    people named for each step, and `step` is the one that is asked for. `known`
    answers for decision tables and for candidates.
    """

    record: Mapping[str, Any]
    variables: Mapping[str, Any]
    organisation: Organisation
    submitter: int
    deciders: Callable[[str], Iterable[int]]
    step: str = ""
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    known: Known = field(default_factory=Unknown)


def named(selector: Selector, asking: Asking) -> tuple[int, ...]:
    """Everybody whom one selector names, each once, in the order of its keys; inactive people included."""
    found: dict[int, None] = {}
    for person in _named(selector, asking):
        if person is not None:
            found[person] = None
    where = selector.where
    return tuple(found if where is None else (p for p in found if _fits(selector, where, p, asking)))


def named_by_any(selectors: Iterable[Selector], asking: Asking) -> tuple[int, ...]:
    """Everybody whom any of the selectors names, each once."""
    return tuple(dict.fromkeys(person for selector in selectors for person in named(selector, asking)))


def _named(selector: Selector, asking: Asking) -> Iterable[int | None]:
    org = asking.organisation
    for email in selector.people:
        yield org.person_called(email)
    for team in selector.teams:
        yield from org.team_members(team, selector.sub_teams)
    for role in selector.roles:
        yield from org.members_of_role(role)
    if selector.field is not None:
        yield _user(selector.field, asking)
    if selector.manager_of is not None:
        yield _manager(selector.manager_of, selector.level, asking)
    if selector.chain_of is not None:
        yield from _chain(selector.chain_of, selector.up_to, asking)
    if selector.decider_of is not None:
        yield from asking.deciders(selector.decider_of)
    if selector.decision is not None:
        resolve = partial(_of_each, asking=asking)
        yield from asking.known.people(selector.decision, selector.output, resolve)
    if selector.chosen is not None:
        yield from asking.chosen.get(asking.step, ())
    if selector.formula is not None:
        yield _user(selector.formula, asking)


def _fits(selector: Selector, where: Formula, person: int, asking: Asking) -> bool:
    """Whether the condition on candidates holds for a person."""
    known = asking.known.user(person, selector.candidate_reads - {CANDIDATE})
    candidate = {f"{CANDIDATE}.{path}": value for path, value in known.items()}
    return where.holds({**asking.record, CANDIDATE: person, **candidate}, asking.variables)


def _of_each(lists: Sequence[Sequence[Selector]], asking: Asking) -> tuple[int, ...]:
    """The people of each list: those of its first selector that names anybody."""
    found: dict[int, None] = {}
    for selectors in lists:
        people = next((people for one in selectors if (people := named(one, asking))), ())
        found.update(dict.fromkeys(people))
    return tuple(found)


def _subject(subject: Subject, asking: Asking) -> int | None:
    if subject.path is None:
        return asking.submitter
    return _user(subject.path, asking)


def _user(path: Formula, asking: Asking) -> int | None:
    person = path.evaluate(asking.record, asking.variables)
    return person if isinstance(person, int) else None


def _manager(subject: Subject, level: int, asking: Asking) -> int | None:
    person = _subject(subject, asking)
    for _ in range(level):
        if person is None:
            return None
        person = asking.organisation.manager_of(person)
    return person


def _chain(subject: Subject, up_to: str | int | None, asking: Asking) -> Iterable[int]:
    """The managers upwards, each once: a circle in the organisation ends the chain."""
    person = _subject(subject, asking)
    ends = set(asking.organisation.members_of_role(up_to)) if isinstance(up_to, str) else set()
    seen = {person}
    while person is not None:
        person = asking.organisation.manager_of(person)
        if person is None or person in seen:
            return
        seen.add(person)
        yield person
        if person in ends or (isinstance(up_to, int) and len(seen) > up_to):
            return
