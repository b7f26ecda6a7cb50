"""Cursors of keyset paging: the sort values and id of the last row of a page, opaque to whoever holds them.

A cursor is not signed: it says only where to go on, and is judged like any other input. Rights are applied
anew on every page.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from guanxi.definitions.entity import Column
from guanxi.errors import N_, Invalid, Problem
from guanxi.expressions.moments import MICROSECOND

LONGEST = 2000
LARGEST_ID = 2**63 - 1
NO_CURSOR = N_("This is not the end of a page of this list. Start again from the first page.")


def write_cursor(order: str, values: Sequence[Any], id_: int) -> str:
    """The cursor of a row; `order` names the sorting, so that it is not used with another."""
    content = json.dumps(
        [order, [_plain(value) for value in values], id_], ensure_ascii=False, separators=(",", ":")
    )
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def read_cursor(text: str, order: str, columns: Sequence[Column]) -> tuple[list[Any], int]:
    """The sort values (as record values) and the id of a cursor.

    Raises:
        Invalid: it is none, or one of another sorting.
    """
    try:
        padded = text[:LONGEST].encode("ascii") + b"=" * (-len(text[:LONGEST]) % 4)
        content = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        return _read(content, order, columns)
    except (ValueError, TypeError, binascii.Error, InvalidOperation, RecursionError) as error:
        raise Invalid(NO_CURSOR, [Problem("/after", "cursor", NO_CURSOR)]) from error


def _read(content: Any, order: str, columns: Sequence[Column]) -> tuple[list[Any], int]:
    named, values, id_ = content
    if named != order or len(values) != len(columns) or type(id_) is not int or abs(id_) > LARGEST_ID:
        raise ValueError("The cursor belongs to another list.")
    return [_value(value, column) for value, column in zip(values, columns, strict=True)], id_


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value // MICROSECOND if isinstance(value, timedelta) else value


def _value(given: object, column: Column) -> Any:
    if given is None:
        return None
    wanted: type[Any] = {"integer": int, "reference": int, "duration": int, "boolean": bool}.get(
        column.kind, str
    )
    if type(given) is not wanted:
        raise ValueError("a value of another kind")
    value: Any = given
    if not isinstance(value, str):
        if abs(value) > LARGEST_ID:
            raise ValueError("too large")
        return timedelta(microseconds=value) if column.kind == "duration" else value
    if "\x00" in value:
        raise ValueError("no text")
    return _from_text(value, column)


def _from_text(text: str, column: Column) -> Any:
    if column.kind == "decimal":
        number = Decimal(text)
        if not number.is_finite() or len(text) > 40:
            raise ValueError("no number")
        return number
    if column.kind == "date":
        return date.fromisoformat(text)
    if column.kind == "datetime":
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("no zone")
        return moment
    return text
