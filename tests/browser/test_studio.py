"""Walk 3: an administrator changes the system in the browser while four processes serve people at work."""

import re
import time

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.load import under_load

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
ACCOUNT = "/studio/entities/account"
REP_IN_CHINESE = f"{ACCOUNT}/preview?role=rep&language=zh-CN"


def test_a_change_from_the_first_click_to_the_way_back(busy_site, shots):
    site, token = busy_site
    admin, rep = site.as_("lin.tao"), site.as_("li.wei")
    add_channel(admin)
    add_shop(admin)
    add_full_name(admin)
    add_partner_section(admin)
    shots(admin, "walk - layout")

    admin.goto(REP_IN_CHINESE)
    form = admin.locator("#form")
    expect(form).to_contain_text("渠道")
    expect(form.get_by_role("heading", name="伙伴资料")).to_have_count(0)
    form.locator("#f-channel").select_option("partner")
    expect(form.get_by_role("heading", name="伙伴资料")).to_be_visible()
    expect(form.locator("#f-shop option")).to_have_text(["无", "Dealer"])
    shots(admin, "walk - preview")
    rep.goto("/records/account/new")
    expect(rep.locator("#f-channel")).to_have_count(0)

    admin.goto("/studio/publish")
    for said in ("Channel", "Shop", "Full name", "Partners"):
        expect(admin.locator("main")).to_contain_text(said)
    shots(admin, "walk - plan")
    with under_load(site.address, token) as load:
        publish(admin, "We sell through partners")
        time.sleep(1)
        before = len(load.shapes)
        time.sleep(1)
    assert len(set(load.shapes)) == 2, "each request sees one version"
    assert len(set(load.shapes[before + 60 :])) == 1, "a second later every process knows"

    here = enter_customer(rep)
    see_it_everywhere(rep, token, site.address, here)
    shots(rep, "walk - list")

    remove_channel(admin)
    publish(admin, "Not any more")
    rep.goto("/records/account?channel=partner&sort=-channel")
    expect(rep.locator("main")).to_be_visible()
    rep.goto(here)
    expect(rep.locator("main")).not_to_contain_text("Partner")

    admin.goto("/studio/history")
    admin.locator("tbody a.btn").first.click()
    expect(admin.locator("main")).to_contain_text("values of earlier are there again")
    admin.locator(".plan-go").get_by_role("button").last.click()
    admin.wait_for_url(re.compile(r"/studio(/history)?(\?|$)"))
    rep.goto(here)
    expect(rep.locator("main")).to_contain_text("Partner")
    expect(rep.locator("main")).to_contain_text("Dealer")


def add_channel(page: Page) -> None:
    """A choice with labels in both languages, shown on the page, in the list and as a filter."""
    page.goto(ACCOUNT)
    page.get_by_role("link", name="Add field").click()
    name_field(page, "Channel", "渠道", "select")
    for number, (english, chinese) in enumerate((("Web shop", "网店"), ("Partner", "合作伙伴"))):
        add_option(page, number, english, chinese)
    page.locator("#f-_column").check()
    page.locator("#f-_filter").check()
    save(page)


def add_shop(page: Page) -> None:
    """A choice whose options depend on the channel."""
    page.goto(f"{ACCOUNT}/new-field")
    name_field(page, "Shop", "店铺", "select")
    for number, (label, channel) in enumerate((("Tmall", "web_shop"), ("Dealer", "partner"))):
        add_option(page, number, label)
        item = page.locator(f"[data-sortable=options] > [data-index='{number}']")
        if not item.locator("details").evaluate("it => it.open"):
            item.locator("summary").click()
        item.get_by_role("button", name="Add condition").click()
        page.locator(f"#f-options-{number}-when-0-field").select_option("channel")
        page.get_by_role("button", name="Show fitting values").last.click()
        page.locator(f"select#f-options-{number}-when-0-value").select_option(channel)
    save(page)


def add_full_name(page: Page) -> None:
    """A formula."""
    page.goto(f"{ACCOUNT}/new-field")
    name_field(page, "Full name", "全称", "text")
    page.locator("#f-formula").fill("name + ' / ' + coalesce(city, '-')")
    save(page)


