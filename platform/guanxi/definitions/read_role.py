"""Reading roles: grants with those of the roles that are included."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, cast

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import humanised
from guanxi.definitions.naming import OWNER
from guanxi.definitions.role import Grant, Role
from guanxi.definitions.stages import Stages
from guanxi.expressions.types import BOOLEAN

Data = Mapping[str, Any]
Rows = Literal["own", "team", "subTeams", "all", "where"]


def read_role(
    data: Data, stages: Mapping[str, Stages], actions: Mapping[str, set[str]], compiling: Compiling
) -> Role:
    """Compile the grants that a role document itself brings; `stages` and `actions` are by entity."""
    for index, name in enumerate(data.get("includes", ())):
        compiling.known("role", name, f"/includes/{index}")
    grants = {}
    for entity, items in data.get("grants", {}).items():
        if compiling.known("entity", entity, f"/grants/{entity}"):
            read = [
                _grant(item, entity, stages, actions, f"/grants/{entity}/{index}", compiling)
                for index, item in enumerate(items)
            ]
            grants[entity] = tuple(read)
    return Role(
        name=data["name"],
        label=data.get("label") or humanised(data["name"]),
        grants=MappingProxyType(grants),
        may=frozenset(data.get("may", ())),
    )


def with_includes(
    own: Mapping[str, Role], documents: Mapping[str, tuple[Data, Compiling]]
) -> dict[str, Role]:
    """The roles with the grants and rights of all they include; a role that includes itself is a problem."""
    return {name: _joined(role, own, documents) for name, role in own.items()}


def _joined(role: Role, own: Mapping[str, Role], documents: Mapping[str, tuple[Data, Compiling]]) -> Role:
    found: dict[str, Role] = {role.name: role}
    waiting = [role.name]
    while waiting:
        data, compiling = documents[waiting.pop()]
        for index, name in enumerate(data.get("includes", ())):
            if name == role.name:
                compiling.problem(
                    f"/includes/{index}", f'the role "{name}" includes itself', "remove one of them"
                )
            if name in own and name not in found:
                found[name] = own[name]
                waiting.append(name)
    grants: dict[str, tuple[Grant, ...]] = {}
    for part in found.values():
        for entity, some in part.grants.items():
            grants[entity] = grants.get(entity, ()) + some
    may = frozenset().union(*(part.may for part in found.values()))
    return Role(name=role.name, label=role.label, grants=MappingProxyType(grants), may=may)


def _grant(
    item: Data,
    of: str,
    stages: Mapping[str, Stages],
    actions: Mapping[str, set[str]],
    pointer: str,
    compiling: Compiling,
) -> Grant:
    rows = item["rows"]
    entity = compiling.entity(of)
    if entity is not None:
        _check(item, entity, pointer, compiling)
        _check_actions(item, entity, stages.get(of), actions.get(of, set()), pointer, compiling)
    where = None
    if not isinstance(rows, str):
        where = compiling.formula(rows["where"], of, BOOLEAN, f"{pointer}/rows/where")
    return Grant(
        rows=cast(Rows, rows if isinstance(rows, str) else "where"),
        where=where,
        can=frozenset(item["can"]),
        fields=MappingProxyType(dict(item.get("fields", {}))),
        actions=frozenset(item.get("actions", ())),
    )


def _check(item: Data, entity: Entity, pointer: str, compiling: Compiling) -> None:
    told = OWNER in compiling.workshop.broken
    by_owner = item["rows"] in ("own", "team", "subTeams")
    if by_owner and entity.owner is not None:
        compiling.mention(Part("field", entity.name), entity.owner, f"{pointer}/rows")
    if by_owner and entity.owner is None and not told:
        message = f'"{item["rows"]}" needs to know whose a {entity.name} is'
        compiling.problem(f"{pointer}/rows", message, 'add a reference "owner" to user, or write "all"')
    for name in item.get("fields", {}):
        if name != "*":
            compiling.one_of(
                name, entity.fields, Part("field", entity.name, key=True), f"{pointer}/fields/{name}"
            )


def _check_actions(
    item: Data,
    entity: Entity,
    stages: Stages | None,
    actions: set[str],
    pointer: str,
    compiling: Compiling,
) -> None:
    unstaged = stages is None and any(field.type == "stage" for field in entity.fields.values())
    known = set(stages.transitions) if stages else set()
    for index, name in enumerate(item.get("actions", ())):
        here = f"{pointer}/actions/{index}"
        if name in actions:
            compiling.mention(Part("action"), name, here)
        elif name != "*" and not unstaged:  # that stages are missing is told of the entity
            compiling.one_of(name, known | actions, Part("transition", entity.name), here)
