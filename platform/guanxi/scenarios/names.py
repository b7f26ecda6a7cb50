"""Between the names that a scenario uses and what a workspace stores."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.definitions.entity import Entity, Field
from guanxi.errors import N_, Invalid, Problem

UNKNOWN_NAME = N_("Nothing here is called “{name}”.")


@dataclass(slots=True)
class Names:
    """The ids of people, teams and records by entity and name."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, entity: str, name: str, id_: int) -> None:
        """Remember something that was made."""
        self.ids[entity, name] = id_

    def id_of(self, entity: str, name: str) -> int:
        """The id of something by name. Raises Invalid where nothing is called so."""
        try:
            return self.ids[entity, name]
        except KeyError:
            problem = Problem("", "unknown", UNKNOWN_NAME(name=name))
            raise Invalid(UNKNOWN_NAME(name=name), [problem]) from None

    def people(self) -> dict[int, str]:
        """The names of people by id."""
        return {id_: name for (entity, name), id_ in self.ids.items() if entity == "user"}

    def with_ids(self, entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values as the API takes them: what references name has its id."""
        return {name: self._with_id(entity.fields.get(name), value) for name, value in values.items()}

    def with_names(self, entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of the API as a scenario tells them: references by name, where they have one."""
        return {name: self._with_name(entity.fields.get(name), value) for name, value in values.items()}

    def _with_id(self, of: Field | None, value: Any) -> Any:
        if of is None or value is None:
            return value
        if of.type == "reference" and of.to and isinstance(value, str):
            return str(self.id_of(of.to, value))
        if of.lines is not None and isinstance(value, list):
            return [self.with_ids(of.lines, line) for line in value]
        return value

    def _with_name(self, of: Field | None, value: Any) -> Any:
        if of is None or value is None:
            return value
        if of.type == "reference" and isinstance(value, Mapping):
            found = (
                n for (entity, n), id_ in self.ids.items() if entity == of.to and str(id_) == value["id"]
            )
            return next(found, value)
        if of.type == "lines" and of.lines is not None:
            return [self.with_names(of.lines, {k: v for k, v in one.items() if k != "id"}) for one in value]
        return value
