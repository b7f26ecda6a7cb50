"""Fields of several references: links that are set, shown and kept by what somebody may see."""

import re

from bs4 import BeautifulSoup

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.documents import put_over
from guanxi.commands.releases.planning import plan_change
from guanxi.definitions import Document
from tests.web.forms import the
from tests.web.test_contact_fields import inputs_of

TAGS = {
    "type": "references", "to": "tag", "choices": "not missing(name) and not old",
    "label": {"en": "Tags", "zh-CN": "标签"},
}  # fmt: skip
FIELDS = {
    "tags": TAGS,
    "weight": {"type": "integer", "formula": "sum(tags.weight)"},
    "hot": {"type": "boolean", "formula": "any(t.name == 'Hot' for t in tags)"},
}
TAG = {
    "kind": "entity", "name": "tag", "label": {"en": "Tag"}, "title": "name",
    "fields": {
        "name": {"type": "text", "required": True}, "weight": {"type": "integer"}, "old": {"type": "boolean"},
        "secret": {"type": "boolean"},
    },
}  # fmt: skip
RECORDS, TAG_RECORDS = "/api/v1/records/trial", "/api/v1/records/tag"


def role(name, rows):
    grants = {
        "tag": [{"rows": rows, "can": ["read", "create", "update", "delete"]}],
        "trial": [{"rows": "all", "can": ["read", "create", "update", "delete"]}],
    }
    return {"kind": "role", "name": name, "label": {"en": name}, "grants": grants}


async def publish(site, fields):
    trial = {
        "kind": "entity", "name": "trial", "label": {"en": "Trial"}, "title": "name",
        "fields": {"name": {"type": "text"}, **fields},
    }  # fmt: skip
    lists = {
        "kind": "layout", "name": "trial_list", "of": "trial", "view": "list",
        "columns": ["name", *fields], "filters": [*(name for name in fields if name == "tags"), "name"],
    }  # fmt: skip
    roles = [role("keeper", "all"), role("guest", {"where": "missing(secret)"})]
    documents = [Document(one["name"], one) for one in (TAG, trial, lists, *roles)]
    every = put_over((await site.workspace.live()).documents, documents)
    await apply_plan(site.workspace, OPERATOR, await plan_change(site.workspace, OPERATOR, every))


async def two(site):
    """Tags, and the programs of somebody who sees all of them and of somebody who does not."""
    await publish(site, FIELDS)
    keeper = await site.api(await site.with_password("Li Wei", "keeper"))
    guest = await site.api(await site.with_password("Zhang Min", "guest"))
    ids = {}
    made_of: dict[str, dict[str, object]] = {
        "Hot": {"weight": 3},
        "New": {"weight": 4},
        "Old": {"old": True},
        "Covert": {"secret": True},
    }
    for name, more in made_of.items():
        made = await keeper.post(TAG_RECORDS, json={"name": name, **more})
        assert made.status_code == 201, made.text
        ids[name] = made.json()["id"]
    return keeper, guest, ids


def names(record):
    return [one["title"] for one in record["tags"]]


