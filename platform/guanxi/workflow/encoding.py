"""Record values as JSON and back, exactly: how facts are stored with an event for its replay."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any


def encode(value: Any) -> Any:
    """A record value as JSON that `decode` turns into the same value of the same type."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, timedelta):
        return {"microseconds": value // timedelta(microseconds=1)}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {"members": {key: encode(item) for key, item in value.items() if key != "parent"}}
    raise TypeError(f"a record cannot hold a {type(value).__name__}")


def decode(data: Any) -> Any:
    """The value that `encode` was given."""
    if isinstance(data, list):
        return [decode(item) for item in data]
    if not isinstance(data, Mapping):
        return data
    ((kind, inner),) = data.items()
    match kind:
        case "decimal":
            return Decimal(inner)
        case "datetime":
            return datetime.fromisoformat(inner)
        case "date":
            return date.fromisoformat(inner)
        case "microseconds":
            return timedelta(microseconds=inner)
        case "members":
            return {key: decode(item) for key, item in inner.items()}
    raise ValueError(f"stored facts hold an unknown kind of value “{kind}”")


def decode_record(data: Mapping[str, Any]) -> dict[str, Any]:
    """A flat record whose lines know their owner again."""
    record = {key: decode(value) for key, value in data.items()}
    for value in record.values():
        if isinstance(value, list):
            for member in value:
                member["parent"] = record
    return record
