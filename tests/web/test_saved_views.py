"""Saved views: kept, shared, changed, not in the way when a field goes (twenty #15893, espocrm #1537)."""

import copy

from bs4 import BeautifulSoup

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.documents import put_over
from guanxi.commands.releases.planning import plan_change
from guanxi.definitions import Document
from tests.web.forms import the

LIST = "/records/account"
VIEWS = "/lists/account/views"


async def soup(browser, address):
    reply = await browser.get(address)
    assert reply.status_code == 200, reply.text
    return BeautifulSoup(reply.text, "html.parser")


def inputs_of(page):
    """What a browser sends of the form besides boxes."""
    found = {one["name"]: one.get("value", "") for one in page.select(".act input[type=hidden]")}
    chosen = page.select_one(".act select option[selected]")
    return found | ({"_role": chosen["value"]} if chosen else {})


def tabs(page):
    return {one.text.strip(): one["href"] for one in page.select("nav.tabs a")}


def notes(page):
    return " ".join(one.text for one in page.select(".notice"))


async def three(site):
    """Who may share, who holds the role, and who does not; with two accounts."""
    admin = await site.api(await site.with_password("Lin Tao", "admin"))
    for name, *roles in (("Li Wei", "rep"), ("Wang Fang", "manager")):
        await site.with_password(name, *roles)
    for name, industry in (("Acorn", "retail"), ("Birch", "food")):
        made = await admin.post("/api/v1/records/account", json={"name": name, "industry": industry})
        assert made.status_code == 201, made.text
    return [await site.browser(name) for name in ("Lin Tao", "Li Wei", "Wang Fang")]


async def saved(browser, query, label, role=""):
    form = await soup(browser, f"{VIEWS}/new?{query}")
    typed = inputs_of(form) | {"_label": label, "_columns": ["name", "industry"]}
    typed |= {"_role": role} if role else {}
    reply = await browser.post(VIEWS, data=typed)
    assert reply.status_code == 303, reply.text
    return reply.headers["location"]


async def test_a_view_is_saved_opened_renamed_and_removed(site):
    admin, *_ = await three(site)
    page = await soup(admin, f"{LIST}?industry=retail&sort=-name")
    opened = str(the(page, "a.btn[href^='/lists/']")["href"])
    assert opened.startswith(f"{VIEWS}/new?")
    there = await saved(admin, opened.partition("?")[2], "Shops")
    page = await soup(admin, there)
    assert [
        one["data-name"] if one.has_attr("data-name") else one.text.strip() for one in page.select("thead th")
    ][:1]
    assert len(page.select("thead th")) == 2
    assert [row.select("td, th")[0].text.strip() for row in page.select("tbody tr")] == ["Acorn"]
    assert the(page, "nav.tabs a[aria-current]").text.strip() == "Shops"
    changes = str(the(page, f"a[href^='{VIEWS}/']:not([href*='/new'])")["href"])
    id_ = changes.partition("?")[0].rpartition("/")[2]
    typed = inputs_of(await soup(admin, f"{VIEWS}/{id_}")) | {"_label": "Stores", "_columns": ["name"]}
    assert (await admin.post(f"{VIEWS}/{id_}", data=typed)).status_code == 303
    page = await soup(admin, LIST)
    assert "Stores" in tabs(page)
    assert "Shops" not in tabs(page)
    assert len((await soup(admin, tabs(page)["Stores"])).select("thead th")) == 1
    again = await admin.post(VIEWS, data=typed)
    assert again.status_code == 422
    assert "You have a view of this name" in again.text
    assert (await admin.post(f"{VIEWS}/{id_}/delete", data={"_label": ""})).status_code == 303
    assert "Stores" not in tabs(await soup(admin, LIST))


async def test_a_view_is_for_who_saved_it_or_for_a_role(site):
    admin, rep, manager = await three(site)
    await saved(admin, "industry=retail", "My shops")
    await saved(admin, "industry=food", "For reps", role="rep")
    assert {"My shops", "For reps"} <= set(tabs(await soup(admin, LIST)))
    found = tabs(await soup(rep, LIST))
    assert "For reps" in found
    assert "My shops" not in found
    assert not {"My shops", "For reps"} & set(tabs(await soup(manager, LIST)))
    for id_ in (1, 2, 99):
        assert (await rep.get(f"{VIEWS}/{id_}")).status_code == 404
        assert (await rep.post(f"{VIEWS}/{id_}/delete", data={"_label": ""})).status_code == 404
    refused = await rep.post(VIEWS, data={"_label": "All", "_columns": "", "_role": "rep"})
    assert refused.status_code == 422
    assert "Only who may change the configuration" in refused.text
    assert "For reps" in tabs(await soup(rep, LIST))


async def change(site, change_account):
    documents = []
    for one in (await site.workspace.live()).documents:
        data = copy.deepcopy(one.data)
        change_account(data)
        documents.append(Document(one.file, data))
    live = (await site.workspace.live()).documents
    plan = await plan_change(site.workspace, OPERATOR, put_over(live, documents))
    await apply_plan(site.workspace, OPERATOR, plan)
    return plan


async def test_what_a_view_loses_is_left_out_with_a_notice(site):
    def with_score(data):
        if (data["kind"], data["name"]) == ("entity", "account"):
            data["fields"]["score"] = {"type": "integer"}
        if data["kind"] == "layout" and data.get("of") == "account" and data["view"] == "list":
            data["filters"] = [*data["filters"], "score"]

    def without_score(data):
        if (data["kind"], data["name"]) == ("entity", "account"):
            data["fields"].pop("score", None)
        if data["kind"] == "layout" and data.get("of") == "account" and data["view"] == "list":
            data["filters"] = [name for name in data["filters"] if name != "score"]

    admin, *_ = await three(site)
    await change(site, with_score)
    form = inputs_of(await soup(admin, f"{VIEWS}/new?score.from=3&industry=retail&sort=-score"))
    typed = form | {"_label": "Scored", "_columns": ["name", "score"]}
    assert (await admin.post(VIEWS, data=typed)).status_code == 303
    there = tabs(await soup(admin, LIST))["Scored"]
    assert "left out" not in notes(await soup(admin, there))
    plan = await change(site, without_score)
    told = [str(one.sentence) for each in plan.changes for one in each.findings]
    assert any("1 saved views" in one for one in told), told
    page = await soup(admin, tabs(await soup(admin, LIST))["Scored"])
    assert "left out" in notes(page)
    assert page.select("nav.tabs a[aria-current]")[0].text.strip() == "Scored"
    assert page.select("tbody tr")
