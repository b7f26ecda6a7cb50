"""Reading what comes in the address: every parameter is known and given once, every id is a number."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from guanxi.errors import N_, NotFound, Problem
from guanxi.web.refusals import BadRequest

MAX_PARAMETERS = 50
MAX_ID_DIGITS = 18
"""Any id of as many digits fits the database's 64-bit integers."""


def parameters(request: Request, *known: str) -> Mapping[str, str]:
    """The query parameters.

    Raises:
        BadRequest: a parameter is unknown or given twice, or the query is not UTF-8.
    """
    try:
        text = request.scope["query_string"].decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
    except ValueError as error:
        raise BadRequest(N_("The query of the address cannot be read.")) from error
    problems = [_unknown(name, known) for name, _ in pairs if name not in known]
    names = [name for name, _ in pairs]
    problems += [_twice(name) for name in dict.fromkeys(names) if name in known and names.count(name) > 1]
    if problems:
        raise BadRequest(problems[0].message, problems)
    return dict(pairs)


def limit_of(query: Mapping[str, str], default: int, largest: int) -> int:
    """The `limit` parameter.

    Raises:
        BadRequest: it is no number from 1 to `largest`.
    """
    text = query.get("limit", str(default))
    limit = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if not 1 <= limit <= largest:
        message = N_("limit is a number from 1 to {largest}.", largest=largest)
        raise BadRequest(message, [Problem("", "bad_limit", message)])
    return limit


def flag_of(query: Mapping[str, str], name: str) -> bool:
    """A parameter that is true or false; false where it is missing.

    Raises:
        BadRequest: it is anything else.
    """
    text = query.get(name, "false")
    if text not in ("true", "false"):
        message = N_("{name} is true or false.", name=name)
        raise BadRequest(message, [Problem("", "bad_flag", message)])
    return text == "true"


def id_of(text: str) -> int:
    """The id an address names; ids are opaque to clients, so a malformed one is simply not there.

    Raises:
        NotFound: it cannot be an id.
    """
    plain = text.isascii() and text.isdigit() and len(text) <= MAX_ID_DIGITS and text[0] != "0"
    if not plain:
        raise NotFound(N_("There is nothing with this id, or it is not visible to you."))
    return int(text)


def _unknown(name: str, known: tuple[str, ...]) -> Problem:
    message = N_(
        "There is no parameter “{name}” here; there are: {known}.",
        name=name[:60],
        known=", ".join(known) or "-",
    )
    return Problem("", "unknown_parameter", message)


def _twice(name: str) -> Problem:
    return Problem("", "duplicate_parameter", N_("The parameter “{name}” is given twice.", name=name))
