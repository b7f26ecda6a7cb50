"""Formulas of lockable records that follow fields of others are told of; those that cannot change are not."""

import copy

import pytest

from guanxi.definitions import Document, compile_catalog
from guanxi.definitions.unlocked import unlocked_reads
from tests.unit.definitions.base import base_catalog, base_documents

SHOWN = {"type": "text", "formula": "account.name", "label": {"en": "Shown"}}


def with_change(change, entity="order"):
    documents = []
    for one in base_documents():
        data = copy.deepcopy(one.data)
        if (one.kind, one.name) == ("entity", entity):
            change(data)
        documents.append(Document(one.file, data, one.pack))
    found = unlocked_reads(compile_catalog(documents))
    told = {(one.path, one.other, one.read): str(one.said) for one in found}
    del told[BASE]
    return told


BASE = ("lines.amount", "account", "currency")
"""The amounts of an order are in the currency of its customer."""


def test_the_base_names_the_currency_of_the_customer():
    assert [(one.path, one.other, one.read) for one in unlocked_reads(base_catalog())] == [BASE]


def test_a_formula_over_a_customer_is_told_of():
    found = with_change(lambda order: order["fields"].update(shown=SHOWN))
    assert list(found) == [("shown", "account", "name")]
    assert "Order › Shown follows Customer › " in found["shown", "account", "name"]
    assert "“suggest”" in found["shown", "account", "name"]


def test_so_is_one_of_its_lines():
    def change(order):
        order["fields"]["lines"]["fields"]["shown"] = {"type": "text", "formula": "parent.account.name"}

    assert list(with_change(change)) == [("lines.shown", "account", "name")]


@pytest.mark.parametrize("way", ["suggested", "excepted", "own"])
def test_what_cannot_change_or_may_is_not(way):
    def change(order):
        order["fields"]["shown"] = copy.deepcopy(SHOWN)
        match way:
            case "suggested":
                order["fields"]["shown"]["suggest"] = order["fields"]["shown"].pop("formula")
            case "excepted":
                order["locks"][0]["except"] = ["shown"]
            case "own":
                order["fields"]["shown"]["formula"] = "note"

    assert with_change(change) == {}


def test_a_record_that_is_never_locked_is_not():
    documents = []
    for one in base_documents():
        data = copy.deepcopy(one.data)
        data.pop("locks", None)
        documents.append(Document(one.file, data, one.pack))
    assert unlocked_reads(compile_catalog(documents)) == ()
