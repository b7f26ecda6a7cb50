"""Every document of the base CRM, changed in every place: each change is told with its file and place."""

import copy
from typing import Any

import pytest

from guanxi.definitions import Document, check_documents
from guanxi.definitions.meta import schema_problems
from guanxi.definitions.meta_problems import pointer_of
from tests.unit.definitions.base import at, base_documents, leaves, objects, with_value
from tests.unit.definitions.process_examples import PROCESS_DOCUMENTS

SHAPES = pytest.mark.parametrize(
    "document", [*base_documents(), *PROCESS_DOCUMENTS], ids=lambda one: f"{one.kind}-{one.name}"
)
DOCUMENTS = pytest.mark.parametrize("document", base_documents(), ids=lambda one: f"{one.kind}-{one.name}")
NAMING = {
    "fields", "transitions", "grants", "label", "plural", "help", "message",
    "match", "set", "subject", "body",
}  # fmt: skip
"""Objects whose keys are names that the author gives."""


def problems_of(document: Document, data: Any) -> list[Any]:
    return schema_problems(Document(document.file, data))


@SHAPES
def test_a_misspelt_key_is_told_with_what_was_meant(document):
    count = 0
    for path, part in objects(document.data):
        if path and path[-1] in NAMING:
            continue
        for key in part if part.keys() != {"name", "label"} else ("name",):
            data = copy.deepcopy(document.data)
            owner = at(data, path)
            wrong = key + "x" if key != "max" else "maxx"
            owner[wrong] = owner.pop(key)
            expected = pointer_of((*path, wrong))
            found = problems_of(document, data)
            assert found, (path, key)
            assert all(problem.file == document.file for problem in found)
            if key in ("type", "kind", "view"):
                assert any(problem.pointer in (expected, pointer_of(path)) for problem in found)
            else:
                named = [problem for problem in found if problem.pointer == expected]
                assert named, (path, key, found)
                assert f'"{key}"' in named[0].hint, named[0]
            count += 1
    assert count >= 5


@SHAPES
def test_a_value_of_the_wrong_type_is_told_where_it_is(document):
    labels = 0
    for path in leaves(document.data):
        label = len(path) > 1 and path[-2] in NAMING
        labels += label
        if label and labels > 3:
            continue  # labels are alike, and there are many
        wrong: Any = {"no": "value"} if path[-1] != "kind" else 7
        found = problems_of(document, with_value(document.data, path, wrong))
        pointers = {problem.pointer for problem in found}
        place = pointer_of(path)
        assert any(p == place or p.startswith(place + "/") for p in pointers), (path, pointers)
        assert all(problem.file == document.file for problem in found)


@SHAPES
def test_a_list_or_object_in_place_of_the_other_is_told(document):
    for path, part in objects(document.data):
        if not path:
            continue
        found = problems_of(document, with_value(document.data, path, [part]))
        assert pointer_of(path) in {problem.pointer for problem in found}, path


@SHAPES
def test_what_is_required_cannot_be_left_out(document):
    for key in ("kind", "name"):
        data = {k: v for k, v in document.data.items() if k != key}
        found = problems_of(document, data)
        assert [(problem.file, problem.pointer) for problem in found] == [(document.file, "")]
        assert f'"{key}" is missing' in found[0].message


REFERRING = {
    "to", "of", "title", "field", "via", "through", "back", "approval", "managerOf",
    "search", "columns", "filters", "highlight", "requires", "from", "entities", "includes", "sort", "roles",
    "entity", "watch",
}  # fmt: skip
"""Keys whose texts name something else."""


def references(document: Document) -> list[tuple[Any, ...]]:
    found = []
    for path in leaves(document.data):
        named = path[-1] if isinstance(path[-1], str) else path[-2]
        value = at(document.data, path)
        if named in REFERRING and isinstance(value, str) and "label" not in path and "help" not in path:
            if named == "title" and document.kind != "entity":
                continue
            found.append(path)
        elif len(path) > 1 and path[-2] == "fields" and isinstance(value, str) and document.kind == "layout":
            found.append(path)
    return found


@DOCUMENTS
def test_a_name_that_is_not_there_is_told_with_the_nearest(document):
    others = [one for one in base_documents() if one is not document]
    for path in references(document):
        old = at(document.data, path)
        new = ("-" if old.startswith("-") else "") + old.lstrip("-") + "zz"
        data = with_value(document.data, path, new)
        found = check_documents([*others, Document(document.file, data)])
        here = [problem for problem in found if problem.file == document.file]
        assert any(problem.pointer == pointer_of(path) for problem in here), (path, list(map(str, found)))
        more = [one for one in found if one.pointer != pointer_of(path)]
        assert all("has no stages" in one.message for one in more), "one mistake is told once"


def test_there_is_something_to_mutate():
    assert sum(len(references(document)) for document in base_documents()) > 200
