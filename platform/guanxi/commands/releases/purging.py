"""The plan of a purge: what releases gone by have left, and what can no longer be had without it."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.releases.fields_by_uid import fields_by_uid
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog
from guanxi.definitions.documents import canonical
from guanxi.storage.expansion import every_table
from guanxi.storage.field_identity import identity_of
from guanxi.storage.introspection import Existing, read_existing
from guanxi.storage.purging import Leftover, leftovers, rows_of
from guanxi.storage.releases import releases
from guanxi.storage.session import Session

MOST_RELEASES = 10_000


@dataclass(frozen=True, slots=True)
class Purged:
    """One column or table that goes.

    `field` is what was kept in it (`order.total`, or the entity), empty for what a publishing that was given
    up has left. `releases` are the digests, newest first, to which one can no longer go back with its values.
    """

    leftover: Leftover
    rows: int
    field: str
    releases: tuple[str, ...]


@dataclass(frozen=True)
class PurgePlan:
    """What a purge would drop while `live` is live."""

    live: Catalog
    existing: Existing
    items: tuple[Purged, ...]

    @property
    def digest(self) -> str:
        """Names what was decided on: the release, and every column and table."""
        names = [[one.leftover.table, one.leftover.column] for one in self.items]
        return hashlib.sha256(canonical([self.live.digest, names])).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """The plan for programs."""
        return {
            "digest": self.digest,
            "live": self.live.digest,
            "items": [
                {
                    "table": one.leftover.table,
                    "column": one.leftover.column or None,
                    "rows": one.rows,
                    "field": one.field,
                    "releases": list(one.releases),
                }
                for one in self.items
            ],
        }


async def plan_purge(workspace: Workspace, actor: Actor) -> PurgePlan:
    """What the live release does not need; nothing is changed.

    Raises:
        Forbidden: the actor may not change the configuration.
    """
    live = await workspace.live()
    require_studio(live, actor)
    async with workspace.database.reading() as session:
        existing = await read_existing(session)
        kept = await _kept(workspace, session)
        items = []
        for one in leftovers(live, existing):
            field, digests = kept.get(one, ("", ()))
            items.append(Purged(one, await rows_of(session, one), field, tuple(digests)))
    return PurgePlan(live, existing, tuple(items))


async def _kept(workspace: Workspace, session: Session) -> Mapping[Leftover, tuple[str, list[str]]]:
    """Which field each column was of, and in which releases."""
    found: dict[Leftover, tuple[str, list[str]]] = defaultdict(lambda: ("", []))
    digests = dict.fromkeys(one.digest for one in await releases(session, MOST_RELEASES))
    for digest in digests:
        catalog, identity = await workspace.catalogs.get(session, digest), await identity_of(session, digest)
        for holder in every_table(catalog):
            _note(found, Leftover(holder.table), holder.name, digest)
        if identity is not None:
            for holder, one in fields_by_uid(catalog, identity).values():
                for column in one.columns:
                    _note(found, Leftover(holder.table, column.name), f"{holder.name}.{one.name}", digest)
    return found


def _note(found: dict[Leftover, tuple[str, list[str]]], place: Leftover, name: str, digest: str) -> None:
    known, digests = found[place]
    found[place] = (known or name, [*digests, digest])
