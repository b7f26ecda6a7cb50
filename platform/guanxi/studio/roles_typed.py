"""Roles and their grants as the texts of a form, and back. What the form does not show is kept as it was."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guanxi.commands.studio.roles import OPERATIONS, reach, with_reach
from guanxi.definitions.meta import meta_schemas
from guanxi.studio.typed import (
    Data,
    Typed,
    condition_of,
    condition_typed,
    label_of,
    labels_typed,
    merged,
    positions,
)

GRANTS = "grants"
EVERY = "*"
LABELS = ("label", "help")
NEW = "new"
"""What stands in place of the number of the grant that a form was opened on."""


def rights() -> tuple[str, ...]:
    """The rights on the platform that a role can bring."""
    schema = meta_schemas()["role.json"]
    return tuple(schema["properties"]["may"]["items"]["enum"])


def role_typed(role: Data, entities: Iterable[str]) -> Typed:
    """The texts of a form for a role: names, what it includes and brings, how far it reaches."""
    typed: Typed = {}
    for name in LABELS:
        typed |= labels_typed(name, role.get(name))
    typed |= {f"includes.{one}": "true" for one in role.get("includes", ())}
    typed |= {f"may.{one}": "true" for one in role.get("may", ())}
    for entity in entities:
        typed |= reach_typed(entity, role.get(GRANTS, {}).get(entity, ()))
    return typed


def role_of(
    typed: Mapping[str, str], before: Data, roles: Iterable[str], entities: Iterable[str]
) -> dict[str, Any]:
    """The role that a form describes, over the one that it was opened on."""
    said: dict[str, Any] = {name: label_of(typed, name, before.get(name)) for name in LABELS}
    said["includes"] = _ticked(typed, "includes", before.get("includes", ()), roles)
    said["may"] = _ticked(typed, "may", before.get("may", ()), rights())
    grants = dict(before.get(GRANTS, {}))
    for entity in entities:
        grants[entity] = grants_reaching(typed, entity, grants.get(entity, ()))
    said[GRANTS] = {entity: some for entity, some in grants.items() if some}
    return merged(before, said)


def reach_typed(name: str, grants: Sequence[Data]) -> Typed:
    """How far each operation reaches, as texts."""
    return {f"reach.{name}.{one}": reach(grants, one) for one in OPERATIONS}


def grants_reaching(typed: Mapping[str, str], name: str, before: Sequence[Data]) -> list[dict[str, Any]]:
    """The grants with what a form says of how far each operation reaches."""
    wanted = {one: typed[f"reach.{name}.{one}"] for one in OPERATIONS if f"reach.{name}.{one}" in typed}
    return with_reach(before, wanted)


def grants_typed(grants: Sequence[Data], types: Mapping[str, str]) -> Typed:
    """The texts of a form for each grant on an entity."""
    typed: Typed = {}
    for index, grant in enumerate(grants):
        head, rows = f"{GRANTS}.{index}", grant["rows"]
        typed[f"{head}.was"] = str(index)
        typed[f"{head}.rows"] = rows if isinstance(rows, str) else "where"
        typed |= condition_typed(f"{head}.where", "" if isinstance(rows, str) else rows["where"], types)
        typed |= {f"{head}.can.{one}": "true" for one in grant["can"]}
        typed |= {f"{head}.actions.{one}": "true" for one in grant.get("actions", ())}
        typed |= {f"{head}.fields.{name}": level for name, level in grant.get("fields", {}).items()}
    return typed


def grants_of(
    typed: Mapping[str, str],
    before: Sequence[Data],
    types: Mapping[str, str],
    fields: Iterable[str],
    actions: Iterable[str],
) -> list[dict[str, Any]]:
    """The grants that a form describes, over those that it was opened on."""
    known, offered = list(fields), list(actions)
    found = []
    for index in positions(typed, GRANTS):
        head = f"{GRANTS}.{index}"
        was = typed.get(f"{head}.was", NEW)
        old = before[int(was)] if was.isdigit() and int(was) < len(before) else {}
        rows: Any = typed.get(f"{head}.rows") or "own"
        if rows == "where":
            more = old["rows"] if isinstance(old.get("rows"), Mapping) else {}
            rows = {**more, "where": condition_of(typed, f"{head}.where", types)}
        levels = {name: typed.get(f"{head}.fields.{name}", "") for name in (EVERY, *known)}
        said: dict[str, Any] = {
            "rows": rows,
            "can": [one for one in OPERATIONS if typed.get(f"{head}.can.{one}") == "true"],
            "fields": {name: level for name, level in levels.items() if level},
            "actions": _ticked(typed, f"{head}.actions", old.get("actions", ()), (EVERY, *offered)),
        }
        found.append(merged(old, said))
    return found


def _ticked(typed: Mapping[str, str], name: str, before: Sequence[str], offered: Iterable[str]) -> list[str]:
    """What is ticked: first in the order in which it stood, then what is new; what is not offered stays."""
    known = list(offered)
    kept = [one for one in before if one not in known or typed.get(f"{name}.{one}") == "true"]
    return [*kept, *(one for one in known if one not in kept and typed.get(f"{name}.{one}") == "true")]
