"""The compiled `who`: whom a definition means, before anybody is looked up.

One grammar wherever a definition names people. A selector names the union of its keys; a list of selectors
is tried in order, and the first that finds somebody counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.compiling import Compiling
from guanxi.expressions import Formula
from guanxi.expressions.types import ReferenceType

SUBMITTER = "submitter"
"""In place of a path: the person who submitted."""

USER = ReferenceType("user")

_BESIDES = {"level": "managerOf", "upTo": "chainOf", "subTeams": "teams"}
"""Keys that only say more about another."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose manager or chain is meant: the user in a field (`path`), or the submitter when it is None."""

    path: Formula | None


@dataclass(frozen=True, slots=True)
class Selector:
    """One `who` object.

    `people` are e-mail addresses, `teams` team names, `roles` role names; `field` reads a user from the
    record; `level` counts managers upwards; `up_to` ends a chain at the first holder of a role, or after a
    number of managers; `decider_of` names the step whose deciders are meant.
    """

    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    sub_teams: bool = True
    roles: tuple[str, ...] = ()
    field: Formula | None = None
    manager_of: Subject | None = None
    level: int = 1
    chain_of: Subject | None = None
    up_to: str | int | None = None
    decider_of: str | None = None

    @property
    def reads(self) -> frozenset[str]:
        """The record paths that decide whom this selector names."""
        subjects = (self.manager_of, self.chain_of)
        formulas = (self.field, *(subject.path for subject in subjects if subject))
        return frozenset().union(*(formula.reads for formula in formulas if formula))


def read_who(
    items: Sequence[Mapping[str, Any]], of: str, pointer: str, compiling: Compiling
) -> tuple[Selector, ...]:
    """Read a list of `who` objects about records of entity `of`; problems are noted in `compiling`."""
    return tuple(_selector(item, of, f"{pointer}/{i}", compiling) for i, item in enumerate(items))


def _selector(item: Mapping[str, Any], of: str, pointer: str, compiling: Compiling) -> Selector:
    roles = tuple(item.get("roles", ()))
    for i, role in enumerate(roles):
        compiling.known("role", role, f"{pointer}/roles/{i}")
    up_to = item.get("upTo")
    if isinstance(up_to, str):
        compiling.known("role", up_to, f"{pointer}/upTo")
    for key, of_key in _BESIDES.items():
        if key in item and of_key not in item:
            compiling.problem(f"{pointer}/{key}", f'"{key}" says nothing without "{of_key}"', "remove it")
    if not item.keys() - _BESIDES.keys():
        compiling.problem(pointer, "nobody is named", 'name them, as in {"roles": ["director"]}')
    path = item.get("field")
    return Selector(
        people=tuple(item.get("people", ())),
        teams=tuple(item.get("teams", ())),
        sub_teams=bool(item.get("subTeams", True)),
        roles=roles,
        field=compiling.formula(path, of, USER, f"{pointer}/field") if path else None,
        manager_of=_subject(item.get("managerOf"), of, f"{pointer}/managerOf", compiling),
        level=int(item.get("level", 1)),
        chain_of=_subject(item.get("chainOf"), of, f"{pointer}/chainOf", compiling),
        up_to=up_to,
        decider_of=item.get("deciderOf"),
    )


def _subject(path: str | None, of: str, pointer: str, compiling: Compiling) -> Subject | None:
    if path is None:
        return None
    if path == SUBMITTER:
        return Subject(None)
    formula = compiling.formula(path, of, USER, pointer)
    return Subject(formula) if formula else None
