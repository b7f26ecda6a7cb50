"""Somebody saved first; and deleting, which asks before."""

import pytest

from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.errors import NotFound
from tests.web.forms import Form, form, open_shop, saved, the


@pytest.fixture
async def shop(site):
    return await open_shop(site)


async def changed_by_somebody(shop, stored, **payload):
    return await update_record(
        shop.workspace, shop.actor, "order", stored.id, payload, version=stored.version
    )


async def now(shop, stored):
    return (await read_record(shop.workspace, shop.actor, "order", stored.id)).values


async def crossing(shop, mine, **theirs):
    """Two open the form; the other one saves first."""
    stored = await saved(shop, note="First")
    opened = await form(shop, f"/records/order/{stored.id}/edit")
    await changed_by_somebody(shop, stored, **theirs)
    reply = await opened.fill(mine).save()
    assert reply.status_code == 409, reply.headers
    return stored, Form(shop.browser_, reply)


@pytest.mark.parametrize(("choice", "note"), [("mine", "Mine 我的"), ("theirs", "Theirs")])
async def test_both_values_are_shown_and_one_is_chosen(shop, choice, note):
    stored, page = await crossing(shop, {"note": "Mine 我的", "lines.0.quantity": "3"}, note="Theirs")
    row = page.soup.select_one(".versus tbody tr").get_text(" ", strip=True)
    assert "First" in row
    assert "Mine 我的" in row
    assert "Theirs" in row
    reply = await page.fill({"_choose.note": choice}).save()
    assert reply.status_code == 303, reply.text
    values = await now(shop, stored)
    assert values["note"] == note
    assert values["lines"][0]["quantity"] == 3


async def test_what_only_the_other_one_changed_is_kept_and_named(shop):
    stored, page = await crossing(shop, {"lines.0.discount": "5"}, note="Theirs")
    assert page.soup.select(".versus") == []
    assert "Theirs" in page.soup.select_one("dl.fields").get_text()
    assert (await page.save()).status_code == 303
    values = await now(shop, stored)
    assert values["note"] == "Theirs"
    assert values["lines"][0]["discount"] == 5


@pytest.mark.parametrize(("choice", "quantities"), [("mine", [3]), ("theirs", [1, 9])])
async def test_lines_are_chosen_as_a_whole(shop, choice, quantities):
    stored = await saved(shop)
    opened = await form(shop, f"/records/order/{stored.id}/edit")
    line = {"id": str(stored.values["lines"][0]["id"])}
    added = {"product": shop.made["Oolong"], "quantity": "9"}
    await changed_by_somebody(shop, stored, lines=[line, added])
    page = Form(shop.browser_, await opened.fill({"lines.0.quantity": "3"}).save())
    assert page.reply.status_code == 409
    assert "Green tea 绿茶 · 3" in the(page.soup, ".versus").get_text()
    assert (await page.fill({"_choose.lines": choice}).save()).status_code == 303
    assert [row["quantity"] for row in (await now(shop, stored))["lines"]] == quantities


async def test_my_lines_come_back_where_the_other_one_removed_them(shop):
    stored = await saved(shop)
    opened = await form(shop, f"/records/order/{stored.id}/edit")
    await changed_by_somebody(shop, stored, lines=[{"product": shop.made["Oolong"], "quantity": "9"}])
    page = Form(shop.browser_, await opened.fill({"lines.0.quantity": "3"}).save())
    reply = await page.fill({"_choose.lines": "mine"}).save()
    assert reply.status_code == 303, Form(shop.browser_, reply).problems
    (line,) = (await now(shop, stored))["lines"]
    assert (line["quantity"], str(line["product"])) == (3, shop.made["Green"])


async def test_a_third_change_is_noticed_too(shop):
    stored, page = await crossing(shop, {"note": "Mine"}, note="Theirs")
    newer = await read_record(shop.workspace, shop.actor, "order", stored.id)
    await changed_by_somebody(shop, newer, note="Once more")
    again = Form(shop.browser_, await page.fill({"_choose.note": "mine"}).save())
    assert again.reply.status_code == 409
    assert "Once more" in the(again.soup, ".versus").get_text()


async def test_a_change_without_a_version_is_refused(shop):
    stored = await saved(shop)
    reply = await shop.browser_.post(f"/records/order/{stored.id}", data={"note": "x"})
    assert reply.status_code == 428
    assert (await now(shop, stored))["note"] is None


def sent(reply):
    page = Form(None, reply)
    inputs = page.soup.select("form.confirm input")
    return {it["name"]: it["value"] for it in inputs}, page.soup


async def test_deleting_asks_first(shop):
    stored = await saved(shop)
    address = f"/records/order/{stored.id}/delete"
    data, soup = sent(await shop.browser_.get(address))
    assert stored.title in soup.h1.get_text()
    assert (await now(shop, stored))["id"] == stored.id
    reply = await shop.browser_.post(address, data=data)
    assert (reply.status_code, reply.headers["location"]) == (303, "/records/order?said=deleted")
    with pytest.raises(NotFound):
        await now(shop, stored)


async def test_what_changed_meanwhile_is_asked_about_again(shop):
    stored = await saved(shop)
    address = f"/records/order/{stored.id}/delete"
    data, _ = sent(await shop.browser_.get(address))
    await changed_by_somebody(shop, stored, note="Keep this")
    reply = await shop.browser_.post(address, data=data)
    assert reply.status_code == 409
    again, soup = sent(reply)
    assert soup.select_one("main .notice")
    assert (await shop.browser_.post(address, data=again)).status_code == 303


async def test_what_is_still_needed_says_why_it_stays(shop):
    stored = await saved(shop)
    customer = f"/records/account/{shop.made['Huaxin Precision']}/delete"
    await perform_action(
        shop.workspace, shop.actor, "order", stored.id, "submit", version=stored.version, payload={}
    )
    order = f"/records/order/{stored.id}/delete"
    for address in (customer, order):
        reply = await shop.browser_.get(address)
        if reply.status_code == 403:
            continue
        data, _ = sent(reply)
        refused = await shop.browser_.post(address, data=data)
        assert refused.status_code == 409
        assert sent(refused)[1].select_one("main .notice").get_text(strip=True)
    assert (await now(shop, stored))["id"] == stored.id
