"""Optimistic versions: a change says on which version it was made, so that nobody overwrites unseen."""

from typing import Any

from guanxi.commands.records.viewing import view_of
from guanxi.commands.views import RecordView
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Sentence, VersionMismatch, VersionRequired
from guanxi.rules.access import RecordAccess

WHICH_VERSION = N_(
    "Say which version of the record you changed: send the ETag of your last read as If-Match."
)
CHANGED_SINCE = N_("Somebody has changed this since you opened it. Compare, then save again.")


class RecordChanged(VersionMismatch):
    """The record is newer than the change; `current` is the record as the actor may see it now."""

    def __init__(self, message: Sentence, current: RecordView) -> None:
        self.current = current
        super().__init__(message)


async def refuse_stale(
    turn: Turn, entity: Entity, record: dict[str, Any], access: RecordAccess, version: int | None
) -> None:
    """Raise VersionRequired without a version, RecordChanged when the record has moved on."""
    if version is None:
        raise VersionRequired(WHICH_VERSION)
    if version != record["version"]:
        raise RecordChanged(CHANGED_SINCE, await view_of(turn, entity, dict(record), access=access))
