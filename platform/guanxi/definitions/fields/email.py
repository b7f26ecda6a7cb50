"""An e-mail address."""

import re
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem
from guanxi.definitions.fields.text import TextField
from guanxi.errors import N_

LONGEST = 254
"""The most characters that mail can be sent to."""
_WRITTEN = re.compile(
    r"[^\s@<>(),:;\"\\\[\]]{1,64}@"
    r"(?P<domain>[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.[^\W_](?:[\w-]{0,61}[^\W_])?)+)"
)
_PATTERN = r"^[^ @<>]{1,64}@[^ @<>.]+([.][^ @<>.]+)+$"
NOT_AN_ADDRESS = N_("Enter an e-mail address, such as li.wei@example.com.")


class EmailField(TextField):
    """An e-mail address. Its domain, where small and capital letters are the same, is kept in small ones."""

    name = "email"
    length = LONGEST

    def coerce(self, field: Field, raw: object, *, form: bool) -> str | None:
        """The address."""
        text = super().coerce(field, raw, form=form)
        if text is None:
            return None
        match = _WRITTEN.fullmatch(text)
        local = text.partition("@")[0]
        if match is None or ".." in local or local.startswith(".") or local.endswith("."):
            raise FieldProblem("email", NOT_AN_ADDRESS)
        return f"{local}@{match['domain'].lower()}"

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A text with an @ and a domain; not `format: email`, which knows no domains in other scripts."""
        return {"type": "string", "maxLength": LONGEST, "pattern": _PATTERN, **NO_LINE_BREAK}
