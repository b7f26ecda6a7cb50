"""Reading `who`: selectors in front of the roles, fields and tables that they name."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.who import CANDIDATE, SUBMITTER, Chosen, Selector, Subject
from guanxi.expressions import Formula, ReferenceType, Shape
from guanxi.expressions.types import BOOLEAN, USER_ENTITY

Data = Mapping[str, Any]
USER: Final = ReferenceType(USER_ENTITY)
_BESIDES = {
    "level": "managerOf",
    "upTo": "chainOf",
    "subTeams": "teams",
    "output": "decision",
    "from": "chosenBy",
    "min": "chosenBy",
    "max": "chosenBy",
}
"""Keys that only say more about another."""


def read_who(items: Sequence[Data], of: str, pointer: str, compiling: Compiling) -> tuple[Selector, ...]:
    """Read a list of `who` objects about records of entity `of`; problems are noted in `compiling`."""
    return tuple(_selector(item, of, f"{pointer}/{i}", compiling) for i, item in enumerate(items))


def _selector(item: Data, of: str, pointer: str, compiling: Compiling) -> Selector:
    roles = tuple(item.get("roles", ()))
    for i, role in enumerate(roles):
        compiling.known("role", role, f"{pointer}/roles/{i}")
    up_to = item.get("upTo")
    if isinstance(up_to, str):
        compiling.known("role", up_to, f"{pointer}/upTo")
    table = compiling.decision(item, of, pointer) if "decision" in item else None
    given = table.output(item.get("output", "")) if table else None
    if given is not None and given.measure.type != "who":
        message = f'"{given.name}" of {item["decision"]} does not name people'
        compiling.problem(f"{pointer}/decision", message, 'give that output the type "who"')
    _check_keys(item, pointer, compiling)
    return Selector(
        people=tuple(item.get("people", ())),
        teams=tuple(item.get("teams", ())),
        sub_teams=bool(item.get("subTeams", True)),
        roles=roles,
        field=compiling.optional(item, "field", of, USER, pointer),
        manager_of=_subject(item.get("managerOf"), of, f"{pointer}/managerOf", compiling),
        level=int(item.get("level", 1)),
        chain_of=_subject(item.get("chainOf"), of, f"{pointer}/chainOf", compiling),
        up_to=up_to,
        decider_of=item.get("deciderOf"),
        decision=item.get("decision"),
        output=item.get("output"),
        decision_reads=table.reads if table else frozenset(),
        chosen=_chosen(item, of, pointer, compiling),
        formula=compiling.optional(item, "formula", of, USER, pointer),
        where=_where(item, of, pointer, compiling),
    )


def _check_keys(item: Data, pointer: str, compiling: Compiling) -> None:
    for key, of_key in _BESIDES.items():
        if key in item and of_key not in item:
            compiling.problem(f"{pointer}/{key}", f'"{key}" says nothing without "{of_key}"', "remove it")
    if not item.keys() - _BESIDES.keys() - {"where"}:
        compiling.problem(pointer, "nobody is named", 'name them, as in {"roles": ["director"]}')


def _subject(path: str | None, of: str, pointer: str, compiling: Compiling) -> Subject | None:
    if path is None:
        return None
    if path == SUBMITTER:
        return Subject(None)
    formula = compiling.formula(path, of, USER, pointer)
    return Subject(formula) if formula else None


def _chosen(item: Data, of: str, pointer: str, compiling: Compiling) -> Chosen | None:
    if "chosenBy" not in item:
        return None
    if "from" not in item:
        compiling.problem(pointer, '"from" is missing', "say out of whom they may be chosen")
    least, most = item.get("min", 1), item.get("max", max(item.get("min", 1), 1))
    if most < least:
        compiling.problem(f"{pointer}/max", f"fewer than the least, {least}", "write a larger number")
    source = read_who(item.get("from", ()), of, f"{pointer}/from", compiling)
    for i, one in enumerate(item.get("from", ())):
        if "chosenBy" in one:
            message = "who may be chosen cannot be chosen itself"
            compiling.problem(f"{pointer}/from/{i}/chosenBy", message, "name roles, teams or people")
    return Chosen(item["chosenBy"], source, least, most)


def _where(item: Data, of: str, pointer: str, compiling: Compiling) -> Formula | None:
    """A condition over the record in which `user` is the candidate."""
    shapes = compiling.workshop.shapes
    if "where" not in item or of not in shapes:
        return None
    shape = shapes[of]
    if CANDIDATE in shape.members:
        message = f'{of} has a field "{CANDIDATE}", so the candidate has no name of its own'
        compiling.problem(f"{pointer}/where", message, "give the field another name")
        return None
    root = f"{of}:{CANDIDATE}"
    if root not in shapes:
        members = {**shape.members, CANDIDATE: USER}
        compiling.workshop.shapes = {**shapes, root: Shape(shape.entity, members, shape.parent)}
    return compiling.formula(item["where"], root, BOOLEAN, f"{pointer}/where")
