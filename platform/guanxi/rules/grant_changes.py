"""Who can newly see or do what: the difference between the grants of two sets of roles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guanxi.definitions.entity import Entity
from guanxi.definitions.role import LEVELS, Grant, Role
from guanxi.rules.access import level_in

OPERATIONS = ("read", "create", "update", "delete")


@dataclass(frozen=True, slots=True)
class GrantChange:
    """What a role may do changes: `what` is an operation, `field <name>`, `action <name>` or `may <right>`.

    `before` and `after` say on which rows (`own`, `all`, `where status == 'draft'`) or, of a field, how far;
    an empty text is not at all. `wider` when something is newly possible.
    """

    role: str
    entity: str
    what: str
    before: str
    after: str
    wider: bool


def grant_changes(
    before: Mapping[str, Role],
    after: Mapping[str, Role],
    entities_before: Mapping[str, Entity],
    entities_after: Mapping[str, Entity],
) -> tuple[GrantChange, ...]:
    """All differences, role by role; of fields those that either release has."""
    found: list[GrantChange] = []
    for role in sorted({*before, *after}):
        old, new = _rights(before.get(role), entities_before), _rights(after.get(role), entities_after)
        for key in sorted({*old, *new}):
            was, becomes = old.get(key, ()), new.get(key, ())
            if was != becomes:
                wider = bool(set(becomes) - set(was))
                entity, what = key
                found.append(GrantChange(role, entity, what, " or ".join(was), " or ".join(becomes), wider))
    return tuple(found)


Rights = dict[tuple[str, str], tuple[str, ...]]


def _rights(role: Role | None, entities: Mapping[str, Entity]) -> Rights:
    found: Rights = {}
    if role is None:
        return found
    for right in role.may:
        found["", f"may {right}"] = ("yes",)
    for name, grants in role.grants.items():
        if name in entities:
            found |= dict(_of_entity(entities[name], grants))
    return found


def _of_entity(
    entity: Entity, grants: tuple[Grant, ...]
) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for operation in OPERATIONS:
        rows = {_rows(grant) for grant in grants if operation in grant.can}
        if rows:
            yield (entity.name, operation), tuple(sorted(rows))
    for action in {name for grant in grants for name in grant.actions}:
        rows = {_rows(grant) for grant in grants if action in grant.actions}
        yield (entity.name, f"action {action}"), tuple(sorted(rows))
    for field in entity.fields:
        levels = {(level_in(grant, field), _rows(grant)) for grant in grants if "read" in grant.can}
        seen = sorted(
            f"{level} {rows}" for level, rows in levels if LEVELS.index(level) > LEVELS.index("hidden")
        )
        if seen:
            yield (entity.name, f"field {field}"), tuple(seen)


def _rows(grant: Grant) -> str:
    return f"where {grant.where.text}" if grant.where is not None else grant.rows
