"""What can happen to an instance. One accepted event is one stored row, unique by (instance, seq).

`by` is the person who really acts; `behalf` the person represented, where somebody acts for another. Both are
held to the invariants.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, TypeAlias

from guanxi.workflow.state import Answer


@dataclass(frozen=True, slots=True)
class Submit:
    """A record is submitted, or submitted again after its approval ended.

    `editors` are the last editors of the record's fields before this moment, as far as they are known.
    """

    type: ClassVar[str] = "submit"
    by: int
    behalf: int | None = None
    editors: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decide:
    """A person approves or rejects a task; to reject takes a comment."""

    type: ClassVar[str] = "decide"
    by: int
    task: str
    answer: Answer
    comment: str = ""
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """The submitter takes it back."""

    type: ClassVar[str] = "recall"
    by: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Assign:
    """A process administrator gives a task to somebody; the caller has checked that `by` is one."""

    type: ClassVar[str] = "assign"
    by: int
    task: str
    who: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """A process administrator ends it without a decision; the caller has checked that `by` is one."""

    type: ClassVar[str] = "cancel"
    by: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """The record changed. `fields` are all fields whose stored value differs, computed ones included."""

    type: ClassVar[str] = "edit"
    by: int
    fields: tuple[str, ...]
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """Nothing happened; look again at content and organisation."""

    type: ClassVar[str] = "tick"


Event: TypeAlias = Submit | Decide | Recall | Assign | Cancel | Edit | Tick

_KINDS: Mapping[str, type[Event]] = {
    kind.type: kind for kind in (Submit, Decide, Recall, Assign, Cancel, Edit, Tick)
}


def event_to_json(event: Event) -> dict[str, Any]:
    """An event as JSON, with its type."""
    return {"type": event.type, **asdict(event)}


def event_from_json(data: Mapping[str, Any]) -> Event:
    """The event of a stored row. Raises KeyError for a type this version does not know."""
    values = {name: value for name, value in data.items() if name != "type"}
    if "fields" in values:
        values["fields"] = tuple(values["fields"])
    if "editors" in values:
        values["editors"] = {name: tuple(people) for name, people in values["editors"].items()}
    return _KINDS[data["type"]](**values)
