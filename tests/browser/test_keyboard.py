"""Everything without a mouse: an order from the first letter to its submission, and the shortcuts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.inbox import open_task
from tests.browser.order_form import WHARTON, make_order


def reach(page, selector, limit=60):
    """Press Tab until the element has the focus."""
    for _ in range(limit):
        if page.evaluate("(s) => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} was not reached with {limit} times Tab")


def look_up(page, id_, part, title):
    """Type part of a name and take the first suggestion with Enter."""
    reach(page, f"#{id_}")
    page.keyboard.type(part)
    expect(page.locator(f"#{id_}-options [role=option]").first).to_contain_text(title)
    page.keyboard.press("Enter")
    expect(page.locator(f"#{id_}")).to_have_value(title)


def test_an_order_is_entered_and_submitted_without_a_mouse(pages):
    page = pages.as_("emma.clarke")
    page.goto("/records/product")
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/records/order")
    reach(page, 'a[href="/records/order/new"].btn-primary')
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/order/new")

    look_up(page, "f-account", "whart", WHARTON[0])
    look_up(page, "f-lines-0-product", "ribbon", "碳带 110 mm Ribbon")
    expect(page.locator("#f-lines-0-price")).to_have_value("236.00")
    reach(page, "#f-lines-0-quantity")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    reach(page, "#f-lines-0-discount")
    page.keyboard.press("Control+a")
    page.keyboard.type("25")
    reach(page, "#lines-add")
    expect(page.locator("#f-discount_reason")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#f-lines-1-product")).to_be_focused()
    look_up(page, "f-lines-1-product", "s120", "扫码枪 S120 Barcode scanner")
    expect(page.locator("#f-lines-1-price")).to_have_value("680.00")
    reach(page, "#f-discount_reason")
    page.keyboard.type("By keyboard only")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/records/order/\d+"))
    expect(page.locator("main")).to_contain_text("¥1,034.00")

    reach(page, "button[data-action=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("David Miller")


@pytest.mark.parametrize("key", ["Control+k", "/"])
def test_keys_lead_to_the_search(pages, key):
    page = pages.as_("david.miller")
    page.goto("/records/order")
    page.keyboard.press(key)
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("whart")
    expect(page.locator("#find-options [role=option]").first).to_contain_text(WHARTON[0])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/records/account/\d+"))


def test_j_and_k_move_through_a_list_and_enter_opens(pages):
    page = pages.as_("david.miller")
    page.goto("/records/order")
    rows = page.locator(".row-link")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    title = rows.nth(0).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_e_edits_the_record(pages):
    page = pages.as_("li.wei")
    page.goto("/records/order?status=draft")
    page.locator(".row-link").first.click()
    page.locator("a[data-key-e]").wait_for()
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile(r"/edit$"))


def test_a_and_r_focus_and_decide_nothing(pages):
    number = make_order(pages.as_("emma.clarke"), WHARTON, "11", reason="Keys")
    page = pages.as_("david.miller")
    open_task(page, number)
    for key, button in (("r", "#reject"), ("a", "#approve")):
        page.keyboard.press(key)
        expect(page.locator(button)).to_be_focused()
    page.reload()
    expect(page.locator("#approval")).to_contain_text("Waiting for you")


def test_single_keys_can_be_switched_off(pages):
    page = pages.as_("david.miller")
    page.goto("/records/order")
    page.keyboard.press("?")
    page.locator("[data-single-keys]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#find")).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#find")).to_be_focused()


def test_the_first_tab_offers_to_skip_to_the_content(pages):
    page = pages.as_("david.miller")
    page.goto("/records/order")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
