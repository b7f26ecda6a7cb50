"""Every state a page can be in, and how to get there."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Arrive = Callable[[Page], None]


def at(path: str) -> Arrive:
    """Just the address."""

    def arrive(page: Page) -> None:
        page.goto(path)

    return arrive


def record_in(stage: str) -> Arrive:
    """The first order in a stage, opened from the list."""

    def arrive(page: Page) -> None:
        page.goto(f"/records/order?status={stage}")
        page.locator(".row-link").first.click()
        page.wait_for_url(re.compile(r"/records/order/\d+"))

    return arrive


def first_of(path: str) -> Arrive:
    """The first record of a list."""

    def arrive(page: Page) -> None:
        page.goto(path)
        page.locator(".row-link").first.click()
        page.wait_for_url(re.compile(r"/records/\w+/\d+"))

    return arrive


def refused_form(page: Page) -> None:
    """An order without customer and with a discount that wants a reason."""
    page.goto("/records/order/new")
    page.locator("#f-lines-0-discount").fill("25")
    page.locator("#f-lines-0-discount").blur()
    expect(page.locator("#f-discount_reason")).to_be_visible()
    page.locator("#save").click()
    expect(page.locator("#summary")).to_be_visible()


def look_up(page: Page) -> None:
    """The suggestions of a look-up are open."""
    page.goto("/records/order/new")
    page.locator("#f-account").click()
    expect(page.locator("#f-account-options [role=option]").first).to_be_visible()


def open_filter(page: Page) -> None:
    """A filter of the list is open."""
    page.goto("/records/order")
    page.locator("#list-form summary").first.click()
    expect(page.locator("#list-form .pop").first).to_be_visible()


def conflict(page: Page) -> None:
    """Two windows change the same contact."""
    page.goto("/records/product")
    page.locator(".row-link").first.click()
    page.wait_for_url(re.compile(r"/records/product/\d+"))
    page.goto(f"{page.url.split('?')[0]}/edit")
    other = page.context.new_page()
    other.goto(page.url)
    for window, code in ((other, "NEW-1"), (page, "NEW-2")):
        field = window.locator("#f-code")
        field.fill(f"{field.input_value()[:20]}{code}")
        window.locator("#save").click()
        if window is other:
            window.wait_for_url(re.compile(r"/records/product/\d+(\?|$)"))
    other.close()
    expect(page.locator(".versus")).to_be_visible()


def help_dialog(page: Page) -> None:
    """Help and shortcuts, by the keyboard."""
    page.goto("/records/order")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def search_options(page: Page) -> None:
    """The global search with suggestions."""
    page.goto("/records/order")
    page.locator("#find").fill("RFID")
    expect(page.locator("#find-options [role=option]").first).to_be_visible()


def account_menu(page: Page) -> None:
    """The menu of the person."""
    page.goto("/records/order")
    page.locator(".topbar-end details.menu:not(.topbar-wide) summary").click()


def one_time_link(page: Page) -> None:
    """Somebody was added; the link is shown."""
    page.goto("/people/new")
    page.locator("#f-name").fill("Ada Lovelace")
    page.locator("#f-email").fill(f"ada.{abs(hash(page))}@example.com")
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("#link")).to_be_visible()


def set_password(page: Page) -> None:
    """The page behind a one-time link."""
    one_time_link(page)
    page.goto(page.locator("#link").input_value())


def bad_sign_in(page: Page) -> None:
    """The password was wrong."""
    page.goto("/sign-in")
    page.locator("#email").fill(f"nobody{abs(hash(page))}@example.com")
    page.locator("#password").fill("wrong")
    page.locator("#password").press("Enter")
    expect(page.locator(".notice.bad")).to_be_visible()


def delete_question(page: Page) -> None:
    """Whether to delete, asked on a page of its own."""
    record_in("draft")(page)
    page.goto(f"{page.url.split('?')[0]}/delete")


def why_dialog(page: Page) -> None:
    """Why a computed field is as it is, opened from the record's page."""
    record_in("draft")(page)
    page.locator("dl a.why").first.click()
    expect(page.locator("dialog[open] #why-title")).to_be_visible()


def task_card(page: Page) -> None:
    """The first task of the inbox, with all that the step allows."""
    page.goto("/inbox")
    page.locator(".inbox-list a").first.click()
    expect(page.locator("#approval .more-acts")).to_be_visible()


def act_of_task(name: str) -> Arrive:
    """The page of an act, from the card."""

    def arrive(page: Page) -> None:
        task_card(page)
        page.locator(f'#approval .more-acts a[href$="/{name}"]').click()
        expect(page.locator("#act-title")).to_be_visible()

    return arrive


