"""What approvers do on pages: forms without JavaScript, each refused or carried out."""

import re

import pytest

from guanxi.storage.credentials import set_password
from tests.web.crm import make_crm
from tests.web.site import hash_of_password


@pytest.fixture
async def crm(site):
    """People and records; everybody can sign in."""
    made = await make_crm(site)
    async with site.workspace.database.transaction() as session:
        for id_ in made.ids.values():
            await set_password(session, id_, hash_of_password(), site.clock.now())
    return made


@pytest.fixture
async def task(crm):
    """The id of the manager's task, and the order it is about."""
    order = await crm.submitted("15")
    (found,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
    return found["id"], order


def field(page, name):
    (value,) = re.findall(rf'name="{name}" value="([^"]*)"', page)
    return value


async def test_the_card_offers_what_the_step_allows_and_leads_to_the_whole(crm, site, task):
    browser, (id_, _) = await site.browser("Wang Fang"), task
    page = (await browser.get(f"/inbox/{id_}")).text
    assert re.findall(rf'href="/inbox/{id_}/(\w+)"', page) == [
        "return", "ask", "transfer", "delegate", "add", "copy",
    ]  # fmt: skip
    (whole,) = re.findall(r'href="(/approvals/\d+)"', page)
    shown = (await browser.get(whole)).text
    assert "Li Wei submitted it" in shown
    assert 'class="flow-box now approve"' in shown
    assert (await browser.get(f"/inbox/{id_}/skip")).status_code == 404


async def test_returned_with_a_comment_it_is_the_submitters_again(crm, site, task):
    browser, (id_, order) = await site.browser("Wang Fang"), task
    here = f"/inbox/{id_}/return"
    key = field((await browser.get(here)).text, "_key")
    refused = await browser.post(here, data={"place": "submitter", "comment": " ", "_key": key})
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    unknown = await browser.post(here, data={"place": "manager", "comment": "No", "_key": key})
    assert unknown.status_code == 422
    done = await browser.post(here, data={"place": "submitter", "comment": "Less, please", "_key": key})
    assert (done.status_code, done.headers["location"]) == (303, f"/inbox/{id_}?said=returned")
    rep = await site.browser("Li Wei")
    record = (await rep.get(f"/records/order/{order}")).text
    assert "Less, please" in record
    assert "Returned" in record
    assert (await crm.rep.get(f"/api/v1/records/order/{order}")).json()["status"] == "draft"


async def test_a_task_is_handed_on_by_name_and_only_to_whom_the_step_allows(crm, site, task):
    browser, (id_, _) = await site.browser("Wang Fang"), task
    here = f"/inbox/{id_}/transfer"
    offered = (await browser.get(f"{here}/people", params={"q": "chen"})).text
    assert "Chen Jing" in offered
    assert "Nothing found" in (await browser.get(f"{here}/people", params={"q": "li wei"})).text
    outside = await browser.post(here, data={"person._text": "Li Wei", "comment": "kept"})
    assert outside.status_code == 422
    assert "Choose a person from the list." in outside.text
    assert "kept" in outside.text
    done = await browser.post(here, data={"person._text": "chen jing"})
    assert done.headers["location"].endswith("said=transferred")
    assert (await crm.manager.get("/api/v1/tasks")).json()["items"] == []
    assert len((await crm.director.get("/api/v1/tasks")).json()["items"]) == 1


async def test_who_is_asked_replies_and_decides_nothing(crm, site, task):
    manager, (id_, _) = await site.browser("Wang Fang"), task
    asked = {"person": str(crm.ids["rep"]), "comment": "Who else offers?"}
    assert (await manager.post(f"/inbox/{id_}/ask", data=asked)).status_code == 303
    (found,) = (await crm.rep.get("/api/v1/tasks")).json()["items"]
    rep = await site.browser("Li Wei")
    page = (await rep.get(f"/inbox/{found['id']}")).text
    assert 'id="reply"' in page
    assert "Who else offers?" in page
    assert 'id="approve"' not in page
    empty = await rep.post(f"/inbox/{found['id']}/reply", data={"comment": ""})
    assert empty.status_code == 422
    done = await rep.post(f"/inbox/{found['id']}/reply", data={"comment": "Nobody"})
    assert done.status_code == 303
    (again,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
    assert "Nobody" in (await manager.get(f"/inbox/{again['id']}")).text


async def test_a_row_without_a_mark_has_none_in_any_language(crm, site, task):
    browser = await site.browser("Wang Fang")
    browser.cookies.set("guanxi_language", "zh-CN")
    page = (await browser.get("/inbox")).text
    assert "待我审批" in page
    rows = page[page.index('class="card tasks inbox-list"') : page.index('class="inbox-detail"')]
    assert 'class="badge' not in rows


async def test_many_are_decided_at_once_and_each_is_told(crm, site, task):
    manager, (first, _) = await site.browser("Wang Fang"), task
    await crm.submitted("12")
    ids = [one["id"] for one in (await crm.manager.get("/api/v1/tasks")).json()["items"]]
    page = (await manager.get("/inbox")).text
    assert sorted(re.findall(r'name="task" value="(\d+)"', page)) == sorted(map(str, ids))
    why = await manager.post("/inbox/decide", data={"task": ids, "answer": "reject", "comment": ""})
    assert why.status_code == 422
    assert "Say why you reject them" in why.text
    assert why.text.count(" checked") >= len(ids)
    none = await manager.post("/inbox/decide", data={"answer": "approve"})
    assert "Select the requests to decide." in none.text
    data = {"task": [*ids, "999999"], "answer": "approve", "comment": "All fine"}
    told = await manager.post("/inbox/decide", data=data)
    assert f"{len(ids)} of {len(ids) + 1} decided" in told.text
    assert "There is no such task" in told.text
    assert (await crm.manager.get("/api/v1/tasks")).json()["items"] == []
    assert (await crm.manager.get(f"/api/v1/tasks/{first}")).json()["outcome"] == "approve"


async def test_a_remark_mentions_carries_a_file_and_is_read_by_who_takes_part(crm, site, task):
    manager, (id_, _) = await site.browser("Wang Fang"), task
    (whole,) = re.findall(r'href="(/approvals/\d+)"', (await manager.get(f"/inbox/{id_}")).text)
    page = (await manager.get(f"{whole}/remark")).text
    assert "@Li Wei" in page
    key = field(page, "_key")
    files = {"file": ("offer.txt", b"An offer", "text/plain")}
    text = {"text": "@li wei see the offer", "_key": key}
    done = await manager.post(f"{whole}/remark", data=text, files=files)
    assert done.status_code == 303, done.text
    rep = await site.browser("Li Wei")
    shown = (await rep.get(whole)).text
    assert "see the offer" in shown
    (href,) = re.findall(r'href="(/files/[^"]+)"', shown)
    assert (await rep.get(href)).content == b"An offer"
    assert "see the offer" in (await rep.get("/notifications")).text


async def test_only_who_manages_the_process_reassigns_moves_and_cancels(crm, site, task):
    manager, admin = await site.browser("Wang Fang"), await site.browser("Lin Tao")
    id_, order = task
    (whole,) = re.findall(r'href="(/approvals/\d+)"', (await manager.get(f"/inbox/{id_}")).text)
    assert (await manager.get(f"{whole}/cancel")).status_code == 404
    assert f'href="{whole}/cancel"' in (await admin.get(whole)).text
    data = {"place": str(id_), "person._text": "Chen", "comment": "On leave"}
    given = await admin.post(f"{whole}/assign", data=data)
    assert given.status_code == 303, given.text
    assert len((await crm.director.get("/api/v1/tasks")).json()["items"]) == 1
    ended = await admin.post(f"{whole}/cancel", data={"comment": "Withdrawn"})
    assert ended.status_code == 303
    assert "Lin Tao cancelled it" in (await admin.get(whole)).text
    assert (await crm.rep.get(f"/api/v1/records/order/{order}")).json()["status"] == "draft"


async def test_a_deputy_decides_in_the_name_of_who_is_away(crm, site, task):
    manager, (id_, _) = await site.browser("Wang Fang"), task
    wrong = await manager.post("/absence", data={"first_day": "soon", "last_day": "", "deputy": ""})
    assert wrong.status_code == 422
    assert wrong.text.count("Enter a day") == 2
    today = site.clock.now().date().isoformat()
    days = {"first_day": today, "last_day": today, "deputy._text": "Chen Jing"}
    assert (await manager.post("/absence", data=days)).status_code == 303
    assert "You are away now. Chen Jing decides for you." in (await manager.get("/inbox")).text
    deputy = await site.browser("Chen Jing")
    page = (await deputy.get(f"/inbox/{id_}")).text
    assert "You decide for Wang Fang, who is away." in page
    done = await deputy.post(f"/inbox/{id_}/decide/approve", data={"comment": "Yes"})
    assert done.status_code == 303, done.text
    (whole,) = re.findall(r'href="(/approvals/\d+)"', page)
    assert "Chen Jing for Wang Fang approved it" in (await manager.get(whole)).text
    assert (await manager.post("/absence/end", data={"deputy": ""})).status_code == 303
    assert "You are away now" not in (await manager.get("/inbox")).text


async def test_filters_narrow_a_box_and_are_kept(crm, site, task):
    manager, (id_, _) = await site.browser("Wang Fang"), task
    shown = (await manager.get("/inbox", params={"overdue": "true"})).text
    assert "No request here fits the filters." in shown
    by = {"submitter": str(crm.ids["rep"]), "submitter._text": "Li Wei", "order": "due"}
    found = (await manager.get("/inbox", params=by)).text
    assert f'href="/inbox/{id_}?submitter={crm.ids["rep"]}' in found
    tomorrow = {"asked.from": "2099-01-01"}
    assert "No request here fits" in (await manager.get("/inbox", params=tomorrow)).text
    assert "Chen" in (await manager.get("/inbox/submitters", params={"q": "chen"})).text
