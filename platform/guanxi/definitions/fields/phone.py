"""A telephone number."""

import re
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem, nothing
from guanxi.definitions.fields.phone_numbers import CHINA, calling_code
from guanxi.definitions.fields.text import TextField
from guanxi.errors import N_

_EXTENSION = re.compile(r"\s*(?:;ext=|ext\.?|x|#|转|轉|分机)\s*([0-9]{1,6})", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\u00a0().\-/\u2010-\u2013]|（|）|－")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}")
_CHINESE = re.compile(
    r"1[3-9][0-9]{9}|(?:10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7}|(?:400|800)[0-9]{7}"
)
_PATTERN = r"^[+][1-9][0-9]{6,14}(;ext=[0-9]{1,6})?$"
ITALY = "39"
"""Where the 0 in front belongs to the number."""
NOT_A_NUMBER = N_("Enter a telephone number, such as 138 1234 5678 or +44 20 7946 0958.")


class PhoneField(TextField):
    """A telephone number, kept as E.164 has it, with its extension behind: `+861068888888;ext=801`."""

    name = "phone"
    length = 60

    def coerce(self, field: Field, raw: object, *, form: bool) -> str | None:  # noqa: ARG002
        """The number, however it was grouped; one without a calling code gets that of the field."""
        if nothing(raw):
            return None
        text = super().coerce(field, raw, form=True)
        number, extension = _split((text or "").replace("(0)", ""))
        number = _international(number, field.country or CHINA)
        if not _INTERNATIONAL.fullmatch(number) or not calling_code(number):
            raise FieldProblem("phone", NOT_A_NUMBER)
        if number.startswith(f"+{CHINA}") and not _CHINESE.fullmatch(number[3:]):
            raise FieldProblem("phone", NOT_A_NUMBER)
        return f"{number};ext={extension}" if extension else number

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A text of a plus and digits."""
        return {"type": "string", "maxLength": 28, "pattern": _PATTERN, **NO_LINE_BREAK}


def sought(text: str) -> str:
    """What to look for in kept numbers when somebody types a part of one: its digits without the groups."""
    return _SEPARATORS.sub("", text).removeprefix("+").lstrip("0") or text


def _split(text: str) -> tuple[str, str]:
    """The number without what groups it, and the extension."""
    match = _EXTENSION.search(text)
    if match is not None and match.end() == len(text):
        return _SEPARATORS.sub("", text[: match.start()]), match[1]
    return _SEPARATORS.sub("", text), ""


def _international(number: str, country: str) -> str:
    """The number with a plus and a calling code."""
    if number.startswith("+"):
        return number.replace(f"+{CHINA}0", f"+{CHINA}", 1)
    if number.startswith("00"):
        return f"+{number[2:]}"
    return f"+{country}{number if country == ITALY else number.removeprefix('0')}"
