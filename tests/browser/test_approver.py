"""Walk 3: approvers decide in the inbox, on a phone too; nothing passes by itself."""

import re

from playwright.sync_api import expect

from tests.browser.inbox import badge, decide, open_task, waiting
from tests.browser.order_form import RIBBON, WHARTON, choose, fill_line, make_order, new_order, press, save
from tests.browser.site import PHONE


def test_the_badge_changes_without_a_reload(site):
    manager = site.as_("david.miller")
    manager.goto("/records/product")
    before = waiting(manager)
    manager.evaluate("window.stayed = true")
    make_order(site.as_("emma.clarke"), WHARTON, "11", reason="For the badge")
    expect(badge(manager)).to_have_text(re.compile(rf"^{before + 1}\b"))
    assert manager.evaluate("window.stayed")


def test_a_phone_shows_what_is_asked_and_takes_the_answer(site):
    rep = site.as_("emma.clarke")
    kept = make_order(rep, WHARTON, "12", reason="Opens after the other one")
    number = make_order(rep, WHARTON, "15", reason="They pay in advance.")

    page = site.as_("david.miller", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/inbox")
    expect(page.locator(".inbox-list")).to_be_visible()
    page.locator(".inbox-list a").filter(has_text=number).tap()
    card = page.locator("#approval")
    expect(card).to_be_in_viewport()
    expect(page.locator(".inbox-list")).to_be_hidden()
    expect(page.locator("#task-title")).to_be_focused()
    facts = card.locator(".facts")
    expect(facts).to_contain_text(re.compile(r"Largest discount\s*0%\s*now\s*15%"))
    expect(facts).to_contain_text(re.compile(r"Policy limit.*10%"))
    expect(facts).to_contain_text(re.compile(r"Total\s*¥472.00\s*now\s*¥401.20"))
    expect(card).to_contain_text("They pay in advance.")
    expect(card.locator(".chain")).to_contain_text("Manager · you")
    expect(card).to_contain_text("Emma Clarke")

    page.locator("#reject").tap()
    expect(page.locator("#comment-problem")).to_contain_text("Say why")
    expect(page.locator("#comment")).to_be_focused()
    before = waiting(page)
    page.locator("#approve").tap()
    expect(page.locator(".toast")).to_contain_text("Approved")
    expect(page.locator("#task-title")).not_to_have_text(number)
    expect(page.locator("#task-title")).to_have_text(re.compile("SO-"))
    assert waiting(page) == before - 1
    page.locator(".inbox-back").tap()
    expect(page.locator(".inbox-list")).to_contain_text(kept)
    expect(page.locator(".inbox-list")).not_to_contain_text(number)


def test_over_twenty_percent_goes_to_a_director_too(site):
    rep = site.as_("emma.clarke")
    number = make_order(rep, WHARTON, "20.01", reason="Large")
    manager = site.as_("david.miller")
    open_task(manager, number)
    expect(manager.locator(".chain li")).to_have_count(3)
    decide(manager, "approve", number, "Fine with me.")
    rep.reload()
    expect(rep.locator(".highlights .badge")).to_have_text("Waiting for approval")

    director = site.as_("chen.jing")
    open_task(director, number)
    expect(director.locator(".chain")).to_contain_text("Fine with me.")
    decide(director, "approve", number)
    rep.reload()
    expect(rep.locator(".highlights .badge")).to_have_text("Approved")


def test_twenty_percent_stays_with_the_manager(site):
    rep = site.as_("emma.clarke")
    number = make_order(rep, WHARTON, "20", reason="Exactly")
    manager = site.as_("david.miller")
    open_task(manager, number)
    decide(manager, "approve", number)
    rep.reload()
    expect(rep.locator(".highlights .badge")).to_have_text("Approved")


def test_a_stale_task_says_who_decided(site):
    number = make_order(site.as_("emma.clarke"), WHARTON, "13", reason="Two windows")
    first, second = site.as_("david.miller"), site.as_("david.miller")
    open_task(first, number)
    open_task(second, number)
    decide(first, "approve", number)
    second.locator("#comment").fill("Too late")
    second.locator("#reject").click()
    stale = second.locator("#approval .notice.warn")
    expect(stale).to_contain_text("David Miller")
    expect(second.locator("#approve")).to_have_count(0)


def test_nobody_decides_on_their_own_order(site):
    manager = site.as_("david.miller")
    number = own_order(manager, "14")
    expect(manager.locator("#approve")).to_have_count(0)
    expect(manager.locator("#approval .chain")).to_contain_text("陈静")
    manager.goto("/inbox")
    expect(manager.locator("main")).not_to_contain_text(number)


def test_consent_of_the_same_person_is_carried_over(site):
    manager = site.as_("david.miller")
    number = own_order(manager, "25")
    director = site.as_("chen.jing")
    open_task(director, number)
    decide(director, "approve", number)
    manager.reload()
    expect(manager.locator(".highlights .badge")).to_have_text("Approved")
    expect(manager.locator("#approval .chain .carried")).to_contain_text("carried over")


def test_what_nobody_may_decide_is_held_until_an_administrator_assigns_it(site):
    director = site.as_("chen.jing")
    number = own_order(director, "12")
    expect(director.locator("#record > .notice")).to_contain_text("administrator")
    expect(director.locator(".highlights .badge")).to_have_text("Waiting for approval")

    admin = site.as_("lin.tao")
    admin.goto("/inbox?box=held")
    admin.locator(".inbox-list a").filter(has_text=number).click()
    expect(admin.locator("#approval")).to_contain_text("Held for an administrator")
    choose(admin, "assign", "david", "David Miller")
    admin.get_by_role("button", name="Assign").click()
    expect(admin.locator(".toast")).to_contain_text("Assigned")

    manager = site.as_("david.miller")
    open_task(manager, number)
    decide(manager, "approve", number)
    director.reload()
    expect(director.locator(".highlights .badge")).to_have_text("Approved")


def own_order(page, discount):
    """An order of the person's own, submitted."""
    new_order(page, *WHARTON)
    fill_line(page, 0, RIBBON, "ribbon", price="236.00", quantity="1", discount=discount)
    page.locator("#f-discount_reason").fill("My own")
    save(page)
    press(page, "submit")
    found = re.search(r"SO-\d+-\d+", page.locator("h1").inner_text())
    assert found
    return found[0]
