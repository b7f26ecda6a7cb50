"""Locks: while a stored record is in a state, only declared fields of it may change.

Source: the definition language, `locks`: judged on the stored record; only declared transitions pass.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Problem, Sentence

LOCKED = N_("This record is locked and cannot be changed now. Recall it or ask for it to be returned first.")


def locked_fields(
    entity: Entity, stored: Mapping[str, Any], variables: Mapping[str, Any]
) -> dict[str, Sentence]:
    """The fields that may not change now, each with the message of the first lock that holds it."""
    found: dict[str, Sentence] = {}
    for lock in entity.locks:
        if not lock.when.holds(stored, variables):
            continue
        for name in entity.fields:
            if name not in lock.except_:
                found.setdefault(name, lock.message or LOCKED)
    return found


def refuse_locked(
    entity: Entity, stored: Mapping[str, Any], changed: Iterable[str], variables: Mapping[str, Any]
) -> list[Problem]:
    """A problem for each changed field that a lock holds."""
    locked = locked_fields(entity, stored, variables)
    return [Problem(f"/{name}", "locked", locked[name]) for name in changed if name in locked]


def refuse_delete(entity: Entity, stored: Mapping[str, Any], variables: Mapping[str, Any]) -> Sentence | None:
    """Why the record may not be deleted: a locked record stays."""
    return next(iter(locked_fields(entity, stored, variables).values()), None)
