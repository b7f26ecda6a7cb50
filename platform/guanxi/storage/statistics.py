"""What SQLite knows of how values are spread, by which it chooses indexes.

A sample would not do: of a state that a third of all rows is in it sees only as many rows as it looks at,
takes the state for rare, and gathers and sorts a third of the table for every page. So a table is looked at
as a whole (0.06 s for 100,000 records), and only after it has grown by a quarter.
"""

import sqlite3
from collections.abc import Callable

from guanxi.expressions.tables import quoted

GROWTH = 1.25
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 2) IN ('e_', 'g_')"
_KNOWN = "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl"


def grown_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold a quarter more than when they were last looked at."""
    known = dict(connection.execute(_KNOWN).fetchall()) if _looked_at(connection) else {}
    tables = [row[0] for row in connection.execute(_TABLES).fetchall()]
    return [table for table in tables if _rows(connection, table) > known.get(table, 0) * GROWTH]


def analysing(table: str) -> Callable[[sqlite3.Connection], None]:
    """The work of looking at a table."""

    def work(connection: sqlite3.Connection) -> None:
        connection.execute(f"ANALYZE {quoted(table)}")

    return work


def reload_statistics(connection: sqlite3.Connection) -> None:
    """Let a connection know what another one has found."""
    # It writes nothing, but counts as a write.
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("ANALYZE sqlite_schema")
    connection.execute("PRAGMA query_only = ON")


def _looked_at(connection: sqlite3.Connection) -> bool:
    return (
        connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone() is not None
    )


def _rows(connection: sqlite3.Connection, table: str) -> int:
    """About how many rows: ids are given in order, so the last one tells without counting."""
    (last,) = connection.execute(f"SELECT max(rowid) FROM {quoted(table)}").fetchone()
    return int(last or 0)