def add_partner_section(page: Page) -> None:
    """A section that is shown where the channel is a partner."""
    page.goto(f"{ACCOUNT}/layouts/detail")
    sections = page.locator("[data-sortable=sections] > [data-index]")
    number = sections.count()
    page.get_by_role("button", name="Add section").click()
    expect(sections).to_have_count(number + 1)
    section = sections.last
    page.locator(f"#f-sections-{number}-label-en").fill("Partners")
    page.locator(f"#f-sections-{number}-label-zh-CN").fill("伙伴资料")
    section.get_by_role("button", name="Add field").click()
    page.locator(f"#f-sections-{number}-fields-0-field").select_option("shop")
    section.get_by_role("button", name="Add condition").click()
    page.locator(f"#f-sections-{number}-visibleWhen-0-field").select_option("channel")
    section.get_by_role("button", name="Show fitting values").click()
    page.locator(f"select#f-sections-{number}-visibleWhen-0-value").select_option("partner")
    leave_out(page, "shop")
    save(page)


def leave_out(page: Page, field: str) -> None:
    """Take a field out of the first section that has it: it stands in the new one."""
    row = page.locator(f"[data-sortable$='.fields'] > [data-index]:has(option[value='{field}'][selected])")
    before = row.count()
    row.first.get_by_role("button", name=re.compile("Leave out")).click()
    expect(row).to_have_count(before - 1)


def name_field(page: Page, english: str, chinese: str, kind: str) -> None:
    """Labels and type of a new field."""
    page.locator("#f-label-en").fill(english)
    page.locator("#f-label-zh-CN").fill(chinese)
    page.locator("#f-type").select_option(kind)
    page.get_by_role("button", name="Show what this type needs").click()


def add_option(page: Page, number: int, english: str, chinese: str = "") -> None:
    """One more option of a choice."""
    page.get_by_role("button", name="Add option").click()
    label = page.locator(f"#f-options-{number}-label-en")
    expect(label).to_be_focused()
    label.fill(english)
    page.locator(f"#f-options-{number}-label-zh-CN").fill(chinese)


def save(page: Page) -> None:
    """Keep the form in the draft."""
    page.locator(".form-foot").get_by_role("button", name="Save draft").click()
    expect(page.locator(".toast").last).to_be_visible()
    expect(page.locator("#summary")).to_have_count(0)
    expect(page.locator(".troubles")).to_have_count(0)


def publish(page: Page, note: str) -> None:
    """Make the draft live."""
    page.goto("/studio/publish")
    go = page.locator(".plan-go")
    go.locator("[name=note]").fill(note)
    for lossy in go.locator("[type=checkbox]").all():
        lossy.check()
    go.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"/studio(\?|$)"))


def enter_customer(rep: Page) -> str:
    """A rep enters a customer in the form; the address of its page."""
    rep.goto("/records/account/new")
    rep.locator("#f-name").fill("Huaxin")
    rep.locator("#f-channel").select_option("partner")
    expect(rep.locator("#f-shop option")).to_have_text(["None", "Dealer"])
    rep.locator("#f-shop").select_option("dealer")
    rep.locator("#save").click()
    rep.wait_for_url(re.compile(r"/records/account/\d+"))
    expect(rep.get_by_role("heading", name="Partners")).to_be_visible()
    expect(rep.locator("main")).to_contain_text("Huaxin / -")
    return rep.url.split("?")[0]


def see_it_everywhere(rep: Page, token: str, address: str, here: str) -> None:
    """The list with its filter, and the API."""
    rep.goto("/records/account?channel=partner")
    expect(rep.locator("thead")).to_contain_text("Channel")
    expect(rep.locator("tbody tr")).to_have_count(1)
    headers = {"Authorization": f"Bearer {token}"}
    record = httpx.get(f"{address}/api/v1/records/account/{here.rpartition('/')[2]}", headers=headers).json()
    assert (record["channel"], record["shop"], record["full_name"]) == ("partner", "dealer", "Huaxin / -")


def remove_channel(page: Page) -> None:
    """What still uses the field is told first; then it goes with them."""
    page.goto(f"{ACCOUNT}/fields/channel/remove")
    expect(page.locator(".uses")).to_contain_text("Shop")
    expect(page.locator(".btn-danger")).to_have_count(0)
    remove(page, "shop")
    page.goto(f"{ACCOUNT}/layouts/detail")
    part = page.locator("[data-sortable=sections] > [data-index]").last
    part.locator(".card-head").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Partners")).to_have_count(0)
    save(page)
    remove(page, "channel")


def remove(page: Page, field: str) -> None:
    """Remove a field that nothing stands against."""
    page.goto(f"{ACCOUNT}/fields/{field}/remove")
    page.locator("main").get_by_role("button", name="Remove").click()
    page.wait_for_url(re.compile(rf"{ACCOUNT}(\?|$)"))
