"""The address of a page on the web."""

import re
from typing import Any
from urllib.parse import urlsplit

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem
from guanxi.definitions.fields.text import TextField
from guanxi.errors import N_

LONGEST = 2000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])")
_HOST = re.compile(r"[^\W_](?:[\w.-]{0,251}[^\W_])?|\[[0-9a-f:.]{2,45}\]")
_UNSAFE = re.compile(r"[\s<>\"\\^`{|}]")
_PATTERN = r"^https?://[^ /<>]+[^ <>]*$"
NOT_A_PAGE = N_("Enter the address of a page, such as https://example.com.")
ONLY_WEB = N_("Only addresses that begin with http:// or https:// are kept.")
NO_SECRETS = N_("Remove the name and password from the address.")


class UrlField(TextField):
    """The address of a page, with http or https and nothing else: a link to it never runs a script."""

    name = "url"
    length = LONGEST

    def coerce(self, field: Field, raw: object, *, form: bool) -> str | None:
        """The address; in a form `example.com` is `https://example.com`."""
        text = super().coerce(field, raw, form=form)
        if text is None:
            return None
        if form and not _SCHEME.match(text):
            text = f"https://{text}"
        if _UNSAFE.search(text):
            raise FieldProblem("url", NOT_A_PAGE)
        if not text.lower().startswith(("http://", "https://")):
            raise FieldProblem("url", ONLY_WEB)
        self._check_length(field, text)
        return _with_small_letters(text)

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A text that begins with http:// or https://."""
        return {"type": "string", "maxLength": LONGEST, "pattern": _PATTERN, **NO_LINE_BREAK}


def _with_small_letters(text: str) -> str:
    """The address with its scheme and host in small letters, in which capital letters mean nothing."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise FieldProblem("url", NOT_A_PAGE) from None
    if "@" in parts.netloc:
        raise FieldProblem("url", NO_SECRETS)
    host = parts.netloc.lower().removesuffix(f":{port}")
    if not _HOST.fullmatch(host) or ".." in host:
        raise FieldProblem("url", NOT_A_PAGE)
    return f"{parts.scheme}://{parts.netloc.lower()}{text.partition('://')[2][len(parts.netloc) :]}"


def shown(address: str) -> str:
    """The address as a page shows it: without the scheme and a bare slash at the end."""
    text = address.partition("://")[2]
    return text[:-1] if text.count("/") == 1 and text.endswith("/") else text
