"""What the database has, asked of the database itself."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.storage.session import Session

_POSTGRES_COLUMNS = """
SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'e\\_%'
AND a.attnum > 0 AND NOT a.attisdropped
"""
_POSTGRES_INDEXES = """
SELECT c.relname AS name FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
WHERE c.relnamespace = current_schema()::regnamespace AND x.indisvalid
"""
_POSTGRES_REFERENCES = """
SELECT c.relname AS "table", a.attname AS "column", t.relname AS target
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
"""
_SQLITE_COLUMNS = """
SELECT m.name AS "table", c.name AS "column", c.type AS type
FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE 'e\\_%' ESCAPE '\\'
"""
_SQLITE_INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index'"
_SQLITE_REFERENCES = """
SELECT m.name AS "table", f."from" AS "column", f."table" AS target
FROM sqlite_master m, pragma_foreign_key_list(m.name) f
WHERE m.type = 'table' AND m.name LIKE 'e\\_%' ESCAPE '\\'
"""


@dataclass(frozen=True, slots=True)
class Existing:
    """Declared column types by table and column, index names, and where references lead."""

    columns: Mapping[str, Mapping[str, str]]
    indexes: frozenset[str]
    references: Mapping[tuple[str, str], str]


async def read_existing(session: Session) -> Existing:
    """The entity tables as they are."""
    if session.dialect == "postgres":
        queries = (_POSTGRES_COLUMNS, _POSTGRES_INDEXES, _POSTGRES_REFERENCES)
    else:
        queries = (_SQLITE_COLUMNS, _SQLITE_INDEXES, _SQLITE_REFERENCES)
    columns, indexes, references = await session.batch([(sql, ()) for sql in queries])
    tables: dict[str, dict[str, str]] = defaultdict(dict)
    for row in columns:
        tables[row["table"]][row["column"]] = row["type"]
    return Existing(
        columns=dict(tables),
        indexes=frozenset(row["name"] for row in indexes),
        references={(row["table"], row["column"]): row["target"] for row in references},
    )
