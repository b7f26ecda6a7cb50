"""Rows of Studio's forms move by dragging, and by buttons that keep the focus."""

from playwright.sync_api import Page, expect

STATES = "/studio/entities/order/stages"


def order(page: Page) -> list[str]:
    """The states in the order in which they stand."""
    rows = page.locator("[data-sortable=states] > [data-index]")
    return [row.locator("input[name$='.was']").input_value() for row in rows.all()]


def test_a_row_is_dragged(pages):
    page = pages.as_("lin.tao")
    page.goto(STATES)
    assert order(page) == ["draft", "waiting", "approved"]
    grips = page.locator("[data-sortable=states] .grip")
    grips.nth(0).drag_to(grips.nth(1))
    expect(page.locator("[name='states.0.was']")).to_have_value("waiting")
    assert order(page) == ["waiting", "draft", "approved"]
    page.goto(STATES)
    assert order(page) == ["draft", "waiting", "approved"], "nothing is saved before Save"


def test_a_row_is_moved_by_the_keyboard(pages):
    page = pages.as_("lin.tao")
    page.goto(STATES)
    page.locator("button[value='states.down.0']").press("Enter")
    expect(page.locator("[name='states.0.was']")).to_have_value("waiting")
    expect(page.locator("button[value='states.down.1']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[name='states.1.was']")).to_have_value("approved")
    assert order(page) == ["waiting", "approved", "draft"]
