"""Paths into definitions that survive reordering: `fields/industry/options/edu/label/en`.

A segment is the key of a map, or the key of an element of a *named list*: one in which every element has a
key of its own. An element's key is its `name`, else its `field` (places of layouts), else its `rows`
(grants), or the element itself where it is a text. Any other list is one value, without paths into it.
`~0` and `~1` stand for `~` and `/` within a segment, as in JSON pointers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

KEYS = ("name", "field", "rows")
"""What names an element of a list, the first that it has."""


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()
"""Nothing is there; null is a value."""


def segments(path: str) -> tuple[str, ...]:
    """The segments of a path; none of the empty path, which is the whole definition."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in path.split("/")) if path else ()


def path_of(parts: Iterable[str]) -> str:
    """The path of some segments."""
    return "/".join(part.replace("~", "~0").replace("/", "~1") for part in parts)


def inside(path: str, outer: str) -> bool:
    """Whether a path is `outer` or leads into it."""
    return outer in (path, "") or path.startswith(f"{outer}/")


def parent_of(path: str) -> str:
    """The path of what holds the end of a path."""
    return path.rpartition("/")[0]


def key_name(element: Any) -> str | None:
    """The key that names an element of a list; an empty text for a text, None for what has no name."""
    if isinstance(element, str):
        return ""
    if isinstance(element, Mapping):
        return next((key for key in KEYS if isinstance(element.get(key), str)), None)
    return None


def keys_of(items: Sequence[Any]) -> list[str] | None:
    """The keys of the elements of a named list; None for a list that is one value."""
    found: list[str] = []
    for item in items:
        name = key_name(item)
        if name is None:
            return None
        found.append(item if name == "" else item[name])
    return found if len(set(found)) == len(found) and "" not in found else None


def steps(data: Any) -> Iterator[tuple[str, Any]]:
    """The segments that lead on from a value, with what they lead to."""
    if isinstance(data, Mapping):
        yield from data.items()
    elif isinstance(data, list):
        yield from zip(keys_of(data) or (), data, strict=False)


def step(data: Any, segment: str) -> Any:
    """What one segment leads to, or MISSING."""
    if isinstance(data, Mapping):
        return data.get(segment, MISSING)
    if isinstance(data, list):
        keys = keys_of(data)
        return data[keys.index(segment)] if keys is not None and segment in keys else MISSING
    return MISSING


def value_at(data: Any, path: str) -> Any:
    """What a path leads to, or MISSING."""
    for segment in segments(path):
        data = step(data, segment)
        if data is MISSING:
            return MISSING
    return data


def path_at(data: Any, pointer: str) -> str:
    """The path of the place of a JSON pointer, or of the last place above it that has one."""
    found: list[str] = []
    for segment in segments(pointer.removeprefix("/")):
        if isinstance(data, list):
            keys, index = keys_of(data), int(segment) if segment.isdecimal() else len(data)
            if keys is None or index >= len(keys):
                break
            found.append(keys[index])
            data = data[index]
        elif isinstance(data, Mapping):
            found.append(segment)
            data = data.get(segment, MISSING)
        else:
            break
    return path_of(found)


def pointer_at(data: Any, path: str) -> str:
    """The JSON pointer of a path, or of the last place on it that is there."""
    found: list[str] = []
    for segment in segments(path):
        following = step(data, segment)
        if following is MISSING:
            break
        found.append(str(keys_of(data).index(segment)) if isinstance(data, list) else segment)  # type: ignore[union-attr]  # a step found it
        data = following
    return f"/{path_of(found)}" if found else ""


def pointer_rest(pointer: str, path: str) -> str:
    """What is left of a JSON pointer behind the place of a path that lies on its way."""
    depth = len(segments(path))
    return "".join(f"/{part}" for part in pointer.removeprefix("/").split("/")[depth:]) if pointer else ""
