"""Leaving a form that was changed asks first; what was saved or cancelled leaves without a question."""

import pytest
from playwright.sync_api import expect

from tests.browser.order_form import WHARTON, choose


@pytest.fixture
def page(pages):
    """The form of a new order, reached from the list."""
    page = pages.as_("emma.clarke")
    page.goto("/records/order")
    page.goto("/records/order/new")
    return page


def asked(page, answer):
    """The questions that the browser asks from now on; each gets the answer."""
    questions = []

    def reply(dialog):
        questions.append(dialog.type)
        dialog.accept() if answer == "leave" else dialog.dismiss()

    page.on("dialog", reply)
    return questions


def test_a_changed_form_asks_and_stays(page):
    choose(page, "f-account", *WHARTON[::-1])
    questions = asked(page, "stay")
    page.locator(".side a[href='/records/product']").click(no_wait_after=True)
    expect(page.locator("#f-account")).to_have_value(WHARTON[0])
    page.wait_for_timeout(200)
    assert questions == ["beforeunload"]
    assert page.url.endswith("/records/order/new")


def test_it_leaves_when_told_to(page):
    page.locator("#f-note").fill("Half a thought")
    questions = asked(page, "leave")
    page.locator(".side a[href='/records/product']").click()
    page.wait_for_url("**/records/product")
    assert questions == ["beforeunload"]


@pytest.mark.parametrize("way", [".side a[href='/records/product']", ".form-foot a"])
def test_nothing_is_asked_without_need(page, way):
    if way == ".form-foot a":
        page.locator("#f-note").fill("Given up")
    questions = asked(page, "stay")
    page.locator(way).click()
    page.wait_for_url("**/records/*")
    expect(page.locator("#form")).to_have_count(0)
    assert questions == []
