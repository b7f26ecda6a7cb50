"""How telephone numbers are read aloud: the calling code, then groups."""

import re
from collections.abc import Iterator

CHINA = "86"
_TWO_DIGITS = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
"""The calling codes of two digits (ITU-T E.164); 1 and 7 have one, all others three."""
_MOBILE, _BIG_CITY, _SERVICE = re.compile("1[3-9]"), re.compile("10|2"), re.compile("[48]00")


def calling_code(number: str) -> str:
    """The calling code of a number that begins with a plus; empty where no code begins so."""
    digits = number.removeprefix("+")
    if digits[:1] in ("1", "7"):
        return digits[:1]
    if _TWO_DIGITS.match(digits):
        return digits[:2]
    return digits[:3] if len(digits) > 3 and digits[0] != "0" else ""


def grouped(number: str) -> str:
    """A kept number as people write it: `+86 138 1234 5678`, `+86 10 6888 8888 #801`."""
    digits, _, extension = number.partition(";ext=")
    code = calling_code(digits)
    rest = digits[len(code) + 1 :]
    text = " ".join((f"+{code}", *_groups(code, rest)))
    return f"{text} #{extension}" if extension else text


def _groups(code: str, rest: str) -> Iterator[str]:
    if code == CHINA:
        first = 3 if _MOBILE.match(rest) or not _BIG_CITY.match(rest) else 2
        yield rest[:first]
        local = rest[first:]
        head = 3 if _SERVICE.match(rest) else len(local) - 4
        yield local[:head]
        yield local[head:]
        return
    if code == "1" and len(rest) == 10:
        yield from (rest[:3], rest[3:6], rest[6:])
        return
    while len(rest) > 4:
        yield rest[:3]
        rest = rest[3:]
    yield rest
