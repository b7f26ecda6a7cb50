"""What only HTTP can refuse: requests that never become a command."""

from typing import ClassVar

from guanxi.errors import Refused, Sentence


class BadRequest(Refused):
    """The request cannot be understood."""

    status, code = 400, "bad_request"


class MethodNotAllowed(Refused):
    """The address exists, but not for this method; `allowed` names those it takes."""

    status, code = 405, "method_not_allowed"

    def __init__(self, message: Sentence, allowed: str) -> None:
        self.allowed = allowed
        super().__init__(message)


class UriTooLong(Refused):
    """The address is over the limit."""

    status, code = 414, "uri_too_long"


class UnsupportedMediaType(Refused):
    """The body is of a type that is not read here."""

    status, code = 415, "unsupported_media_type"


class MisdirectedHost(Refused):
    """The Host header names a server that this is not."""

    status, code = 421, "misdirected_host"


class HeadersTooLarge(Refused):
    """Too many or too long headers."""

    status, code = 431, "headers_too_large"


class Failure(Refused):
    """Something on our side went wrong. The person is told so; what it was is in the log only."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "failure"


class ShortlyUnavailable(Refused):
    """The database or a lock could not be had; the same request may be sent again."""

    status, code = 503, "unavailable"