def instance(page: Page) -> None:
    """The whole of an approval, from the card."""
    task_card(page)
    page.locator("#approval .whole a").click()
    expect(page.locator(".flow-box.now").first).to_be_attached()


def away(page: Page) -> None:
    """The absence of a colleague, from the page of people."""
    page.goto("/people")
    page.locator('a[href$="/absence"]').nth(1).click()
    expect(page.locator("#absence-title")).to_be_visible()


def route(page: Page) -> None:
    """Who would have to approve a draft, with every explanation open."""
    record_in("draft")(page)
    page.locator(".actions a[href*='/route/']").click()
    expect(page.locator("#route-title")).to_be_visible()
    for summary in page.locator(".told summary, .flow-words summary").all():
        summary.click()


NOBODY = ""
STATES: dict[str, tuple[str, Arrive]] = {
    "sign-in": (NOBODY, at("/sign-in")),
    "sign-in refused": (NOBODY, bad_sign_in),
    "set password": ("lin.tao", set_password),
    "list": ("david.miller", at("/records/order")),
    "list filtered": ("david.miller", at("/records/order?status=waiting")),
    "list with an open filter": ("david.miller", open_filter),
    "list without a match": ("david.miller", at("/records/order?q=zzzz")),
    "customers": ("david.miller", at("/records/account")),
    "activities": ("david.miller", at("/records/activity")),
    "draft": ("li.wei", record_in("draft")),
    "waiting": ("david.miller", record_in("waiting")),
    "approved": ("li.wei", record_in("approved")),
    "customer": ("li.wei", first_of("/records/account")),
    "new order": ("emma.clarke", at("/records/order/new")),
    "look-up": ("emma.clarke", look_up),
    "order with errors": ("emma.clarke", refused_form),
    "conflict": ("lin.tao", conflict),
    "delete": ("li.wei", delete_question),
    "inbox": ("david.miller", at("/inbox")),
    "inbox empty": ("emma.clarke", at("/inbox")),
    "inbox sent": ("emma.clarke", at("/inbox?box=sent")),
    "inbox done": ("david.miller", at("/inbox?box=done")),
    "inbox held": ("lin.tao", at("/inbox?box=held")),
    "task": ("david.miller", task_card),
    "act add": ("david.miller", act_of_task("add")),
    "act return": ("david.miller", act_of_task("return")),
    "instance": ("david.miller", instance),
    "absence": ("david.miller", at("/absence")),
    "absence of a colleague": ("lin.tao", away),
    "notifications": ("david.miller", at("/notifications")),
    "work": ("lin.tao", at("/work")),
    "automations": ("lin.tao", at("/studio/automations")),
    "people": ("lin.tao", at("/people")),
    "new person": ("lin.tao", at("/people/new")),
    "one-time link": ("lin.tao", one_time_link),
    "search": ("david.miller", at("/search?q=RFID")),
    "search without a hit": ("david.miller", at("/search?q=zzzz")),
    "search suggestions": ("david.miller", search_options),
    "nothing here": ("david.miller", at("/records/order/999999")),
    "help": ("david.miller", help_dialog),
    "account menu": ("david.miller", account_menu),
    "why": ("li.wei", why_dialog),
    "route": ("li.wei", route),
    "studio field": ("lin.tao", at("/studio/entities/account/fields/industry")),
    "studio layout": ("lin.tao", at("/studio/entities/account/layouts/detail")),
    "studio states": ("lin.tao", at("/studio/entities/order/stages")),
    "studio new button": ("lin.tao", at("/studio/entities/order/new-action")),
    "studio role": ("lin.tao", at("/studio/roles/manager")),
    "studio grants": ("lin.tao", at("/studio/roles/rep/account")),
    "studio new entity": ("lin.tao", at("/studio/new-entity")),
    "studio approvals": ("lin.tao", at("/studio/approvals")),
    "studio approval": ("lin.tao", at("/studio/approvals/order_discount")),
    "studio approval rules": ("lin.tao", at("/studio/approvals/order_discount/settings")),
    "studio new approval": ("lin.tao", at("/studio/approvals/new?of=order")),
    "studio step": ("lin.tao", at("/studio/approvals/order_discount/steps/manager")),
    "studio ways": ("lin.tao", at("/studio/approvals/order_discount/steps/tier")),
    "studio test run": ("lin.tao", at("/studio/approvals/order_discount/try")),
}
