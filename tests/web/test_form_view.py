"""What a form shows by the level of access to each field."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from guanxi.commands.views import FormView
from guanxi.records.conditions import FieldState, field_states
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.form_draft import Draft, Part
from guanxi.web.pages.form_lines import Focus
from guanxi.web.pages.form_view import FormDrawing
from guanxi.web.rendering import Formats, Renderer, language

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
VALUES = {
    "id": 4, "name": "Oolong", "code": "T-1", "unit": "piece", "currency": "JPY", "active": True,
    "price": Decimal("1250.0000"), "price.currency": "JPY",
    "cost": Decimal("900.5000"), "cost.currency": "JPY",
}  # fmt: skip


@pytest.fixture(scope="module")
def cells():
    words = Renderer.shipped().catalogs["en"]
    return Cells(words, Formats(language("en"), NOW))


def inputs(catalog, cells, levels, draft=None, states=None):
    entity = catalog.entities["product"]
    every = {name: levels.get(name, "write") for name in entity.fields}
    known = field_states(entity, VALUES, {"me": 1, "now": NOW, "today": NOW.date()}) | (states or {})
    view = FormView(entity=entity, id=4, version=1, values=VALUES, titles={}, states=known, levels=every)
    layout = catalog.layout_for("product", "detail")
    drawing = FormDrawing(cells, layout, view, draft or Draft(), {}, {}, Focus())
    before, lines, after = drawing.parts()
    assert lines == []
    made = {one.name: one for section in [*before, *after] for one in section.inputs}
    return made, {mark.name: mark.value for mark in drawing.hidden}


def test_a_field_is_an_input_shown_masked_or_absent(base_catalog, cells):
    levels = {"cost": "hidden", "price": "masked", "code": "read"}
    made, marks = inputs(base_catalog, cells, levels)
    assert "cost" not in made
    assert (made["price"].widget, made["price"].cell.kind) == ("shown", "masked")
    assert (made["code"].widget, made["code"].cell.text) == ("shown", "T-1")
    assert (made["name"].widget, made["name"].value) == ("text", "Oolong")
    assert not any("900" in text or "1250" in text for text in marks.values())
    assert "_was.name" in marks
    assert not {"_was.cost", "_was.price", "_was.code"} & marks.keys()


def test_an_amount_has_the_digits_of_its_currency_and_loses_none(base_catalog, cells):
    made, _ = inputs(base_catalog, cells, {})
    assert (made["price"].value, made["cost"].value) == ("1250", "900.5")
    assert made["price"].unit


def test_a_field_that_is_read_only_now_is_shown(base_catalog, cells):
    fixed = FieldState(visible=True, required=False, read_only=True)
    made, _ = inputs(base_catalog, cells, {}, states={"name": fixed})
    assert made["name"].widget == "shown"


def test_what_is_typed_into_a_field_that_goes_away_is_kept(base_catalog, cells):
    gone = FieldState(visible=False, required=False, read_only=False)
    typed = Draft(head=Part(values={"name": "Typed"}, was={"name": "Oolong"}))
    made, marks = inputs(base_catalog, cells, {}, typed, {"name": gone})
    assert "name" not in made
    assert marks["_kept.name"] == "Typed"
    back, _ = inputs(base_catalog, cells, {}, Draft(kept={"name": "Typed"}))
    assert back["name"].value == "Typed"
