"""Catalogs as releases keep them: the documents, under the digest of their content."""

import asyncio
import json
from datetime import datetime

from guanxi.definitions import Catalog, compile_catalog, documents_from_json
from guanxi.definitions.placement import USUAL, Placement
from guanxi.storage.session import Session


async def store_catalog(session: Session, catalog: Catalog, at: datetime) -> None:
    """Keep the documents of a catalog; one that is kept already stays as it is."""
    documents = json.dumps(catalog.to_json(), ensure_ascii=False, separators=(",", ":"))
    await session.execute(
        "INSERT INTO g_catalog (digest, documents, created_at, placement) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (digest) DO NOTHING",
        catalog.digest,
        documents,
        at,
        "" if catalog.placement == USUAL else json.dumps(catalog.placement.to_json()),
    )


async def load_catalog(session: Session, digest: str) -> Catalog:
    """The catalog of a digest, compiled.

    Raises:
        LookupError: no catalog of this digest was ever published.
    """
    row = await session.fetchrow("SELECT documents, placement FROM g_catalog WHERE digest = $1", digest)
    if row is None:
        raise LookupError(f"No catalog {digest} was published in this workspace.")
    placement = Placement.from_json(json.loads(row["placement"])) if row["placement"] else USUAL
    documents = documents_from_json(json.loads(row["documents"]))
    # Others want to be answered in this moment.
    return await asyncio.to_thread(compile_catalog, documents, placement)
