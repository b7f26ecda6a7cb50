"""Values as the engine remembers and compares them, and the hash of what was approved.

A remembered value is plain JSON in one canonical form, so that the same content compares equal however it was
loaded: 25, 25.0 and 25.00 are the same number. A long value is remembered by its hash.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import orjson

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
    """The canonical JSON form of a value; remembering a remembered value gives the same."""
    plain = _plain(value)
    if type(plain) is str:
        return plain if len(plain) <= LONGEST else _hash(plain)
    if type(plain) is list and sum(len(item) if type(item) is str else 8 for item in plain) > LONGEST:
        return _hash(plain)
    return plain


def digest(values: Mapping[str, Any]) -> str:
    """The hash of watched content: sha256 over canonical JSON, in hexadecimal.

    `values` are values of the record (or remembered ones) by path. Equal content has an equal hash, whatever
    the order of the paths and the trailing zeros of numbers.
    """
    return digest_remembered({path: remembered(value) for path, value in values.items()})


def digest_remembered(values: Mapping[str, Any]) -> str:
    """As `digest`, of values that are in remembered form already."""
    return hashlib.sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _hash(plain: Any) -> str:
    return f"sha256:{hashlib.sha256(orjson.dumps(plain)).hexdigest()}"


_AS_IS = frozenset({str, int, bool, type(None)})


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_IS:
        return value
    if kind is Decimal:
        return format(value.normalize(), "f") if value else "0"
    if kind is list or kind is tuple:
        return [_plain(item) for item in value]
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    raise TypeError(f"a watched value cannot be a {kind.__name__}")
