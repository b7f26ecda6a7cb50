"""Reading JSON that strangers send: exact numbers, no duplicate keys, bounded depth and size.

A body over a limit is refused before it is parsed, because deep nesting costs the parser its stack and long
digit strings cost time quadratic in their length.
"""

import json
import re
from decimal import Decimal
from typing import Any, NoReturn

from guanxi.errors import N_, Invalid, Problem, Refused
from guanxi.web.refusals import BadRequest

MAX_DEPTH = 40
MAX_CONTAINERS = 20_000
"""Objects and lists together; one record with 2,000 lines has about as many."""
MAX_KEY = 200
"""Characters of a key; names of fields have at most 51."""
MAX_DIGITS = 40
"""Of a number: more than any field holds (28), so nothing that could be stored is refused here."""

# A string, closed or not (so that scanning stays linear), or one bracket.
_TOKENS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
# An escape: a character in two halves, half a one (the group), or any other.
_ESCAPES = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def read_json(body: bytes) -> Any:
    """The value of a JSON text: objects as dict, numbers as int or exact Decimal.

    Raises:
        BadRequest: it is no JSON text (NaN and Infinity are none), is too deep or has too many parts, holds a
            number that is too long or half a character, or names a key twice.
    """
    _check_depth(body)
    _check_escapes(body)
    try:
        return json.loads(
            body.decode("utf-8"),
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise _malformed(N_("The body is not UTF-8 text.")) from error
    except json.JSONDecodeError as error:
        message = N_(
            "The body is not JSON: line {line}, column {column}. Check for a missing quote or comma.",
            line=error.lineno,
            column=error.colno,
        )
        raise _malformed(message) from error
    except RecursionError as error:
        raise _too_deep() from error


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object a body holds.

    Raises:
        BadRequest: see `read_json`.
        Invalid: it is JSON, but not an object.
    """
    value = read_json(body)
    if not isinstance(value, dict):
        message = N_("Send a JSON object, such as {example}.", example='{"name": "..."}')
        raise Invalid(message, [Problem("", "not_an_object", message)])
    return value


def _check_depth(body: bytes) -> None:
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return
    depth = containers = 0
    for match in _TOKENS.finditer(body):
        token = body[match.start()]
        if token in b"[{":
            depth += 1
            containers += 1
            if depth > MAX_DEPTH:
                raise _too_deep()
            if containers > MAX_CONTAINERS:
                raise _malformed(
                    N_("The body has more than {limit} objects and lists.", limit=MAX_CONTAINERS)
                )
        elif token in b"]}":
            depth -= 1


def _check_escapes(body: bytes) -> None:
    if any(match[1] for match in _ESCAPES.finditer(body)):
        raise _malformed(N_("The body holds half of a character, as in {example}.", example="\\ud800"))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if any(len(name) > MAX_KEY for name in found):
        # Keys are repeated in problems, so a long one would be sent back as often as it is wrong.
        raise _malformed(N_("A key has more than {limit} characters.", limit=MAX_KEY))
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise _malformed(N_("The key “{name}” is given twice; leave one.", name=twice[:60]))
    return found


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _number_too_long()
    return int(digits)


def _decimal(digits: str) -> Decimal:
    number = Decimal(digits) if len(digits) <= MAX_DIGITS else None
    # An exponent of a billion is a short text, yet any arithmetic on it would never end.
    if number is None or abs(number.adjusted()) > MAX_DIGITS:
        raise _number_too_long()
    return number


def _constant(name: str) -> NoReturn:
    raise _malformed(N_("{name} is not a JSON number.", name=name))


def _number_too_long() -> Refused:
    return _malformed(N_("A number has more than {limit} digits.", limit=MAX_DIGITS))


def _too_deep() -> Refused:
    return _malformed(N_("The body is nested deeper than {limit} levels.", limit=MAX_DEPTH))


def _malformed(message: Any) -> Refused:
    return BadRequest(message, [Problem("", "malformed_json", message)])
