"""Who could newly do what, as pages show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """Something that a role may newly do, or no longer; `people` hold it, if they were counted."""

    role: str
    what: str
    people: int | None
    wider: bool
