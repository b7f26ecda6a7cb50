"""Where the fields of a catalog are kept, for those that are not kept under their own name.

A field that was renamed keeps its column; one that came back under a name that is taken, or with another
type, has a column of its own. Which is which is decided when a release is made, and belongs to it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guanxi.definitions.documents import canonical
from guanxi.definitions.entity import Column


def table_of(entity: str) -> str:
    """The usual table of an entity (`order`), or of lines (`order.lines`)."""
    return "e_" + entity.replace(".", "__")


@dataclass(frozen=True, slots=True)
class Shadow:
    """A reference that is no part of the release any more, and whose values are kept: table and column."""

    table: str
    column: str
    to: str
    """The table that it leads to."""


@dataclass(frozen=True, slots=True)
class Placement:
    """`tables` by entity or lines (`order.lines`), `stems` by field (`order.total`, `order.lines.price`).

    Only what is unusual is in them: usual is the table `e_<entity>`, and columns called as the field.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    stems: Mapping[str, str] = field(default_factory=dict)
    shadows: tuple[Shadow, ...] = ()

    def table(self, entity: str) -> str:
        """The table of an entity or of lines."""
        return self.tables.get(entity) or table_of(entity)

    def columns(self, holder: str, name: str, usual: tuple[Column, ...]) -> tuple[Column, ...]:
        """The columns of a field, from those that it would have under its own name."""
        stem = self.stems.get(f"{holder}.{name}", name)
        if stem == name:
            return usual
        return tuple(replace(column, name=stem + column.name[len(name) :]) for column in usual)

    def digest(self, documents: str) -> str:
        """The digest of a catalog: that of its documents, and of where they are kept when that is unusual."""
        if not (self.tables or self.stems or self.shadows):
            return documents
        return hashlib.sha256(canonical([documents, self.to_json()])).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """The form that is kept with a catalog."""
        shadows = [[one.table, one.column, one.to] for one in self.shadows]
        return {"tables": dict(self.tables), "stems": dict(self.stems), "shadows": shadows}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Placement":
        """What `to_json` wrote; nothing at all is the usual."""
        shadows = tuple(Shadow(*one) for one in data.get("shadows", ()))
        return cls(data.get("tables", {}), data.get("stems", {}), shadows)


USUAL = Placement()
