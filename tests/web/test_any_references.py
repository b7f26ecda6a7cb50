"""References to a record of one of several entities: set, shown, found, judged, removed, converted."""

import re

from bs4 import BeautifulSoup

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.documents import put_over
from guanxi.commands.releases.planning import plan_change
from guanxi.definitions import Document
from tests.web.forms import the
from tests.web.test_contact_fields import inputs_of

ABOUT = {"type": "reference", "to": ["tag", "firm"], "label": {"en": "About", "zh-CN": "关于"}}
FIELDS = {
    "about": ABOUT,
    "firm": {"type": "reference", "to": "firm"},
    "own": {"type": "boolean", "formula": "about == firm"},
    "other": {"type": "boolean", "formula": "about != firm"},
    "empty": {"type": "boolean", "formula": "missing(about)"},
    "kind": {"type": "text", "formula": "about.entity"},
    "number": {"type": "integer", "formula": "about.id"},
}
RIGHTS = ["read", "create", "update", "delete"]
RECORDS = "/api/v1/records/trial"


def named(name, **fields):
    label = {"en": name.capitalize(), "zh-CN": {"tag": "标签", "firm": "公司"}.get(name, "试用")}
    return {
        "kind": "entity", "name": name, "label": label, "title": "name",
        "fields": {"name": {"type": "text", "required": True}, **fields},
    }  # fmt: skip


def role(name, rows):
    grants = {one: [{"rows": "all", "can": RIGHTS}] for one in ("tag", "trial")}
    grants["firm"] = [{"rows": rows, "can": RIGHTS}]
    return {"kind": "role", "name": name, "label": {"en": name}, "grants": grants}


async def publish(site, fields):
    trial = named("trial", **fields)
    shown = (
        ["name", "about", "about.entity"] if isinstance(fields["about"]["to"], list) else ["name", "about"]
    )
    lists = {
        "kind": "layout", "name": "trial_list", "of": "trial", "view": "list",
        "columns": shown, "filters": shown[1:],
    }  # fmt: skip
    firm = named("firm", secret={"type": "boolean"})
    roles = [role("keeper", "all"), role("guest", {"where": "missing(secret)"})]
    documents = [Document(one["name"], one) for one in (named("tag"), firm, trial, lists, *roles)]
    every = put_over((await site.workspace.live()).documents, documents)
    plan = await plan_change(site.workspace, OPERATOR, every)
    await apply_plan(site.workspace, OPERATOR, plan)
    return plan


async def two(site, **more):
    await publish(site, {**FIELDS, "about": {**ABOUT, **more}})
    keeper = await site.api(await site.with_password("Li Wei", "keeper"))
    guest = await site.api(await site.with_password("Zhang Min", "guest"))
    ids = {}
    for path, name, secret in (
        ("tag", "Hot", {}),
        ("firm", "Acme", {}),
        ("firm", "Covert", {"secret": True}),
    ):
        made = await keeper.post(f"/api/v1/records/{path}", json={"name": name, **secret})
        assert made.status_code == 201, made.text
        ids[name] = made.json()["id"]
    return keeper, guest, ids


def link(entity, id_):
    return {"entity": entity, "id": id_}


