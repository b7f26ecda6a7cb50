"""Walk 2: a sales representative enters an order, submits it, and has it back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.inbox import decide, open_task
from tests.browser.order_form import (
    LANHAI,
    RIBBON,
    SCANNER,
    WHARTON,
    add_line,
    fill_line,
    make_order,
    new_order,
    number_of,
    press,
    save,
)


def test_an_order_is_entered_and_submitted(site):
    page = site.as_("emma.clarke")
    new_order(page, *WHARTON)
    fill_line(page, 0, SCANNER, "s120", price="680.00", quantity="10", discount="5")
    expect(page.locator("#f-lines-0-amount")).to_have_text("¥6,460.00")
    add_line(page, 1)
    fill_line(page, 1, RIBBON, "ribbon", price="236.00", quantity="4", discount="0")
    expect(page.locator(".totals")).to_contain_text("¥7,404.00")
    expect(page.locator("#f-discount_reason")).to_have_count(0)

    page.locator("#f-lines-1-discount").fill("25")
    page.locator("#f-lines-1-discount").blur()
    expect(page.locator("#f-discount_reason")).to_be_visible()
    expect(page.locator(".totals")).to_contain_text("¥7,168.00")
    page.locator("#save").click()
    summary = page.locator("#summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Reason for the discount")
    expect(page.locator("#f-lines-0-quantity")).to_have_value("10")
    summary.get_by_role("link", name="Reason for the discount").click()
    expect(page.locator("#f-discount_reason")).to_be_focused()
    page.keyboard.type("They order every month.")
    save(page)
    expect(page.locator("h1")).to_have_text(re.compile("SO-"))
    expect(page.locator("main")).to_contain_text("¥7,168.00")

    press(page, "submit")
    expect(page.locator(".toast")).to_contain_text("David Miller")
    expect(page.locator("#approval")).to_contain_text("Manager · David Miller")
    expect(page.locator(".highlights .badge")).to_have_text("Waiting for approval")


def test_a_rejected_order_comes_back_with_the_reason(site):
    page = site.as_("emma.clarke")
    number = make_order(page, WHARTON, "15", reason="First order")
    address = page.url

    manager = site.as_("david.miller")
    open_task(manager, number)
    decide(manager, "reject", number, "Five percent at most.")

    page.goto(address)
    expect(page.locator(".highlights .badge")).to_have_text("Draft")
    notice = page.locator("#record > .notice")
    expect(notice).to_contain_text("David Miller")
    expect(notice).to_contain_text("Five percent at most.")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#f-lines-0-discount").fill("12")
    save(page)
    press(page, "submit")
    expect(page.locator(".highlights .badge")).to_have_text("Waiting for approval")
    expect(page.locator("#record > .notice")).to_have_count(0)
    expect(page.locator("#approval")).to_contain_text("12%")


def test_it_is_recalled_before_the_first_decision_only(site):
    page = site.as_("emma.clarke")
    number = make_order(page, WHARTON, "25", reason="To be recalled")
    press(page, "recall")
    expect(page.locator(".highlights .badge")).to_have_text("Draft")
    expect(page.locator(".toast")).to_contain_text("Recalled")
    press(page, "submit")
    manager = site.as_("david.miller")
    open_task(manager, number)
    decide(manager, "approve", number)
    page.reload()
    expect(page.locator("#approval")).to_contain_text("Director · ")
    expect(page.locator("button[data-action=recall]")).to_have_count(0)


def test_ten_percent_needs_nobody(site):
    page = site.as_("emma.clarke")
    make_order(page, WHARTON, "10")
    expect(page.locator(".highlights .badge")).to_have_text("Approved")
    expect(page.locator("#approval")).to_have_count(0)


def test_a_submitted_order_is_locked(site):
    page = site.as_("emma.clarke")
    make_order(page, WHARTON, "11", reason="Locked")
    expect(page.get_by_role("link", name="Edit", exact=True)).to_have_count(0)
    expect(page.locator(".locked")).to_be_visible()
    page.goto(f"{page.url.split('?')[0]}/edit")
    expect(page.locator("#f-note")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Recall it to change it")


def test_the_same_in_chinese(site):
    page = site.as_("li.wei", "zh-CN", theme="dark")
    new_order(page, *LANHAI)
    fill_line(page, 0, RIBBON, "碳带", price="236.00", quantity="3", discount="25")
    expect(page.locator(".totals")).to_contain_text("¥531.00")
    expect(page.locator("label[for=f-discount_reason]")).to_contain_text("折扣原因")
    page.locator("#save").click()
    expect(page.locator("#summary")).to_contain_text("折扣原因")
    page.locator("#f-discount_reason").fill("长期客户，每月订货。")
    save(page)
    press(page, "submit")
    expect(page.locator(".toast")).to_contain_text("王芳")
    expect(page.locator(".highlights .badge")).to_have_text("待审批")
    number, address = number_of(page), page.url

    manager = site.as_("wang.fang", "zh-CN")
    open_task(manager, number)
    expect(manager.locator("#approval")).to_contain_text("长期客户，每月订货。")
    manager.locator("#reject").click()
    expect(manager.locator("#comment-problem")).not_to_be_empty()
    decide(manager, "reject", number, "折扣太高，最多 15%。")
    page.goto(address)
    expect(page.locator("#record > .notice")).to_contain_text("折扣太高，最多 15%。")
    expect(page.locator(".highlights .badge")).to_have_text("草稿")


@pytest.mark.parametrize("part", ["whart", "COMPON", "Wharton Components (Shanghai)"])
def test_a_customer_is_found_by_part_of_its_name(site, part):
    page = site.as_("emma.clarke")
    new_order(page, WHARTON[0], part)
    expect(page.locator("input[name=account]")).to_have_value(re.compile(r"\d+"))
