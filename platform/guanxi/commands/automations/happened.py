"""What an event of the audit means to automations."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.messaging.progress import MESSAGE_FAILED
from guanxi.definitions import Catalog
from guanxi.rules.beginnings import Happened
from guanxi.storage.outbox import Event

ENDED = "outcome"
"""What the audit calls how an approval ended."""


def happened_of(catalog: Catalog, event: Event) -> Happened | None:
    """What happened to a record; None for what no automation begins with."""
    detail = event.detail
    if event.verb == "created":
        return Happened("created", states=_states(catalog, event.entity, detail.get("values", {})))
    if event.verb == "deleted":
        return Happened("deleted")
    if event.verb == "emitted":
        return Happened("event", name=str(detail.get("event")))
    if event.verb == MESSAGE_FAILED:
        return Happened("failed", name=str(detail.get("message")))
    if event.verb.startswith("approval ") and ENDED in detail:
        return Happened("decided", name=str(detail.get("approval")), outcome=str(detail[ENDED]))
    changes = event.changes
    if not changes:
        return None
    fields = frozenset(path.split("/")[0].split(".")[0] for path in changes)
    after = {path: after for path, (_, after) in changes.items()}
    return Happened("changed", fields, _states(catalog, event.entity, after))


def _states(catalog: Catalog, entity: str, values: Mapping[str, Any]) -> frozenset[str]:
    stages = catalog.stages.get(entity)
    state = values.get(stages.field) if stages is not None else None
    return frozenset({state}) if isinstance(state, str) else frozenset()
