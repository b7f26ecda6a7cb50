"""Moments as the databases give them: PostgreSQL knows them, SQLite keeps text."""

from datetime import UTC, datetime


def moment(value: datetime | str) -> datetime:
    """An aware moment in UTC of a column's value."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
