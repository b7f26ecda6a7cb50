"""Yes or no."""

from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem, FieldType
from guanxi.errors import N_
from guanxi.expressions.types import BOOLEAN, Type

_TYPED = {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False}
NOT_BOOLEAN = N_("Send true or false.")


class BooleanField(FieldType):
    """Yes, no, or not said."""

    name = "boolean"
    column = "boolean"
    operators = ("is", "missing")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """Yes or no."""
        return BOOLEAN

    def coerce(self, field: Field, raw: object, *, form: bool) -> bool | None:  # noqa: ARG002
        """The answer; a form sends `true`, `on`, `false`, `off` or nothing."""
        if raw is None or isinstance(raw, bool):
            return raw
        if form and isinstance(raw, str):
            if not raw.strip():
                return None
            if raw in _TYPED:
                return _TYPED[raw]
        raise FieldProblem("boolean", NOT_BOOLEAN)

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A JSON boolean."""
        return {"type": "boolean"}
