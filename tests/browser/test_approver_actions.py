"""Walk 5: what approvers do besides yes and no, on a phone and in Chinese, through the pages alone."""

import re

from playwright.sync_api import expect

from tests.browser.inbox import decide, open_task
from tests.browser.order_form import WHARTON, choose, make_order, press
from tests.browser.site import NARROW, PHONE


def phone(site, who, language="en"):
    return site.as_(who, language, viewport=PHONE, has_touch=True, is_mobile=True)


def act(page, name):
    """Follow the link of an act on the card."""
    page.locator(f'#approval .more-acts a[href$="/{name}"]').click()
    expect(page.locator("#act-title")).to_be_visible()


def done(page):
    """Press the button of the page; the confirmation follows."""
    page.locator("#save").click()
    expect(page.locator(".toast")).to_be_visible()


def test_returned_on_a_phone_it_is_changed_and_submitted_again(site):
    rep = site.as_("emma.clarke")
    number = make_order(rep, WHARTON, "16", reason="Returned once")
    page = phone(site, "david.miller")
    open_task(page, number)
    act(page, "return")
    page.locator("#save").click()
    expect(page.locator("#f-comment")).to_have_attribute("aria-invalid", "true")
    page.locator("#f-comment").fill("At most fifteen, please.")
    done(page)
    expect(page.locator("#approval .badge").first).to_have_text("Returned")

    rep.reload()
    expect(rep.locator("#approval")).to_contain_text("At most fifteen, please.")
    press(rep, "submit")
    open_task(page, number)
    decide(page, "approve", number)
    rep.reload()
    expect(rep.locator(".highlights .badge")).to_have_text("Approved")


def test_asked_answered_added_and_decided(site):
    rep = site.as_("emma.clarke")
    number = make_order(rep, WHARTON, "17", reason="Asked about")
    manager = site.as_("david.miller")
    open_task(manager, number)
    act(manager, "ask")
    choose(manager, "f-person", "Emma", "Emma Clarke")
    manager.locator("#f-comment").fill("Since when do they buy?")
    done(manager)

    answer = phone(site, "emma.clarke")
    open_task(answer, number)
    expect(answer.locator("#approval")).to_contain_text("Since when do they buy?")
    expect(answer.locator("#approve")).to_have_count(0)
    answer.locator("#reply-comment").fill("Since 2019.")
    answer.locator("#reply").click()
    expect(answer.locator(".toast")).to_be_visible()

    open_task(manager, number)
    expect(manager.locator("#approval")).to_contain_text("Since 2019.")
    act(manager, "add")
    manager.locator("#f-place").select_option("before")
    choose(manager, "f-person", "陈静", "陈静")
    done(manager)
    director = site.as_("chen.jing", "zh-CN", viewport=NARROW, has_touch=True, is_mobile=True)
    open_task(director, number)
    expect(director.locator("#approve")).to_contain_text("通过")
    width = director.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]
    decide(director, "approve", number)
    open_task(manager, number)
    decide(manager, "approve", number)
    rep.reload()
    expect(rep.locator(".highlights .badge")).to_have_text("Approved")
    rep.locator("#approval .whole a").click()
    expect(rep.locator(".happened")).to_contain_text("David Miller added 陈静 as an approver")
    expect(rep.locator(".flow-box.done").first).to_be_attached()


def test_handed_on_it_is_somebody_elses_in_chinese(site):
    number = make_order(site.as_("emma.clarke"), WHARTON, "18", reason="转办")
    manager = site.as_("david.miller", "zh-CN")
    open_task(manager, number)
    act(manager, "transfer")
    expect(manager.locator("h1")).to_have_text("转办")
    choose(manager, "f-person", "陈静", "陈静")
    done(manager)
    expect(manager.locator(".toast")).to_contain_text("已转办")
    expect(manager.locator("#approve")).to_have_count(0)
    director = site.as_("chen.jing", "zh-CN")
    open_task(director, number)
    decide(director, "approve", number)


def test_many_are_ticked_and_decided_with_one_comment(site):
    rep = site.as_("emma.clarke")
    numbers = [make_order(rep, WHARTON, "19", reason=f"Together {n}") for n in range(2)]
    page = phone(site, "david.miller")
    page.goto("/inbox")
    for number in numbers:
        page.locator("li.pickable").filter(has_text=number).locator("input").check()
    page.locator("#bulk-comment").fill("Both as agreed")
    page.get_by_role("button", name="Approve selected").click()
    expect(page.locator("h1")).to_have_text("2 decided")
    for number in numbers:
        expect(page.locator(".outcomes li").filter(has_text=number)).to_contain_text(re.compile("Decided"))
    page.get_by_role("link", name="Back to the inbox").click()
    expect(page.locator("main")).not_to_contain_text(numbers[0])