async def test_it_is_set_read_and_computed_with(site):
    keeper, _, ids = await two(site)
    sent = {"name": "A", "about": link("firm", ids["Acme"]), "firm": ids["Acme"]}
    made = await keeper.post(RECORDS, json=sent)
    assert made.status_code == 201, made.text
    record = made.json()
    assert record["about"] == {**link("firm", ids["Acme"]), "title": "Acme"}
    computed = {"own": True, "other": False, "empty": False, "kind": "firm", "number": int(ids["Acme"])}
    assert {name: record[name] for name in computed} == computed
    await keeper.post(RECORDS, json={"name": "B", "about": record["about"] | link("tag", ids["Hot"])})
    await keeper.post(RECORDS, json={"name": "C", "about": link("firm", ids["Covert"]), "firm": ids["Acme"]})
    await keeper.post(RECORDS, json={"name": "D", "firm": ids["Acme"]})
    for where, found in {
        "about.entity == 'firm'": "AC",
        "about == firm": "A",
        "about != firm": "C",
        "firm == about": "A",
        "missing(about)": "D",
        f"about == 'tag:{ids['Hot']}'": "B",
        f"about.id == {ids['Covert']} and about.entity == 'firm'": "C",
        "not own": "BCD",
    }.items():
        reply = (await keeper.get(RECORDS, params={"where": where, "sort": "name"})).json()
        assert "".join(one["name"] for one in reply.get("items", ())) == found, (where, reply)
    listed = (await keeper.get(RECORDS, params={"sort": "name"})).json()["items"]
    assert [one["about"] and one["about"]["title"] for one in listed] == ["Acme", "Hot", "Covert", None]
    here = f"{RECORDS}/{record['id']}"
    changed = await keeper.patch(here, json={"about": link("tag", ids["Hot"])}, headers={"If-Match": '"1"'})
    assert (changed.json()["about"]["title"], changed.json()["own"]) == ("Hot", False)
    history = (await keeper.get(f"{here}/history")).json()["items"][0]["changes"]
    assert {"field": "about", "label": "About", "before": "Acme", "after": "Hot"} in history
    for wrong in (link("account", "1"), link("tag", "99"), "12", "tag:x", {"id": ids["Hot"]}, 5, ["tag:1"]):
        reply = await keeper.post(RECORDS, json={"name": "E", "about": wrong})
        assert (reply.status_code, reply.json()["problems"][0]["field"]) == (422, "/about"), wrong
    for where in ("about < firm", "about == 'account:1'", "about", "about.name == 'Hot'"):
        assert (await keeper.get(RECORDS, params={"where": where})).status_code == 422, where
    schema = (await keeper.get("/api/openapi.json")).json()
    assert '"entity": {"enum": ["tag", "firm"]}' in repr(schema).replace("'", '"')


async def test_what_somebody_may_not_see_is_neither_named_nor_set(site):
    keeper, guest, ids = await two(site)
    made = await keeper.post(RECORDS, json={"name": "A", "about": link("firm", ids["Covert"])})
    assert made.json()["about"]["title"] == "Covert"
    seen = (await guest.get(f"{RECORDS}/{made.json()['id']}")).json()
    assert seen["about"] == {**link("firm", ids["Covert"]), "title": None}
    assert (await guest.get(RECORDS)).json()["items"][0]["about"]["title"] is None
    refused = await guest.post(RECORDS, json={"name": "B", "about": link("firm", ids["Covert"])})
    assert refused.status_code == 422
    offered = (await (await site.browser("Zhang Min")).get("/look-up/trial/about?q=")).text
    assert "Acme" in offered
    assert "Covert" not in offered


async def test_what_is_referred_to_stays_or_leaves_nothing_behind(site):
    keeper, _, ids = await two(site)
    await keeper.post(RECORDS, json={"name": "A", "about": link("firm", ids["Acme"])})
    used = await keeper.delete(f"/api/v1/records/firm/{ids['Acme']}", headers={"If-Match": '"1"'})
    assert (used.status_code, "1 × Trial" in used.json()["title"] + str(used.json())) == (409, True)


async def test_what_is_referred_to_can_be_cleared(site):
    keeper, _, ids = await two(site, onDelete="clear")
    made = (await keeper.post(RECORDS, json={"name": "A", "about": link("firm", ids["Acme"])})).json()
    gone = await keeper.delete(f"/api/v1/records/firm/{ids['Acme']}", headers={"If-Match": '"1"'})
    assert gone.status_code == 204, gone.text
    left = (await keeper.get(f"{RECORDS}/{made['id']}")).json()
    assert left["about"] is None
    reply = await keeper.get(RECORDS, params={"where": "missing(about.entity) and missing(about.id)"})
    assert len(reply.json()["items"]) == 1