async def test_links_are_set_read_and_computed_with(site):
    keeper, _, ids = await two(site)
    made = await keeper.post(
        RECORDS, json={"name": "A", "tags": [ids["Hot"], {"id": ids["New"]}, ids["Hot"]]}
    )
    assert made.status_code == 201, made.text
    record = made.json()
    assert (names(record), record["weight"], record["hot"]) == (["Hot", "New"], 7, True)
    await keeper.post(RECORDS, json={"name": "B", "tags": [ids["New"]]})
    await keeper.post(RECORDS, json={"name": "C"})
    for where, found in {
        "count(tags) == 2": "A",
        "any(t.name == 'New' for t in tags)": "AB",
        "all(t.weight > 3 for t in tags)": "BC",
        "max(tags.weight) == 4 and not hot": "B",
        f"any(t == '{ids['Hot']}' for t in tags)": "A",
    }.items():
        reply = (await keeper.get(RECORDS, params={"where": where, "sort": "name"})).json()
        assert "".join(one["name"] for one in reply["items"]) == found, (where, reply)
    here = f"{RECORDS}/{record['id']}"
    changed = await keeper.patch(here, json={"tags": [ids["New"]]}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200, changed.text
    assert (names(changed.json()), changed.json()["weight"], changed.json()["hot"]) == (["New"], 4, False)
    history = (await keeper.get(f"{here}/history")).json()["items"][0]["changes"]
    assert {"field": "tags", "label": "Tags", "before": "Hot", "after": None} in history
    same = await keeper.patch(here, json={"tags": [ids["New"]]}, headers={"If-Match": '"2"'})
    assert same.json()["version"] == 2
    for sent in ([ids["Old"]], ["999999"], ["x"], "12", [{"name": "Hot"}]):
        wrong = await keeper.post(RECORDS, json={"name": "D", "tags": sent})
        assert wrong.status_code == 422, sent
        assert wrong.json()["problems"][0]["field"].startswith("/tags")
    used = await keeper.delete(f"{TAG_RECORDS}/{ids['New']}", headers={"If-Match": '"1"'})
    assert used.status_code == 409


async def test_what_somebody_may_not_see_is_neither_shown_nor_set_and_is_kept(site):
    keeper, guest, ids = await two(site)
    made = (await keeper.post(RECORDS, json={"name": "A", "tags": [ids["Covert"], ids["Hot"]]})).json()
    here = f"{RECORDS}/{made['id']}"
    assert names((await guest.get(here)).json()) == ["Hot"]
    assert (await guest.post(RECORDS, json={"name": "B", "tags": [ids["Covert"]]})).status_code == 422
    changed = await guest.patch(here, json={"tags": [ids["New"]]}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200, changed.text
    assert names(changed.json()) == ["New"]
    assert set(names((await keeper.get(here)).json())) == {"Covert", "New"}
    browser = await site.browser("Zhang Min")
    form = BeautifulSoup((await browser.get(f"/records/trial/{made['id']}/edit")).text, "html.parser")
    assert [one["value"] for one in form.select("input[name=tags][checked]")] == [ids["New"]]
    assert ids["Covert"] not in the(form, "input[name='_was.tags']")["value"]
    assert "Covert" not in (await browser.get(f"/records/trial/{made['id']}")).text


async def test_a_form_adds_by_title_and_takes_out_by_a_box(site):
    keeper, _, ids = await two(site)
    browser = await site.browser("Li Wei")
    form = BeautifulSoup((await browser.get("/records/trial/new")).text, "html.parser")
    offered = (await browser.get("/look-up/trial/tags?q=")).text
    assert "Hot" in offered
    assert "Old" not in offered
    typed = inputs_of(form) | {"name": "A", "tags._add": "", "tags._add._text": "hot"}
    reply = await browser.post("/records/trial", data=typed)
    assert reply.status_code == 303, reply.text
    id_ = re.findall(r"[0-9]+", reply.headers["location"])[0]
    page = BeautifulSoup((await browser.get(f"/records/trial/{id_}")).text, "html.parser")
    assert the(page, ".badges a").text == "Hot"
    form = BeautifulSoup((await browser.get(f"/records/trial/{id_}/edit")).text, "html.parser")
    typed = inputs_of(form) | {"tags": ["", ids["Hot"]], "tags._add": ids["New"], "tags._add._text": "New"}
    preview = await browser.post(f"/records/trial/{id_}/preview", data=typed)
    preview = BeautifulSoup(preview.text, "html.parser")
    assert [one["value"] for one in preview.select("input[name=tags][checked]")] == [ids["Hot"], ids["New"]]
    reply = await browser.post(f"/records/trial/{id_}", data=typed | {"tags": ""})
    assert reply.status_code == 303, reply.text
    assert names((await keeper.get(f"{RECORDS}/{id_}")).json()) == ["New"]
    form = BeautifulSoup((await browser.get(f"/records/trial/{id_}/edit")).text, "html.parser")
    typed = inputs_of(form) | {"tags": ["", ids["New"]], "tags._add._text": "nobody"}
    reply = await browser.post(f"/records/trial/{id_}", data=typed)
    assert reply.status_code == 422
    assert "there is nothing called “nobody”" in reply.text


async def test_a_field_that_was_removed_comes_back_with_its_links(site):
    keeper, _, ids = await two(site)
    made = (await keeper.post(RECORDS, json={"name": "A", "tags": [ids["Hot"]]})).json()
    live = await site.workspace.live()
    await publish(site, {"other": {"type": "text"}})
    assert "tags" not in (await keeper.get(f"{RECORDS}/{made['id']}")).json()
    plan = await plan_change(site.workspace, OPERATOR, live.documents, back_to=live.digest)
    await apply_plan(site.workspace, OPERATOR, plan)
    assert names((await keeper.get(f"{RECORDS}/{made['id']}")).json()) == ["Hot"]


def rows_of(page):
    return sorted(row.select("td, th")[0].text.strip() for row in page.select("tbody tr"))


async def test_a_list_shows_the_first_links_and_filters_by_one(site):
    keeper, _, ids = await two(site)
    every = [ids["Hot"], ids["New"], ids["Covert"]]
    await keeper.post(RECORDS, json={"name": "A", "tags": every})
    await keeper.post(RECORDS, json={"name": "B", "tags": [ids["New"]]})
    await keeper.post(RECORDS, json={"name": "C"})
    browser = await site.browser("Li Wei")
    page = BeautifulSoup((await browser.get("/records/trial?sort=name")).text, "html.parser")
    rows = [[one.text for one in row.select(".links .badge")] for row in page.select("tbody tr")]
    assert rows == [["Hot", "New", "+1"], ["New"], []]
    assert page.select(f".links a[href='/records/tag/{ids['Hot']}']")
    for id_, found in ((ids["New"], ["A", "B"]), (ids["Covert"], ["A"]), ("999", [])):
        page = BeautifulSoup((await browser.get(f"/records/trial?tags={id_}")).text, "html.parser")
        assert rows_of(page) == found, id_
    other = await site.browser("Zhang Min")
    page = BeautifulSoup((await other.get("/records/trial?sort=name")).text, "html.parser")
    assert [one.text for one in page.select("tbody tr")[0].select(".links .badge")] == ["Hot", "New"]
    page = BeautifulSoup((await other.get(f"/records/trial?tags={ids['Covert']}")).text, "html.parser")
    assert rows_of(page) == []
