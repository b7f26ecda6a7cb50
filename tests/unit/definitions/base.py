"""The base CRM as documents and as a catalog, and ways to change one document of it."""

import copy
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from guanxi.definitions import Catalog, Document, check_documents, compile_catalog, read_folder
from guanxi.errors import DefinitionProblem
from guanxi.resources import folder


@cache
def base_documents() -> tuple[Document, ...]:
    documents, unreadable = read_folder(folder("schemas"), folder("workflows"))
    assert unreadable == []
    return tuple(documents)


@cache
def base_catalog() -> Catalog:
    return compile_catalog(base_documents())


def changed(kind: str, name: str, change: Callable[[Any], object]) -> list[DefinitionProblem]:
    """The problems of the base CRM after a change of one document of it."""
    return check_documents([replaced(one, kind, name, change) for one in base_documents()])


def of_one(problems: list[DefinitionProblem]) -> DefinitionProblem:
    """The one problem that there is."""
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all scalars."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if pairs is None:
        yield path
        return
    for key, value in pairs:
        yield from leaves(value, (*path, key))


def objects(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """All objects with their paths."""
    if isinstance(data, dict):
        yield path, data
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from objects(value, (*path, key))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def with_value(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy in which another value stands at the path."""
    result = copy.deepcopy(data)
    at(result, path[:-1])[path[-1]] = value
    return result


def replaced(document: Document, kind: str, name: str, change: Callable[[Any], object]) -> Document:
    """The document, changed if it is the one of that kind and name."""
    if (document.kind, document.name) != (kind, name):
        return document
    data = copy.deepcopy(document.data)
    change(data)
    return Document(document.file, data)
