"""Merging the entries of one extension: each path is judged by what the pack did there."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guanxi.definitions.documents import canonical
from guanxi.definitions.extension_paths import (
    MISSING,
    inside,
    keys_of,
    parent_of,
    path_of,
    segments,
    value_at,
)
from guanxi.errors import Text

What = Literal["bothChanged", "packRemoved", "bothAdded", "parentGone", "packChangedWhatYouRemoved"]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where pack and workspace have both moved: the values of all sides (None: there is none).

    The empty path is the whole definition. `key` is what a choice names it by.
    """

    key: str
    kind: str
    name: str
    path: str
    what: What
    base: Any
    theirs: Any
    ours: Any
    sentence: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class Sides:
    """One definition of the pack before, of the pack after, and as the workspace had it before."""

    base: Any
    theirs: Any
    ours: Any


def conflict_key(key: Key, path: str) -> str:
    """What a conflict is called in choices."""
    return f"{key[0]}/{key[1]}:{path}"


class Entries:
    """The entries of an extension on their way to the new version of the pack.

    `held` are the paths under which something of ours was put back already, by any extension of the same
    definition.
    """

    def __init__(self, key: Key, sides: Sides, choices: Mapping[str, Any], held: set[str]) -> None:
        self.key, self.sides, self.choices, self.held = key, sides, choices, held
        self.conflicts: dict[str, Conflict] = {}
        self.add: dict[str, Any] = {}
        self.change: dict[str, Any] = {}
        self.remove: list[str] = []

    def merged(self, data: Mapping[str, Any]) -> dict[str, Any] | None:
        """The extension for the new version; None where nothing of it is left."""
        for path, ours in data.get("change", {}).items():
            self._changed(path, ours)
        for path, ours in data.get("add", {}).items():
            self._added(path, ours)
        for path in data.get("remove", ()):
            self._removed(path)
        # What was ours and is the pack's now stands where the pack says.
        given_up = data.get("add", {}).keys() - self.add.keys() - self.change.keys()
        places = {path: at for path, at in data.get("place", {}).items() if path not in given_up}
        place = {path: found for path in places if (found := self._placed(path, places)) is not None}
        entries = {"add": self.add, "change": self.change, "remove": self.remove, "place": place}
        kept = {key: value for key, value in entries.items() if value}
        rest = {key: value for key, value in data.items() if key not in entries}
        return {**rest, **kept} if kept else None

    def _changed(self, path: str, ours: Any) -> None:
        base, theirs = value_at(self.sides.base, path), self._theirs(path)
        if theirs is MISSING:
            if self._ask(path, "packRemoved", base, theirs, ours) == "ours":
                self._put_back(path)
            return
        agreed = same(theirs, base)
        if agreed or (
            not same(theirs, ours) and self._ask(path, "bothChanged", base, theirs, ours) == "ours"
        ):
            self.change[path] = ours

    def _added(self, path: str, ours: Any) -> None:
        theirs = self._theirs(path)
        # An element may leave its name to the path.
        whole = value_at(self.sides.ours, path)
        if theirs is not MISSING:
            if not same(theirs, whole) and self._ask(path, "bothAdded", MISSING, theirs, ours) == "ours":
                self.change[path] = ours
        elif self._theirs(parent_of(path)) is not MISSING and self._alike(parent_of(path)):
            self.add[path] = ours
        elif self._ask(path, "parentGone", MISSING, theirs, ours) == "ours":
            self._put_back(path)

    def _removed(self, path: str) -> None:
        base, theirs = value_at(self.sides.base, path), self._theirs(path)
        if theirs is MISSING:
            return
        if (
            same(theirs, base)
            or self._ask(path, "packChangedWhatYouRemoved", base, theirs, MISSING) == "ours"
        ):
            self.remove.append(path)

    def _placed(self, path: str, places: Mapping[str, Mapping[str, str]]) -> Mapping[str, str] | None:
        """Where an element stands: beside the same neighbour, else beside the nearest that is still there."""
        outer, key = parent_of(path), segments(path)[-1]
        there = self._keys(outer)
        other = next(places[path][side] for side in ("before", "after") if side in places[path])
        if key not in there or other == key:
            return None
        if other in there:
            return places[path]
        old = keys_of(value_at(self.sides.ours, outer)) or []
        base = keys_of(value_at(self.sides.base, outer)) or []
        order = old if other in old else base
        left = order[: order.index(other)] if other in order else []
        # Beside one that moves too they could end up waiting for each other.
        moving = {segments(one)[-1] for one in places if parent_of(one) == outer}
        staying = [one for one in there if one not in moving]
        near = next((one for one in reversed(left) if one in staying), None)
        if near is not None:
            return {"after": near}
        return {"before": staying[0]} if staying else None

    def _keys(self, outer: str) -> list[str]:
        """The elements that a list will have."""
        holder = value_at(self.sides.theirs, outer)
        for path in (*self.add, *self.change):
            if inside(outer, path):
                holder = value_at(self.sides.ours, outer)
        if not isinstance(holder, list):
            return []
        new = [segments(path)[-1] for path in self.add if parent_of(path) == outer]
        keys = [*(keys_of(holder) or ()), *new]
        return [key for key in dict.fromkeys(keys) if path_of((*segments(outer), key)) not in self.remove]

    def _put_back(self, path: str) -> None:
        """Keep what is ours although the pack has taken away what it stands in."""
        parts = segments(path)
        for depth in range(len(parts)):
            if not self._alike(path_of(parts[:depth])):
                self._hold(self.change, path_of(parts[:depth]))
                return
            if value_at(self.sides.theirs, path_of(parts[: depth + 1])) is MISSING:
                self._hold(self.add, path_of(parts[: depth + 1]))
                return

    def _theirs(self, path: str) -> Any:
        """What the pack has at a path; MISSING where it keeps something else on the way there."""
        parts = segments(path)
        alike = all(self._alike(path_of(parts[:depth])) for depth in range(len(parts)))
        return value_at(self.sides.theirs, path) if alike else MISSING

    def _alike(self, path: str) -> bool:
        """Whether pack and workspace both have a map there, or both a named list."""
        kinds = {_container(value_at(side, path)) for side in (self.sides.theirs, self.sides.ours)}
        return len(kinds) == 1 and kinds != {""}

    def _hold(self, entries: dict[str, Any], path: str) -> None:
        if not any(inside(path, other) for other in self.held):
            self.held.add(path)
            entries[path] = copy.deepcopy(value_at(self.sides.ours, path))

    def _ask(self, path: str, what: What, base: Any, theirs: Any, ours: Any) -> str:
        """Who is followed at a conflict; without a choice it is noted, and the workspace is followed."""
        asked = conflict_key(self.key, path)
        if asked not in self.choices:
            base, theirs, ours = (None if value is MISSING else value for value in (base, theirs, ours))
            self.conflicts[asked] = Conflict(asked, *self.key, path, what, base, theirs, ours)
        return str(self.choices.get(asked, "ours"))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON; MISSING is only itself."""
    if one is MISSING or other is MISSING:
        return one is other
    return canonical(one) == canonical(other)


def _container(value: Any) -> str:
    """What takes something by name: a map, or a named list; empty for all else."""
    if isinstance(value, Mapping):
        return "map"
    return "list" if isinstance(value, list) and keys_of(value) is not None else ""
