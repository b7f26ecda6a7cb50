"""Texts: everything here is decided character by character, so that no engine's locale has a say."""

from datetime import UTC, date, datetime
from decimal import Decimal

from guanxi.expressions.exact import EXACT

_CASED = (
    (0x41, 0x5A), (0xC0, 0xDE), (0x100, 0x17F), (0x386, 0x3AB), (0x400, 0x42F), (0x460, 0x481),
    (0x48A, 0x52F), (0x531, 0x556), (0x1E00, 0x1E94), (0x1EA0, 0x1EFE), (0xFF21, 0xFF3A),
)  # fmt: skip

LOWER: dict[int, int] = {
    code: ord(chr(code).lower())
    for first, last in _CASED
    for code in range(first, last + 1)
    if len(chr(code).lower()) == 1 and chr(code).lower() != chr(code)
}
"""Capital letters of the Latin, Greek, Cyrillic and Armenian scripts and of full width, each to its small
letter. A letter without one single small letter (such as U+0130) stays as it is, and so does sharp s."""


def lower(text: str) -> str:
    """The text in small letters, one for one."""
    return text.translate(LOWER)


def contains(text: str, part: str) -> bool:
    """Whether a part occurs in a text, to the letter."""
    return part in text


def starts_with(text: str, beginning: str) -> bool:
    """Whether a text begins so, to the letter."""
    return text.startswith(beginning)


def join(left: str, right: str) -> str:
    """One text after the other."""
    return left + right


def text(value: object) -> str:
    """A value as text: numbers without idle zeros, dates and moments in ISO 8601."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(EXACT.normalize(value), "f") if value else "0"
    return str(value)