async def test_a_form_asks_for_it_in_one_look_up_and_lists_filter_by_kind_and_record(site):
    keeper, _, ids = await two(site)
    browser = await site.browser("Li Wei")
    form = BeautifulSoup((await browser.get("/records/trial/new")).text, "html.parser")
    offered = BeautifulSoup((await browser.get("/look-up/trial/about?q=")).text, "html.parser")
    assert {one["data-value"]: the(one, "small").text for one in offered.select("[data-value]")} == {
        f"tag:{ids['Hot']}": "Tag",
        f"firm:{ids['Acme']}": "Firm",
        f"firm:{ids['Covert']}": "Firm",
    }
    typed = inputs_of(form) | {"name": "A", "about": "", "about._text": "acme"}
    reply = await browser.post("/records/trial", data=typed)
    assert reply.status_code == 303, reply.text
    id_ = re.findall(r"[0-9]+", reply.headers["location"])[0]
    assert (await keeper.get(f"{RECORDS}/{id_}")).json()["about"]["title"] == "Acme"
    page = BeautifulSoup((await browser.get(f"/records/trial/{id_}")).text, "html.parser")
    assert page.select(f"a[href='/records/firm/{ids['Acme']}']")
    form = BeautifulSoup((await browser.get(f"/records/trial/{id_}/edit")).text, "html.parser")
    assert the(form, "input[name='about._text']")["value"] == "Acme"
    typed = inputs_of(form) | {"about": f"tag:{ids['Hot']}", "about._text": "Hot"}
    assert (await browser.post(f"/records/trial/{id_}", data=typed)).status_code == 303
    await keeper.post(RECORDS, json={"name": "B", "about": link("firm", ids["Covert"])})
    for query, found in {
        f"about=tag:{ids['Hot']}": ["A"],
        "about.entity=firm": ["B"],
        "about.entity=firm&about.entity=tag": ["A", "B"],
    }.items():
        page = BeautifulSoup((await browser.get(f"/records/trial?{query}")).text, "html.parser")
        assert sorted(row.select("td, th")[0].text.strip() for row in page.select("tbody tr")) == found, query
        assert page.select(".chip.set"), query
    heads = [one.text.strip() for one in page.select("thead th")]
    assert heads[:3] == ["Name", "About", "About · Kind"]


async def test_a_reference_becomes_one_of_several_and_back(site):
    one = {"type": "reference", "to": "firm", "label": ABOUT["label"]}
    await publish(site, {"about": one})
    keeper = await site.api(await site.with_password("Li Wei", "keeper"))
    firm = (await keeper.post("/api/v1/records/firm", json={"name": "Acme"})).json()["id"]
    tag = (await keeper.post("/api/v1/records/tag", json={"name": "Hot"})).json()["id"]
    made = (await keeper.post(RECORDS, json={"name": "A", "about": firm})).json()
    plan = await publish(site, {"about": ABOUT})
    assert plan.cls == "lossless"
    here = f"{RECORDS}/{made['id']}"
    assert (await keeper.get(here)).json()["about"] == {**link("firm", firm), "title": "Acme"}
    other = (await keeper.post(RECORDS, json={"name": "B", "about": link("tag", tag)})).json()
    live = (await site.workspace.live()).documents
    trial = Document("trial", named("trial", about=one))
    lists = next(one for one in live if one.name == "trial_list")
    plain = Document("trial_list", {**lists.data, "columns": ["name", "about"], "filters": ["about"]})
    back = await plan_change(site.workspace, OPERATOR, put_over(live, [trial, plain]))
    told = [finding for one in back.changes for finding in one.findings]
    assert [(one.cls, one.rows) for one in told] == [("needsDecision", 1)]
    assert f"tag:{tag}" in str(told[0].samples)
    await keeper.delete(f"{RECORDS}/{other['id']}", headers={"If-Match": '"1"'})
    back = await plan_change(site.workspace, OPERATOR, put_over(live, [trial, plain]))
    await apply_plan(site.workspace, OPERATOR, back)
    assert (await keeper.get(here)).json()["about"] == {"id": firm, "title": "Acme"}
