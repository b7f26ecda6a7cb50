"""Catalogs by digest: the live one, and those that running approvals were started under."""

import asyncio
from collections import OrderedDict

from guanxi.definitions import Catalog
from guanxi.storage.catalogs import load_catalog
from guanxi.storage.session import Session

KEPT = 8
"""How many catalogs a process keeps compiled."""


class Catalogs:
    """Compiles a catalog once and keeps the ones used last. A catalog never changes, so none goes stale."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Catalog] = OrderedDict()
        self._loading = asyncio.Lock()

    def known(self, digest: str) -> Catalog | None:
        """The catalog, if it is here already."""
        return self._kept.get(digest)

    async def get(self, session: Session, digest: str) -> Catalog:
        """The catalog of a digest. Raises LookupError when it was never published."""
        known = self._kept.get(digest)
        if known is None:
            # After a publishing every request asks for it at once: one compiles it, the others wait.
            async with self._loading:
                known = self._kept.get(digest) or await load_catalog(session, digest)
                self._kept[digest] = known
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        if digest in self._kept:
            self._kept.move_to_end(digest)
        return known
