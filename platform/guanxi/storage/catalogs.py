"""Catalogs as releases keep them: the documents, under the digest of their content."""

import json
from datetime import datetime

from guanxi.definitions import Catalog, compile_catalog, documents_from_json
from guanxi.storage.session import Session


async def store_catalog(session: Session, catalog: Catalog, at: datetime) -> None:
    """Keep the documents of a catalog; one that is kept already stays as it is."""
    documents = json.dumps(catalog.to_json(), ensure_ascii=False, separators=(",", ":"))
    await session.execute(
        "INSERT INTO g_catalog (digest, documents, created_at) VALUES ($1, $2, $3) "
        "ON CONFLICT (digest) DO NOTHING",
        catalog.digest,
        documents,
        at,
    )


async def load_catalog(session: Session, digest: str) -> Catalog:
    """The catalog of a digest, compiled.

    Raises:
        LookupError: no catalog of this digest was ever published.
    """
    text = await session.value("SELECT documents FROM g_catalog WHERE digest = $1", digest)
    if text is None:
        raise LookupError(f"No catalog {digest} was published in this workspace.")
    return compile_catalog(documents_from_json(json.loads(text)))
