"""Values as the engine remembers and compares them, and the hash of what was approved.

A remembered value is plain JSON in one canonical form, so that the same content compares equal however it was
loaded: 25, 25.0 and 25.00 are the same number. A long value is remembered by its hash.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LONGEST = 200
"""Characters of a value that are remembered as they are; beyond, its hash."""


def read_path(record: Mapping[str, Any], path: str) -> Any:
    """The value at a path of a flat record; of a collection, the list of its members' values.

    Raises LookupError when the record was loaded without the path: what is not known cannot be compared.
    """
    if path in record:
        value = record[path]
        return len(value) if isinstance(value, list | tuple) else value
    head, _, tail = path.partition(".")
    while tail:
        if isinstance(members := record.get(head), list | tuple):
            return [read_path(member, tail) for member in members]
        more, _, tail = tail.partition(".")
        head = f"{head}.{more}"
    raise LookupError(f"the record was loaded without “{path}”, which the approval watches")


def remembered(value: Any) -> Any:
    """The canonical JSON form of a value."""
    plain = _plain(value)
    if isinstance(plain, str | list) and len(text := _text(plain)) > LONGEST:
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    return plain


def digest(values: Mapping[str, Any]) -> str:
    """The hash of watched content: sha256 over canonical JSON, in hexadecimal.

    `values` are values of the record (or remembered ones) by path. Equal content has an equal hash, whatever
    the order of the paths and the trailing zeros of numbers.
    """
    plain = {path: remembered(value) for path, value in values.items()}
    return hashlib.sha256(_text(plain).encode()).hexdigest()


def _text(plain: Any) -> str:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"a watched value cannot be a {type(value).__name__}")
