"""Addresses of static files that change with their content, so that browsers may keep them for ever."""

import hashlib
from pathlib import Path


class Assets:
    """Static files below one folder, served below one path."""

    def __init__(self, folder: Path, served_at: str = "/static") -> None:
        self._folder = folder
        self._served_at = served_at.rstrip("/")
        self._digests: dict[str, tuple[int, str]] = {}

    def url(self, name: str) -> str:
        """The address of `css/base.css`, with the hash of what it holds now.

        A file that is not there keeps its plain address: a page without its font or script is still a page.
        """
        path = self._folder / name
        if not path.is_file():
            return f"{self._served_at}/{name}"
        changed = path.stat().st_mtime_ns
        known = self._digests.get(name)
        if known is None or known[0] != changed:
            known = changed, hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            self._digests[name] = known
        return f"{self._served_at}/{name}?v={known[1]}"
