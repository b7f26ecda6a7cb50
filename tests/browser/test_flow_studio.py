"""Walk 4: somebody makes an approval in Studio alone, from the first click to an order decided on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.inbox import decide
from tests.browser.order_form import WHARTON, make_order
from tests.browser.server import serving
from tests.browser.site import PHONE, Site
from tests.browser.test_studio import publish, save

PAGE = "/studio/approvals/big_discount"
STEPS = "#steps-form .step"


@pytest.fixture
def own_site(chromium, tmp_path):
    """A sample workspace of its own: what is published here changes how orders are approved."""
    with serving(f"sqlite://{tmp_path / 'guanxi.sqlite3'}", tmp_path) as address:
        site = Site(address, chromium)
        yield site
        assert site.close_pages() == []


def test_an_approval_from_the_first_click_to_an_order_on_a_phone(own_site, shots):
    admin = own_site.as_("lin.tao")
    begin_with_three_levels(admin)
    add_checks(admin)
    remind_after_two_days(admin)
    shots(admin, "flow - steps")

    leave_a_gap(admin)
    said = admin.locator("#step-first .step-finding")
    expect(said).to_contain_text("25.01")
    shots(admin, "flow - gap")
    said.get_by_role("link").click()
    close_the_gap(admin)
    expect(admin.locator(".decision-ok")).to_be_visible()

    try_it(admin, shots)
    publish(admin, "Three levels for discounts")
    handle_an_order(own_site, shots)


def begin_with_three_levels(page: Page) -> None:
    """From the first page of Studio to a new approval with a matrix and the button that starts it."""
    page.goto("/studio")
    page.get_by_role("link", name="Approvals").click()
    page.get_by_role("link", name="New approval").click()
    page.locator("#f-label-en").fill("Big discount")
    page.locator("#f-label-zh-CN").fill("大额折扣")
    page.locator("#f-of").select_option("order")
    page.locator("#f-begin").select_option("levels")
    page.locator("#f-number").select_option("largest_discount")
    for place, limit in enumerate(("10", "20", "30")):
        page.locator(f"#f-limit-{place}").fill(limit)
    page.locator("#f-start").select_option("submit")
    page.locator("#f-through").select_option("waiting")
    page.locator("#f-back").select_option("draft")
    save(page)
    expect(page.locator(STEPS)).to_have_count(3)
    expect(page.locator(".decision-ok")).to_be_visible()


def add_checks(page: Page) -> None:
    """Legal and finance check at the same time."""
    page.locator("#steps-form > section > .card-body > .step-add").click()
    page.locator("#f-label-en").fill("Checks")
    page.locator("#f-type").select_option("parallel")
    for number, label in enumerate(("Legal", "Finance")):
        page.get_by_role("button", name="Add way").click()
        page.locator(f"#f-branches-{number}-label-en").fill(label)
    save(page)
    for label, email in (("Legal", "emma.clarke@example.com"), ("Finance", "david.miller@example.com")):
        branch = page.locator(".step-branch").filter(has=page.get_by_text(label, exact=True))
        branch.get_by_role("link", name="Add step").click()
        page.locator("#f-label-en").fill(f"{label} check")
        page.locator("#f-by-0-kind").select_option("people")
        page.get_by_role("button", name="Add person").click()
        page.locator("#f-by-0-people-0-field").select_option(email)
        save(page)
    expect(page.locator("#step-finance_check")).to_contain_text("david.miller@example.com")


def remind_after_two_days(page: Page) -> None:
    """Whoever is asked first is reminded."""
    page.locator("#step-first").get_by_role("link", name="Level 1").click()
    page.get_by_role("button", name="Add deadline").click()
    page.locator("#f-deadlines-0-after-amount").fill("2")
    page.locator("#f-deadlines-0-do").select_option("remind")
    save(page)
    expect(page.locator("#step-first")).to_contain_text("Reminds after 2 days")
    expect(page.locator(".decision-ok")).to_be_visible()


def leave_a_gap(page: Page) -> None:
    """A range of the matrix ends too early."""
    page.goto("/studio/tables/big_discount_levels")
    page.locator("#f-rows-1-if-size").fill("(20..25]")
    page.locator(".form-foot").get_by_role("button", name="Save draft").click()
    expect(page.locator(".toast").last).to_be_visible()
    page.goto(PAGE)


def close_the_gap(page: Page) -> None:
    """The finding led to the table."""
    expect(page).to_have_url(re.compile("/studio/tables/big_discount_levels"))
    page.locator("#f-rows-1-if-size").fill("(20..30]")
    save(page)
    page.goto(PAGE)


def try_it(page: Page, shots) -> None:
    """A record with 25 percent: two levels, both checks, and the reminder on the way."""
    page.get_by_role("link", name="Test run").click()
    page.locator("#f-submitter").select_option(label="Liu Yang")
    page.locator("#f-value-lines-discount").fill("25")
    page.get_by_role("button", name="Submit it").click()
    steps = page.locator(".play > li")
    expect(steps.filter(has_text="Level 3")).to_contain_text("Left out")
    page.get_by_role("button", name="Time passes").click()
    expect(page.locator(".play-told")).to_contain_text("David Miller: reminded of “Level 1”")
    page.get_by_role("button", name="David Miller approves").click()
    page.get_by_role("button", name="陈静 approves").click()
    expect(steps.filter(has_text="Finance check")).to_contain_text("David Miller")
    shots(page, "flow - test run")
    page.get_by_role("button", name="Emma Clarke approves").click()
    expect(page.locator(".play-told")).to_contain_text("It ends: Approved")


def handle_an_order(site: Site, shots) -> None:
    """The rep submits an order on a phone; whoever is asked decides on one."""
    phone: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    rep = site.as_("liu.yang", **phone)
    number = make_order(rep, WHARTON, "25", reason="They order for the year.")
    for who in ("david.miller", "chen.jing", "emma.clarke"):
        page = site.as_(who, **phone)
        page.goto("/inbox")
        page.locator(".inbox-list a").filter(has_text=number).tap()
        expect(page.locator("#task-title")).to_have_text(number)
        shots(page, f"flow - phone {who}")
        decide(page, "approve", number)
    rep.reload()
    expect(rep.locator(".highlights .badge")).to_have_text("Approved")
