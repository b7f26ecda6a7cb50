"""Several other records."""

import re
from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Column, Field
from guanxi.definitions.fields.base import FieldProblem, FieldType
from guanxi.definitions.fields.reference import ReferenceField
from guanxi.errors import N_
from guanxi.expressions.types import CollectionType, Type

LINK = "record"
"""The reference of a link to the record that it leads to; its record is the owner of the link."""
NOT_A_LIST = N_("Send a list of ids, such as {example}.", example='["12", "15"]')
_BETWEEN = re.compile(r"[\s,;，；、]+")


def links_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The definition of the links of a field of several references: lines with one reference."""
    given = {key: data[key] for key in ("to", "choices", "inverse") if key in data}
    return {"fields": {LINK: {"type": "reference", "required": True, "label": data.get("label"), **given}}}


class ReferencesField(FieldType):
    """Several other records, each once. The links are lines: a table of their own and one reference each."""

    name = "references"
    operators = ("is", "oneOf", "missing")
    sortable = False
    _one = ReferenceField()

    def columns(self, field: Field) -> tuple[Column, ...]:  # noqa: ARG002
        """No column: the links point to their record."""
        return ()

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A collection of the records that the links lead to."""
        return CollectionType(field.lines.name if field.lines else field.name, through=LINK)

    def coerce(self, field: Field, raw: object, *, form: bool) -> tuple[int, ...]:
        """The ids, each once, in the order given: a list or, in a form, ids with commas between them.

        Raises:
            FieldProblem: not a list, or one of them is no id.
        """
        if raw is None:
            return ()
        if form and isinstance(raw, str):
            raw = [id_ for id_ in _BETWEEN.split(raw) if id_]
        if not isinstance(raw, list | tuple):
            raise FieldProblem("type", NOT_A_LIST)
        found = [self._one.coerce(field, one, form=form) for one in raw]
        return tuple(dict.fromkeys(one for one in found if isinstance(one, int)))

    def to_json(self, field: Field, record: Mapping[str, Any]) -> list[dict[str, str]]:
        """A list of objects with ids; whoever answers a request adds the titles that the reader may see."""
        return [{"id": str(link[LINK])} for link in record.get(field.name) or ()]

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A list of references."""
        return {"type": "array", "items": self._one.json_schema(field)}


def target_of(field: Field) -> str:
    """The entity that the links of a field lead to."""
    return (field.lines.fields[LINK].to or "") if field.lines is not None else ""
