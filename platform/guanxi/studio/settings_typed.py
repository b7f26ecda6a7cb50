"""What an entity says besides its fields, as the texts of a form and back: names, title, search, locks."""

from collections.abc import Mapping
from typing import Any

from guanxi.studio.typed import (
    Data,
    Typed,
    condition_of,
    condition_typed,
    free_name,
    label_of,
    labels_typed,
    merged,
    name_from,
    positions,
)

LABELS = ("label", "plural", "help")
TEXTS = ("icon", "title", "owner")
LOCKS = "locks"


def settings_typed(entity: Data, types: Mapping[str, str]) -> Typed:
    """The texts of a form for what an entity says of itself."""
    typed: Typed = {}
    for name in LABELS:
        typed |= labels_typed(name, entity.get(name))
    typed |= {name: entity.get(name, "") for name in TEXTS}
    typed |= places_typed("search", entity.get("search", ()))
    for index, lock in enumerate(entity.get(LOCKS, ())):
        head = f"{LOCKS}.{index}"
        typed[f"{head}.was"] = lock["name"]
        typed |= labels_typed(f"{head}.message", lock.get("message"))
        typed |= condition_typed(f"{head}.when", lock["when"], types)
        typed |= places_typed(f"{head}.except", lock.get("except", ()))
    return typed


def settings_of(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> dict[str, Any]:
    """The entity that a form describes, over the one that it was opened on; its fields stay."""
    said: dict[str, Any] = {name: label_of(typed, name, before.get(name)) for name in LABELS}
    said |= {name: typed.get(name, "").strip() for name in TEXTS}
    said["search"] = places_of(typed, "search")
    said[LOCKS] = _locks(typed, before, types)
    return merged(before, said)


def places_typed(name: str, fields: Any) -> Typed:
    """A list of fields as the texts of a form."""
    return {f"{name}.{index}.field": field for index, field in enumerate(fields)}


def places_of(typed: Mapping[str, str], name: str) -> list[str]:
    """The fields of a list, each once."""
    chosen = [typed.get(f"{name}.{index}.field", "") for index in positions(typed, name)]
    return list(dict.fromkeys(one for one in chosen if one))


def _locks(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> list[dict[str, Any]]:
    known = {lock["name"]: lock for lock in before.get(LOCKS, ())}
    found: list[dict[str, Any]] = []
    for index in positions(typed, LOCKS):
        head = f"{LOCKS}.{index}"
        was = typed.get(f"{head}.was", "")
        old = known.get(was, {})
        message = label_of(typed, f"{head}.message", old.get("message"))
        taken = {*known, *(lock["name"] for lock in found)}
        name = was or free_name(name_from(message or {}) or "lock", taken)
        more = {"message": message, "except": places_of(typed, f"{head}.except")}
        when = condition_of(typed, f"{head}.when", types)
        found.append(merged({**old, "name": name, "when": when}, more))
    return found
