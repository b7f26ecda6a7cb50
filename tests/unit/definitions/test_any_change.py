"""Whatever is put wherever: the compiler answers with a catalog or with problems, and never breaks."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions import Document, check_documents, read_document
from guanxi.errors import DefinitionProblem
from tests.unit.definitions.base import at, base_documents, leaves, objects

PLACES = [
    (index, path)
    for index, document in enumerate(base_documents())
    for path in [*leaves(document.data), *(path for path, _ in objects(document.data) if path)]
    if "label" not in path
]
WORDS = sorted({
    str(word)
    for document in base_documents()
    for path in leaves(document.data)
    for word in (*path, at(document.data, path))
})  # fmt: skip
scalars = st.sampled_from(WORDS) | st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=9)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), values), min_size=1, max_size=3))
def test_any_value_in_any_place_is_judged(changes):
    documents = [Document(one.file, copy.deepcopy(one.data)) for one in base_documents()]
    for (index, path), value in changes:
        owner = documents[index].data
        for key in path[:-1]:
            owner = owner[key] if _there(owner, key) else None
        if _there(owner, path[-1]):
            owner[path[-1]] = value
    for problem in check_documents(documents):
        assert problem.file in {one.file for one in base_documents()}
        assert problem.message
        assert problem.pointer == "" or problem.pointer.startswith("/")


@settings(max_examples=100, deadline=None)
@given(st.sets(st.sampled_from(range(len(base_documents()))), max_size=5))
def test_any_document_may_be_missing(missing):
    left = [one for index, one in enumerate(base_documents()) if index not in missing]
    kinds = {base_documents()[index].kind for index in missing}
    problems = check_documents(left)
    assert bool(problems) <= bool(missing)
    if kinds & {"entity", "approval", "stages"}:
        assert problems


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_a_problem(content):
    assert isinstance(read_document("x.json", content), Document | DefinitionProblem)


def _there(owner, key):
    if isinstance(owner, dict):
        return key in owner
    return isinstance(owner, list) and isinstance(key, int) and key < len(owner)
