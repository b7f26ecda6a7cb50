"""What a form sends is read whole, in order, or refused: pure, so that it can be tried with anything."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.web.pages.form_codec import in_utc, pairs_of, payload_of, read_draft
from guanxi.web.pages.form_draft import Draft, Part
from guanxi.web.pages.form_lines import press
from guanxi.web.refusals import BadRequest

UTC, SHANGHAI = ZoneInfo("UTC"), ZoneInfo("Asia/Shanghai")
PARTS = st.sampled_from(
    ["account", "lines", "note", "product", "price", "0", "1", "99999999", "-1", "x", "id", "_text", "_was",
     "_kept", "_choose", "_do", "_version", "", "colour", "٣"]
)  # fmt: skip
NAMES = st.lists(PARTS, min_size=1, max_size=5).map(".".join)
TEXTS = st.text(max_size=12)
BUTTONS = st.one_of(
    TEXTS, NAMES, st.sampled_from(["lines.add", "lines.up.1", "lines.down.0", "lines.remove.0"])
)


@pytest.fixture(scope="module")
def order(base_catalog):
    return base_catalog.entities["order"]


@given(pairs=st.lists(st.tuples(NAMES, TEXTS), max_size=8), stored=st.booleans(), button=BUTTONS)
@settings(max_examples=200, deadline=None)
def test_anything_is_read_or_refused(order, pairs, stored, button):
    try:
        draft = read_draft(order, pairs)
        press(draft, button)
    except BadRequest:
        return
    payload = payload_of(order, draft, SHANGHAI, stored=stored)
    assert all(isinstance(value, str | list) for value in payload.values())


@given(pairs=st.lists(st.tuples(NAMES, TEXTS), max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_value_is_dropped_silently(order, pairs):
    try:
        draft = read_draft(order, pairs)
    except BadRequest:
        return
    payload = payload_of(order, draft, UTC, stored=False)
    lines = [key for line in payload.get("lines", []) for key in line if key != "id"]
    plain = [name for name, _ in pairs if not name.startswith("_")]
    heads = {name for name in plain if name.split(".")[0] != "lines"}
    references = {name for name in heads if name == "account._text"}
    assert heads - references <= payload.keys()
    inner = {name.split(".", 2)[2] for name in plain if name.split(".")[0] == "lines"}
    untouched = {"id", "product._text", "price"}
    assert inner - untouched <= set(lines)


PART = st.builds(
    Part,
    values=st.dictionaries(st.sampled_from(["product", "price", "quantity"]), TEXTS),
    texts=st.dictionaries(st.just("product"), TEXTS),
    was=st.dictionaries(st.sampled_from(["product", "price"]), TEXTS),
    id=st.sampled_from(["", "4"]),
)


@given(rows=st.lists(PART, max_size=4), note=TEXTS)
@settings(max_examples=60, deadline=None)
def test_what_is_carried_along_comes_back(order, rows, note):
    draft = Draft(head=Part(values={"note": note}), lines={"lines": rows}, lines_were={"lines": "4:ab"})
    again = read_draft(order, [(name, text) for name, text in pairs_of(order, draft)])
    assert again.head.values["note"] == note.replace("\r\n", "\n")
    assert [row.id for row in again.lines["lines"]] == [row.id for row in rows]
    assert [row.values.keys() for row in again.lines["lines"]] == [row.values.keys() for row in rows]
    assert again.lines_were == draft.lines_were


def test_lines_are_in_the_order_of_their_numbers(order):
    draft = read_draft(order, [("lines.10.quantity", "b"), ("lines.2.quantity", "a")])
    assert payload_of(order, draft, UTC, stored=False)["lines"] == [
        {"id": None, "quantity": "a"},
        {"id": None, "quantity": "b"},
    ]


def test_lines_that_were_all_removed_are_no_lines(order):
    draft = read_draft(order, [("_was.lines", "4 5:ab")])
    assert payload_of(order, draft, UTC, stored=True) == {"lines": []}
    untouched = read_draft(order, [("_was.lines", ":ab"), ("note", "x"), ("_was.note", "x")])
    assert payload_of(order, untouched, UTC, stored=True) == {}


def test_a_line_with_defaults_only_is_empty(order):
    offered = [("lines.0.quantity", "1"), ("_was.lines.0.quantity", "1"), ("lines.0.product._text", " ")]
    draft = read_draft(order, offered)
    draft.drop_empty_lines()
    assert draft.lines == {"lines": []}
    typed = read_draft(order, [*offered[:2], ("lines.0.product._text", "Tea")])
    typed.drop_empty_lines()
    assert len(typed.lines["lines"]) == 1


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31T08:00", "2026-01-31T00:00:00Z"),
        ("2026-01-31T08:00:30", "2026-01-31T00:00:30Z"),
        ("2026-01-31T08:00Z", "2026-01-31T08:00Z"),
        ("2026-01-31T08:00+01:00", "2026-01-31T08:00+01:00"),
        ("2026-01-31", "2026-01-31"),
        ("0001-01-01T00:00", "0001-01-01T00:00"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_local_times_become_utc(text, moment):
    assert in_utc(text, SHANGHAI) == moment
