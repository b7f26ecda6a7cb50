"""Applying one level of extensions to a definition, with every place that does not fit told."""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from guanxi.definitions.changes import drop, move, put
from guanxi.definitions.documents import Document
from guanxi.definitions.extension_paths import (
    KEYS,
    MISSING,
    key_name,
    keys_of,
    parent_of,
    path_of,
    segments,
    step,
    steps,
    value_at,
)
from guanxi.definitions.suggestions import nearest
from guanxi.errors import DefinitionProblem

Verb = Literal["add", "change", "remove", "place"]
FIXED = frozenset({"kind", "name", "version"})
"""What makes a definition the one that it is."""
_KEY_OF = {"columns": "field", "fields": "field"}
"""The key of elements in lists of places."""


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of an extension: what it does at a path, and where it is written.

    `value` is what stands there from then on; MISSING where nothing does. Of a place it is the neighbour.
    """

    document: Document
    verb: Verb
    path: str
    value: Any
    pointer: str


def parts_of(extension: Document) -> Iterator[Part]:
    """The entries of an extension whose shape holds."""
    data = extension.data
    for verb in ("add", "change", "place"):
        for path, value in data.get(verb, {}).items():
            yield Part(extension, verb, path, value, f"/{verb}/{path_of((path,))}")
    for index, path in enumerate(data.get("remove", ())):
        yield Part(extension, "remove", path, MISSING, f"/remove/{index}")


class Layer:
    """A definition on its way to what one level of extensions makes of it."""

    def __init__(self, data: Any, problems: list[DefinitionProblem]) -> None:
        self.data = copy.deepcopy(data)
        self.problems = problems
        self.applied: list[Part] = []

    def apply(self, parts: Sequence[Part]) -> None:
        """Changes, removals, additions (in the order of their paths), then places; the unfit are noted."""
        owned = self._alone([part for part in parts if part.verb != "place"])
        for part in (one for one in owned if one.verb == "change"):
            self._change(part)
        for part in (one for one in owned if one.verb == "remove"):
            if self._found(part):
                drop(self.data, part.path)
                self.applied.append(part)
        for part in sorted((one for one in owned if one.verb == "add"), key=lambda one: segments(one.path)):
            self._add(part)
        self._places(self._alone([part for part in parts if part.verb == "place"], equal_only=True))

    def _note(self, part: Part, message: str, hint: str) -> None:
        self.problems.append(DefinitionProblem(part.document.file, part.pointer, message, hint))

    def _alone(self, parts: Sequence[Part], *, equal_only: bool = False) -> list[Part]:
        """The parts whose place is in no other's; of two that meet, the first stays and the other is told."""
        found: list[Part] = []
        holders: dict[str, Part] = {}
        for part in sorted(parts, key=lambda one: (len(segments(one.path)), one.document.name)):
            keys = segments(part.path)
            outer = keys[:0] if equal_only else keys
            above = (path_of(keys[:depth]) for depth in range(1, len(outer) + 1))
            other = next((holders[path] for path in above if path in holders), holders.get(part.path))
            if other is None:
                holders[part.path] = part
                found.append(part)
                continue
            where = "" if other.document == part.document else f" of {other.document.file}"
            message = f'"{part.path}" is also in "{other.verb}"{where}'
            if other.path != part.path:
                message = f'"{part.path}" is inside of "{other.path}", which is in "{other.verb}"{where}'
            self._note(part, message, "leave one of them out")
        return found

    def _found(self, part: Part) -> bool:
        """Whether the place is there; otherwise the first segment that leads nowhere is told."""
        place = self.data
        for depth, segment in enumerate(segments(part.path)):
            following = step(place, segment)
            if following is MISSING:
                self._lost(part, place, segment, path_of(segments(part.path)[:depth]))
                return False
            place = following
        if part.path in FIXED:
            self._note(part, f'"{part.path}" of a definition stays what it is', "leave it out")
            return False
        return True

    def _lost(self, part: Part, place: Any, segment: str, way: str) -> None:
        where = f'"{way}"' if way else "the definition"
        if isinstance(place, list) and keys_of(place) is None:
            message = f"{where} is a list whose elements have no names of their own"
            self._note(part, message, f'change "{way}" as a whole')
            return
        message = f'the path "{part.path}" leads nowhere: there is no "{segment}" in {where}'
        self._note(part, message, nearest(segment, (key for key, _ in steps(place))))

    def _change(self, part: Part) -> None:
        if self._found(part) and (fitting := self._element(part)) is not None:
            put(self.data, part.path, copy.deepcopy(fitting.value))
            self.applied.append(fitting)

    def _add(self, part: Part) -> None:
        if value_at(self.data, part.path) is not MISSING:
            self._note(part, f'"{part.path}" is there already', 'write it under "change"')
            return
        outer = parent_of(part.path)
        holder = value_at(self.data, outer)
        if holder is MISSING:
            self._found(replace(part, path=outer))
            return
        if not isinstance(holder, Mapping) and (not isinstance(holder, list) or keys_of(holder) is None):
            self._note(part, f'nothing has a name of its own in "{outer}"', f'change "{outer}" as a whole')
            return
        fitting = self._element(part)
        if fitting is not None:
            put(self.data, part.path, copy.deepcopy(fitting.value))
            self.applied.append(fitting)

    def _element(self, part: Part) -> Part | None:
        """The part, as an element of a list with its name in its value; None where that is another name."""
        holder = value_at(self.data, parent_of(part.path))
        if not isinstance(holder, list):
            return part
        key, value = segments(part.path)[-1], part.value
        if isinstance(value, Mapping):
            value = value if key_name(value) else {_usual_key(holder, parent_of(part.path)): key, **value}
        named = keys_of([value])
        if named != [key]:
            said = f'"{named[0]}"' if named else "without a name"
            self._note(part, f'the path ends in "{key}", and the element is {said}', "write the same name")
            return None
        return replace(part, value=value)

    def _places(self, parts: Iterable[Part]) -> None:
        """Elements to their neighbours; those whose neighbour moves too come after it."""
        waiting: dict[str, Part] = {}
        for part in parts:
            if self._found(part) and self._neighbour_found(part):
                waiting[part.path] = part
        while waiting:
            ready = [path for path, part in waiting.items() if _neighbour(part) not in waiting]
            for path in sorted(ready, key=segments):
                part = waiting.pop(path)
                side, key = _beside(part)
                move(self.data, path, **{side: key})
            if not ready:
                for part in waiting.values():
                    self._note(part, "places that wait for each other in a circle", "remove one of them")
                return

    def _neighbour_found(self, part: Part) -> bool:
        holder = value_at(self.data, parent_of(part.path))
        keys = keys_of(holder) if isinstance(holder, list) else None
        if keys is None:
            self._note(part, f'"{part.path}" is no element of a list', "only lists have an order")
            return False
        neighbour = segments(_neighbour(part))[-1]
        others = [key for key in keys if key != segments(part.path)[-1]]
        if neighbour not in others:
            message = f'there is no other "{neighbour}" in "{parent_of(part.path)}"'
            self._note(part, message, nearest(neighbour, others))
        return neighbour in others


def _neighbour(part: Part) -> str:
    """The path of the neighbour that a place names."""
    return path_of((*segments(parent_of(part.path)), _beside(part)[1]))


def _beside(part: Part) -> tuple[str, str]:
    ((side, key),) = ((name, key) for name, key in part.value.items() if name in ("before", "after"))
    return side, key


def _usual_key(holder: Sequence[Any], path: str) -> str:
    """The key that names elements of a list: that of the others, else the usual one."""
    used = {name for one in holder if (name := key_name(one))}
    if len(used) == 1:
        return used.pop()
    parts = segments(path)
    return "rows" if parts[:1] == ("grants",) else _KEY_OF.get(parts[-1], KEYS[0])
