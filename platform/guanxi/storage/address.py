"""Where the database is: the URL of the settings, taken apart for the drivers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class SqliteAddress:
    """A database file."""

    path: Path


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """A database on a server; `host` may be the folder of a Unix socket."""

    host: str
    port: int
    user: str | None
    password: str | None
    database: str

    def credentials(self) -> dict[str, Any]:
        """As the drivers take them."""
        return {
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
            "database": self.database,
        }


def read_address(url: str) -> SqliteAddress | PostgresAddress:
    """Take `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST:PORT/NAME` apart.

    Raises:
        ValueError: another scheme, or no database name. The URL is not repeated: it may carry a password.
    """
    if url.startswith("sqlite://"):
        path = unquote(url.removeprefix("sqlite://"))
        if not path:
            raise ValueError("The SQLite address names no file; write sqlite:///PATH.")
        return SqliteAddress(Path(path))
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("A database address starts with sqlite:// or postgresql://.")
    options = parse_qs(parts.query)
    database = unquote(parts.path.removeprefix("/"))
    if not database:
        raise ValueError("The PostgreSQL address names no database; write postgresql://USER@HOST/NAME.")
    return PostgresAddress(
        host=options.get("host", [parts.hostname or "127.0.0.1"])[0],
        port=int(options.get("port", [str(parts.port or 5432)])[0]),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        database=database,
    )
