"""Publishing: a catalog becomes the live one."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from guanxi.definitions import Catalog
from guanxi.definitions.changes_identity import Identity
from guanxi.errors import N_, Conflict, Unavailable
from guanxi.storage.catalogs import store_catalog
from guanxi.storage.database import Database
from guanxi.storage.expansion import expand
from guanxi.storage.field_columns import columns_of_catalog, store_field_columns
from guanxi.storage.field_identity import next_identity
from guanxi.storage.live import CHANNEL, LiveRelease, newest_release
from guanxi.storage.moments import moment
from guanxi.storage.session import Session

T = TypeVar("T")

ATTEMPTS = 60
PAUSE = 0.05
"""Seconds between attempts, growing up to ten times: other requests run in the pauses."""

MOVED = N_("Another release went live meanwhile. Look at it, and publish again.")


@dataclass(frozen=True, slots=True)
class Release:
    """One publishing."""

    id: int
    digest: str
    created_at: datetime
    created_by: int | None
    note: str


async def publish(
    database: Database,
    catalog: Catalog,
    *,
    at: datetime,
    by: int | None = None,
    note: str = "",
    over: str | None,
) -> LiveRelease:
    """Make a catalog live: tables first, then the release, in one transaction beside which nothing writes.

    The fields of the catalog are where its placement says. What has to be moved, counted or decided before
    is the work of `switching`; this is for a first release, and for one that only adds.

    `over` is the digest of the release that the publisher looked at (None: there is none yet). Publishing
    what is live already changes nothing.

    Raises:
        Conflict: another release is live than `over`.
        DefinitionsRefused: the change cannot be made by adding to the tables.
        Unavailable: other requests kept the database busy all the while.
    """
    live = await alone(database, lambda session: _publish(session, catalog, at, by, note, over))
    database.look_again()
    return live


async def alone(database: Database, work: Callable[[Session], Awaitable[T]]) -> T:
    """Do something in a transaction beside which nothing writes.

    Raises:
        Unavailable: other requests kept the database busy all the while.
    """
    for attempt in range(ATTEMPTS):
        try:
            async with database.publishing() as session:
                return await work(session)
        except Unavailable:
            # The lock is given up after 100 ms, so that nobody waits behind us for longer.
            await asyncio.sleep(PAUSE * min(attempt + 1, 10))
    raise Unavailable("The database was busy all the while; publish again at a quieter moment.")


async def releases(session: Session, limit: int = 50) -> Sequence[Release]:
    """The newest releases, newest first."""
    rows = await session.fetch(
        "SELECT id, digest, created_at, created_by, note FROM g_release ORDER BY id DESC LIMIT $1", limit
    )
    return [
        Release(row["id"], row["digest"], moment(row["created_at"]), row["created_by"], row["note"])
        for row in rows
    ]


async def _publish(
    session: Session, catalog: Catalog, at: datetime, by: int | None, note: str, over: str | None
) -> LiveRelease:
    live = await require_live(session, over)
    if live is not None and live.digest == catalog.digest:
        return live
    identity = await next_identity(session, catalog)
    await expand(session, catalog)
    return await go_live(session, catalog, identity, at=at, by=by, note=note)


async def require_live(session: Session, digest: str | None) -> LiveRelease | None:
    """The live release.

    Raises:
        Conflict: it is another one than this.
    """
    live = await newest_release(session)
    if (live.digest if live else None) != digest:
        raise Conflict(MOVED)
    return live


async def go_live(
    session: Session, catalog: Catalog, identity: Identity, *, at: datetime, by: int | None, note: str
) -> LiveRelease:
    """Keep the catalog, where its fields are, and the release, and tell every process."""
    await store_catalog(session, catalog, at)
    await store_field_columns(session, columns_of_catalog(catalog, identity))
    number: int = await session.value(
        "INSERT INTO g_release (digest, created_at, created_by, note, identity) "
        "VALUES ($1, $2, $3, $4, $5) RETURNING id",
        catalog.digest,
        at,
        by,
        note,
        json.dumps(identity.to_json(), separators=(",", ":")),
    )
    if session.dialect == "postgres":
        await session.execute(f"NOTIFY {CHANNEL}")
    else:
        # Belongs to the transaction, and is what every process looks at.
        await session.execute(f"PRAGMA user_version = {int(number)}")
    return LiveRelease(number, catalog.digest)
