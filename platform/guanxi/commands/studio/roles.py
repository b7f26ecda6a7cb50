"""Changing roles in a draft: how far each operation goes, grant by grant, field by field."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.fields import CHANGED
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem

Data = dict[str, Any]

NO_ROLE = N_("There is no such role in the draft. Somebody may have discarded it.")
TAKEN = N_("There is a role of this name already. Choose another.")
OPERATIONS = ("read", "create", "update", "delete")
SCOPES = ("own", "team", "subTeams", "all")
"""From the fewest rows to all; each takes in what is before it for who belongs to a team."""
NONE, CONDITIONAL = "", "where"


def role_in(definitions: Mapping[tuple[str, str], Any], name: str) -> Data:
    """A role of the draft.

    Raises:
        NotFound: there is none.
    """
    found: Data | None = definitions.get(("role", name))
    if found is None:
        raise NotFound(NO_ROLE)
    return found


def add_role(definitions: Definitions, data: Data) -> None:
    """Add a role.

    Raises:
        Invalid: the name is taken.
    """
    key = ("role", data["name"])
    if key in definitions:
        raise Invalid(TAKEN, [Problem("/name", "taken", TAKEN)])
    definitions[key] = data


def change_role(definitions: Definitions, data: Data, seen: str) -> None:
    """Put a role in place of the one whose print was `seen`.

    Raises:
        Conflict: it is another one by now.
    """
    if print_of(role_in(definitions, data["name"])) != seen:
        raise Conflict(CHANGED)
    definitions["role", data["name"]] = data


def reach(grants: Sequence[Mapping[str, Any]], operation: str) -> str:
    """The widest rows on which grants allow an operation; `where` when only conditions do, empty for none."""
    rows = [grant["rows"] for grant in grants if operation in grant["can"]]
    scopes = [one for one in rows if isinstance(one, str)]
    if scopes:
        return max(scopes, key=SCOPES.index)
    return CONDITIONAL if rows else NONE


def with_reach(grants: Sequence[Mapping[str, Any]], wanted: Mapping[str, str]) -> list[Data]:
    """The grants after each operation of `wanted` was made to reach just these rows.

    A grant keeps what it says besides (fields, actions, conditions); one that is left without an operation
    goes. An operation of which only conditions decide stays as it is while nothing else is chosen.
    """
    found = [{**grant, "can": list(grant["can"])} for grant in grants]
    for operation, scope in wanted.items():
        if scope == reach(found, operation):
            continue
        if scope in SCOPES and not any(grant["rows"] == scope for grant in found):
            found.append({"rows": scope, "can": []})
        for grant in found:
            rows = grant["rows"]
            if isinstance(rows, str) or not scope:
                inside = bool(scope) and SCOPES.index(rows) <= SCOPES.index(scope)
                grant["can"] = [one for one in OPERATIONS if one in {*grant["can"]} - {operation}]
                if inside:
                    grant["can"] = [one for one in OPERATIONS if one in {*grant["can"], operation}]
    return [grant for grant in found if grant["can"]]


def with_grants(role: Data, grants: Mapping[str, Sequence[Data]]) -> Data:
    """A role with these grants, by entity; an entity without any is left out."""
    found = {**role, "grants": {**role.get("grants", {}), **grants}}
    found["grants"] = {entity: list(some) for entity, some in found["grants"].items() if some}
    if not found["grants"]:
        del found["grants"]
    return found
