"""Whatever an extension says: there is a catalog or a problem, at a place that somebody wrote."""

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions import Document, check_documents
from guanxi.definitions.extension_paths import path_at, path_of
from guanxi.definitions.meta_problems import pointer_of
from guanxi.definitions.uses_mentions import mentions_of
from guanxi.definitions.uses_removed import refuse_removed
from tests.unit.definitions.base import base_documents, leaves, objects
from tests.unit.definitions.test_any_change import WORDS, values

TARGETS = [
    one
    for one in base_documents()
    if one.name in ("order", "order_list", "order_detail", "rep", "order_discount")
]


def paths_of(data):
    """The paths of all places of a definition."""
    places = [*leaves(data), *(path for path, _ in objects(data) if path)]
    return sorted({path_at(data, pointer_of(path)) for path in places})


PATHS = {(one.kind, one.name): paths_of(one.data) for one in TARGETS}


@st.composite
def extensions(draw):
    one = draw(st.sampled_from(TARGETS))
    known = st.sampled_from(PATHS[one.kind, one.name])
    words = st.sampled_from(WORDS).filter(bool)
    paths = known | st.builds(lambda path, word: f"{path}/{path_of((word,))}", known, words) | words
    beside = st.fixed_dictionaries({}, optional={"before": words, "after": words})
    return {
        "kind": "extension", "name": "own", "of": {"kind": one.kind, "name": one.name},
        "against": {"pack": "base", "version": "1.0.0"},
        **draw(st.fixed_dictionaries({}, optional={
            "add": st.dictionaries(paths, values, max_size=3),
            "change": st.dictionaries(paths, values, max_size=3),
            "remove": st.lists(paths, max_size=3),
            "place": st.dictionaries(paths, beside, max_size=2),
        })),
    }  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(extensions(), extensions())
def test_any_extensions_are_judged(one, other):
    own = [Document("one.json", one), Document("two.json", {**other, "name": "two"})]
    documents = [*base_documents(), *own]
    files = {document.file for document in documents}
    data = {document.file: document.data for document in documents}
    for problem in check_documents(documents):
        assert problem.file in files
        assert problem.message
        assert problem.pointer == "" or problem.pointer.startswith("/")
        if problem.pointer and problem.file in ("one.json", "two.json"):
            assert problem.pointer.split("/")[1] in {*data[problem.file], "of", "against"}
    mentions_of(documents)
    refuse_removed(base_documents(), documents)


def test_a_great_many_mistakes_are_all_judged():
    head = {"kind": "extension", "name": "own", "of": {"kind": "entity", "name": "order"}}
    against = {"against": {"pack": "base", "version": "1.0.0"}}
    lost = {f"fields/{'w' * 80}{number}/label": 1 for number in range(300)}
    nested = {"/".join(["a"] * depth): 1 for depth in range(1, 200)}
    for entries in ({"change": lost}, {"add": nested}, {"remove": list(lost)}):
        problems = check_documents([*base_documents(), Document("own.json", {**head, **against, **entries})])
        assert len(problems) >= 199
        assert {one.file for one in problems} == {"own.json"}
