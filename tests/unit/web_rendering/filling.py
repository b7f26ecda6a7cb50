"""Views made by their types: everything given, or only what must be."""

import dataclasses
import itertools
import types
import typing
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Filler:
    """Fills a dataclass: `text` goes into every string, names are unique, words of a Literal take turns.

    Sequences get two items, so that columns and cells, labels and inputs are as many as each other. What
    holds others of its own kind gets none of them.
    """

    def __init__(self, text: str, first: int = 0, *, everything: bool = True) -> None:
        self.text = text
        self.turn = itertools.count(first)
        self.number = itertools.count()
        self.truth = first % 2 == 0
        self.everything = everything
        self.within: list[object] = []

    def __call__(self, view: type) -> Any:
        self.within.append(view)
        hints = typing.get_type_hints(view)
        values = {
            field.name: self._value(hints[field.name], field.name)
            for field in dataclasses.fields(view)
            if self.everything or _required(field)
        }
        self.within.pop()
        return view(**values)

    def _value(self, hint: Any, name: str) -> Any:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Literal:
            return arguments[next(self.turn) % len(arguments)]
        if origin in (typing.Union, types.UnionType):
            return self._value(next(one for one in arguments if one is not type(None)), name)
        if origin is tuple and Ellipsis not in arguments:
            return tuple(self._value(one, name) for one in arguments)
        if origin is not None and issubclass(origin, Sequence):
            again = arguments[0] in self.within
            return () if again else tuple(self._value(arguments[0], name) for _ in range(2))
        if dataclasses.is_dataclass(hint):
            return self(typing.cast("type", hint))
        return {str: self._text(name), bool: self.truth, int: 3, float: 3.5, datetime: AT}[hint]

    def _text(self, name: str) -> str:
        if name == "name":
            return f"name_{next(self.number)}"
        return {"icon": "inbox", "key": "o"}.get(name, self.text)


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
