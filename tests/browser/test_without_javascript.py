"""The list, the form and Back in a browser that runs no script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.order_form import RIBBON, WHARTON


@pytest.fixture
def plain(pages):
    """A page without scripts, signed in as a representative."""
    return pages.as_("emma.clarke", java_script_enabled=False)


def test_a_list_is_filtered_and_back_leads_to_all_of_it(plain):
    plain.goto("/records/order")
    every = plain.locator(".row-link").count()
    plain.locator("#list-form summary").filter(has_text="Status").click()
    plain.locator("#list-form input[value=approved]").check()
    plain.locator("#list-form details[open] button.btn-primary").click()
    expect(plain).to_have_url(re.compile("status=approved"))
    badges = plain.locator("#list-body .badge").all_inner_texts()
    assert badges
    assert set(badges) == {"Approved"}
    assert len(badges) < every
    plain.go_back()
    expect(plain.locator(".row-link")).to_have_count(every)


def test_an_order_is_entered_submitted_and_recalled(plain):
    plain.goto("/records/order/new")
    plain.locator("#f-account").fill(WHARTON[0])
    plain.locator("#f-lines-0-product").fill(RIBBON)
    plain.locator("#lines-add").click()
    expect(plain.locator("#f-lines-0-price")).to_have_value("236.00")
    plain.locator("#f-lines-1-product").fill(RIBBON)
    plain.locator("#f-lines-1-price").fill("100")
    plain.locator("#f-lines-1-discount").fill("25")
    plain.locator("#save").click()
    expect(plain.locator("#summary")).to_contain_text("Reason for the discount")
    plain.locator("#f-discount_reason").fill("No script")
    plain.locator("#save").click()
    expect(plain.locator("main")).to_contain_text("¥311.00")
    plain.locator("button[data-action=submit]").click()
    expect(plain.locator(".toast")).to_contain_text("David Miller")
    plain.locator("button[data-action=recall]").click()
    expect(plain.locator(".highlights .badge")).to_have_text("Draft")


def test_a_line_is_removed_and_nothing_else_is_lost(plain):
    plain.goto("/records/order/new")
    plain.locator("#f-account").fill(WHARTON[0])
    plain.locator("#f-note").fill("Kept")
    plain.locator("#lines-add").click()
    plain.locator("#f-lines-1-quantity").fill("7")
    plain.locator("#lines-0-remove").click()
    expect(plain.locator("#f-lines-0-quantity")).to_have_value("7")
    expect(plain.locator("#f-lines-1-quantity")).to_have_count(0)
    expect(plain.locator("#f-note")).to_have_value("Kept")
    expect(plain.locator("#f-account")).to_have_value(WHARTON[0])


def test_an_approver_decides(pages, plain):
    number = _submitted(plain)
    manager = pages.as_("david.miller", java_script_enabled=False)
    manager.goto("/inbox")
    manager.locator(".inbox-list a").filter(has_text=number).click()
    manager.locator("#reject").click()
    expect(manager.locator("#comment-problem")).to_contain_text("Say why")
    manager.locator("#comment").fill("Too much")
    manager.locator("#reject").click()
    expect(manager.locator(".toast")).to_contain_text("Rejected")
    plain.reload()
    expect(plain.locator("#record > .notice")).to_contain_text("Too much")


def _submitted(page):
    page.goto("/records/order/new")
    page.locator("#f-account").fill(WHARTON[0])
    page.locator("#f-lines-0-product").fill(RIBBON)
    page.locator("#f-lines-0-price").fill("100")
    page.locator("#f-lines-0-discount").fill("15")
    page.locator("#save").click()
    page.locator("#f-discount_reason").fill("No script")
    page.locator("#save").click()
    page.locator("button[data-action=submit]").click()
    found = re.search(r"SO-\d+-\d+", page.locator("h1").inner_text())
    assert found
    return found[0]
