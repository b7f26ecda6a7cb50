"""Unproved processes are problems of their definitions: no catalog is made, whoever asks for it."""

import copy

import pytest

from guanxi.definitions import compile_catalog
from guanxi.definitions.documents import Document
from guanxi.errors import DefinitionsRefused
from tests.unit.definitions.base import base_documents


def test_the_place_of_a_flaw_is_told() -> None:
    documents = list(base_documents())
    place = next(i for i, one in enumerate(documents) if one.name == "order_discount")
    data = copy.deepcopy(dict(documents[place].data))
    data["steps"][1]["branches"][0]["when"] = "max(lines.discount) < 5"
    documents[place] = Document(documents[place].file, data)
    with pytest.raises(DefinitionsRefused) as refused:
        compile_catalog(documents)
    (problem,) = refused.value.problems
    assert problem.pointer == "/steps/1/branches/0/when"
    assert "is never taken" in problem.message
    assert problem.told is not None
