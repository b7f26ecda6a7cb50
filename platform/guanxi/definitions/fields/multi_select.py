"""Several of declared options."""

import re
from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing
from guanxi.errors import N_
from guanxi.expressions.types import OptionsType, Type

_BETWEEN = re.compile(r"\s*[,;，；、]\s*")
NOT_A_LIST = N_("Send a list of names, such as {example}.", example='["email", "phone"]')


class MultiSelectField(FieldType):
    """Some of the options that the definition lists, in its order and each once; none at all is no value."""

    name = "multiSelect"
    column = "options"
    operators = ("oneOf", "missing")
    sortable = False

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """Options of which the possible ones are known, so that a slip in `'email' in channels` is found."""
        return OptionsType(tuple(option.name for option in field.options))

    def coerce(self, field: Field, raw: object, *, form: bool) -> tuple[str, ...] | None:
        """The names of options: a list or, in a form, their names with commas between them."""
        if raw is None:
            return None
        if form and isinstance(raw, str):
            raw = [name for name in _BETWEEN.split(raw.strip()) if name]
        if not isinstance(raw, list | tuple) or not all(isinstance(name, str) for name in raw):
            raise FieldProblem("type", NOT_A_LIST)
        known = [option.name for option in field.options]
        if not set(raw) <= set(known):
            raise FieldProblem("choice", N_("Choose one of: {names}.", names=", ".join(known)))
        return tuple(name for name in known if name in raw) or None

    def to_json(self, field: Field, record: Mapping[str, Any]) -> list[str] | None:
        """A list of the names."""
        value = record.get(field.name)
        return None if nothing(value) else list(value or ())

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A list of the names, each once."""
        names = [option.name for option in field.options]
        return {"type": "array", "items": {"enum": names}, "uniqueItems": True, "minItems": 1}
