"""The identity of fields, as releases keep it."""

import json

from guanxi.definitions import Catalog
from guanxi.definitions.changes_identity import Identity, field_identity
from guanxi.storage.catalogs import load_catalog
from guanxi.storage.session import Session


async def live_identity(session: Session) -> Identity | None:
    """Which field is which in the live release; None before the first."""
    row = await session.fetchrow("SELECT digest, identity FROM g_release ORDER BY id DESC LIMIT 1")
    return None if row is None else await _identity(session, row["digest"], row["identity"])


async def identity_of(session: Session, digest: str) -> Identity | None:
    """Which field is which in the newest release of a catalog; None where it was never published."""
    row = await session.fetchrow(
        "SELECT digest, identity FROM g_release WHERE digest = $1 ORDER BY id DESC LIMIT 1", digest
    )
    return None if row is None else await _identity(session, row["digest"], row["identity"])


async def next_identity(session: Session, catalog: Catalog) -> Identity:
    """Which field is which once the catalog is live: as it was when it has been live before."""
    live = await live_identity(session)
    earlier = await identity_of(session, catalog.digest) if live is not None else None
    if live is not None and earlier is not None:
        return live.restored(earlier)
    return field_identity(catalog.effective, live)


async def _identity(session: Session, digest: str, text: str) -> Identity:
    if text:
        return Identity.from_json(json.loads(text))
    # A release of an older program: then every field was the first of its name.
    return field_identity((await load_catalog(session, digest)).effective)
