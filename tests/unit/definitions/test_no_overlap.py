"""What a constraint over times may name."""

import copy

import pytest

from guanxi.definitions import Document, check_documents
from tests.unit.definitions.base import base_documents

RULE = {"name": "free", "noOverlap": ["owner"], "start": "created_on", "end": "done_on"}
DATES = {"created_on": {"type": "date"}, "done_on": {"type": "date"}, "at": {"type": "datetime"}}


def problems(**more):
    documents = base_documents()
    data = copy.deepcopy(next(one.data for one in documents if (one.kind, one.name) == ("entity", "order")))
    data["fields"] |= copy.deepcopy(DATES)
    data["constraints"] = [{**RULE, **more}]
    others = [one for one in documents if (one.kind, one.name) != ("entity", "order")]
    return [
        (one.pointer, one.message) for one in check_documents([*others, Document("o.json", data, "base")])
    ]


def test_resources_and_times_of_a_record():
    assert not problems()


@pytest.mark.parametrize(
    ("more", "pointer", "part"),
    [
        ({"noOverlap": ["total"]}, "/constraints/0/noOverlap/0", "of type money"),
        ({"noOverlap": ["nobody"]}, "/constraints/0/noOverlap/0", "no field of order"),
        ({"start": "note"}, "/constraints/0/start", "date or datetime"),
        ({"end": "at"}, "/constraints/0/end", "different types"),
        ({"check": "total > 0"}, "/constraints/0", "exactly one"),
        ({"when": "account.name != 'x'"}, "/constraints/0/when", "changes without the record"),
    ],
)
def test_what_cannot_be_is_told(more, pointer, part):
    assert [one for one in problems(**more) if one[0] == pointer and part in one[1]]


def test_a_constraint_with_no_times_says_so():
    rule = {"name": "free", "unique": ["note"], "start": "created_on"}
    documents = base_documents()
    data = copy.deepcopy(next(one.data for one in documents if (one.kind, one.name) == ("entity", "order")))
    data["constraints"] = [rule]
    others = [one for one in documents if (one.kind, one.name) != ("entity", "order")]
    found = check_documents([*others, Document("o.json", data, "base")])
    assert [one for one in found if one.pointer == "/constraints/0/start"]
