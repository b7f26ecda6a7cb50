"""Forms of records as a browser without JavaScript uses them."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from tests.web.forms import Form, filled, form, open_shop, saved, the


@pytest.fixture
async def shop(site):
    return await open_shop(site)


async def test_a_new_form_shows_defaults_and_no_problems(shop):
    opened = await form(shop)
    assert opened.value("ordered_on") == "2026-01-31"
    assert opened.value("owner._text") == "Li Wei"
    assert opened.value("lines.0.quantity") == "1"
    assert opened.problems == []
    assert "discount_reason" not in opened.names
    assert not {"status", "number", "total", "lines.0.amount"} & opened.names


async def test_the_address_fills_in_what_it_may(shop):
    opened = await form(shop, f"/records/order/new?account={shop.made['Twin']}&total=9&nonsense=1")
    assert opened.value("account") == shop.made["Twin"]
    assert opened.value("account._text") == "Twin"
    unknown = await form(shop, "/records/order/new?account=987654")
    assert (unknown.value("account"), unknown.value("account._text")) == ("", "")


async def test_a_preview_computes_and_asks_for_the_reason_over_ten_percent(shop):
    opened = await filled(shop, "25")
    shown = await opened.preview()
    assert shown.value("lines.0.price") == "100.00"
    assert shown.text("f-lines-0-amount") == "¥75.00"
    assert "¥75.00" in shown.totals
    assert shown.soup.select_one("#f-discount_reason")["aria-required"] == "true"
    assert shown.problems == []
    less = await shown.fill({"lines.0.discount": "10", "discount_reason": "Rival"}).preview()
    assert "discount_reason" not in less.names
    again = await less.fill({"lines.0.discount": "11"}).preview()
    assert again.value("discount_reason") == "Rival"


async def test_saving_without_the_reason_keeps_everything_typed(shop):
    shown = await (await filled(shop, "25", note="  für später\r\n第二行")).preview()
    shown.fill({"lines.0.quantity": "3 pcs"})
    reply = await shown.save()
    assert reply.status_code == 422
    again = Form(shop.browser_, reply)
    assert again.value("lines.0.quantity") == "3 pcs"
    assert again.value("note") == "  für später\n第二行"
    assert again.value("lines.0.product._text") == "Green tea 绿茶"
    targets = [a["href"] for a in again.soup.select("#summary a")]
    assert "#f-lines-0-quantity" in targets
    assert the(again.soup, "#f-lines-0-quantity")["aria-invalid"] == "true"
    assert the(again.soup, "#summary").has_attr("autofocus")
    better = await again.fill({"lines.0.quantity": "3"}).preview()
    assert [a["href"] for a in better.soup.select("#summary a")] == ["#f-discount_reason"]
    assert not better.soup.select_one("#summary").has_attr("autofocus")
    done = await better.fill({"discount_reason": "Rival offer"}).save()
    assert done.status_code == 303


async def test_creating_leads_to_the_record_and_empty_lines_are_left_out(shop):
    opened = await filled(shop)
    shown = await opened.preview(do="lines.add")
    reply = await shown.save()
    assert reply.status_code == 303
    address = reply.headers["location"]
    assert address.startswith("/records/order/")
    assert address.endswith("?said=created")
    id_ = int(address.split("/")[-1].partition("?")[0])
    view = await read_record(shop.workspace, shop.actor, "order", id_)
    assert len(view.values["lines"]) == 1
    assert str(view.values["total"]) == "100.0000"


async def test_a_suggested_price_follows_the_product_until_somebody_types_one(shop):
    shown = await (await filled(shop)).preview()
    shown.fill({"lines.0.product": "", "lines.0.product._text": "oolong"})
    follows = await shown.preview()
    assert follows.value("lines.0.price") == "250.50"
    typed = await follows.fill({"lines.0.price": "240"}).preview()
    typed.fill({"lines.0.product": shop.made["Green"], "lines.0.product._text": "Green tea 绿茶"})
    stays = await typed.preview()
    assert stays.value("lines.0.price") == "240"
    cleared = await stays.fill({"lines.0.price": ""}).preview()
    assert cleared.value("lines.0.price") == "100.00"


async def test_lines_are_added_moved_and_removed_by_buttons(shop):
    shown = await (await filled(shop, "5")).preview(do="lines.add")
    assert shown.value("lines.1.quantity") == "1"
    assert shown.soup.select_one("#f-lines-1-product").has_attr("autofocus")
    shown.fill({"lines.1.product._text": "Oolong", "lines.1.quantity": "2"})
    moved = await shown.preview(do="lines.up.1")
    assert [moved.value(f"lines.{n}.quantity") for n in (0, 1)] == ["2", "1"]
    assert [moved.value(f"lines.{n}.price") for n in (0, 1)] == ["250.50", "100.00"]
    assert moved.soup.select_one("#lines-0-down").has_attr("autofocus")
    back = await moved.preview(do="lines.down.0")
    assert back.value("lines.0.discount") == "5"
    one = await back.preview(do="lines.remove.0")
    assert one.value("lines.0.product._text") == "Oolong"
    none = await one.preview(do="lines.remove.0")
    assert "lines.0.id" not in none.names
    assert none.soup.select_one("#lines-add").has_attr("autofocus")
    for button in ("lines.up.7", "nothing.add", "lines.dance.0"):
        assert (await shown.post(shown.preview_address, {"_do": button})).status_code == 400


async def test_a_reference_may_be_typed(shop):
    found = await (await filled(shop, **{"account._text": " huaxin PRECISION "})).preview()
    assert found.value("account") == shop.made["Huaxin Precision"]
    assert found.value("account._text") == "Huaxin Precision"
    for text, word in (("Huaxin", "nothing called"), ("TWIN", "several")):
        refused = Form(shop.browser_, await (await filled(shop, **{"account._text": text})).save())
        assert refused.value("account._text") == text
        assert word in refused.problems[0]
        assert word in refused.text("f-account-problem")
    empty = found.fill({"account._text": ""})
    cleared = Form(shop.browser_, await empty.save())
    assert cleared.reply.status_code == 422
    assert cleared.value("account") == ""


async def test_fields_that_are_not_expected_are_refused(shop):
    for name in ("colour", "total", "number", "status", "lines.0.amount", "lines.0.colour", "account.name"):
        opened = await filled(shop)
        reply = await opened.save({name: "1"})
        assert reply.status_code == 422, name
        assert Form(shop.browser_, reply).problems, name
    for name in ("lines.x.product", "lines.0", "_nothing", "account"):
        assert (await (await filled(shop)).save({name: "1"}, twice=True)).status_code == 400, name


async def test_changing_a_record_writes_what_was_changed_only(shop):
    stored = await saved(shop, "5")
    opened = await form(shop, f"/records/order/{stored.id}/edit")
    assert opened.value("lines.0.discount") == "5"
    assert opened.value("lines.0.id") == str(stored.values["lines"][0]["id"])
    reply = await opened.fill({"note": "Call first"}).save()
    assert reply.headers["location"] == f"/records/order/{stored.id}?said=saved"
    now = await read_record(shop.workspace, shop.actor, "order", stored.id)
    assert now.values["note"] == "Call first"
    assert now.values["lines"] == stored.values["lines"]


async def test_a_product_that_is_no_longer_offered_does_not_block_its_order(shop):
    stored = await saved(shop)
    await update_record(
        shop.workspace, shop.boss, "product", int(shop.made["Green"]), {"active": False}, version=1
    )
    opened = await form(shop, f"/records/order/{stored.id}/edit")
    reply = await opened.fill({"lines.0.quantity": "4"}).save()
    assert reply.status_code == 303, Form(shop.browser_, reply).problems


async def test_the_same_form_twice_creates_one_order(shop):
    opened = await filled(shop)
    first, second = await opened.save(), await opened.save()
    assert first.headers["location"] == second.headers["location"]
    other = await opened.fill({"note": "again"}).save()
    assert other.status_code == 409
    another = await Form(shop.browser_, other).save()
    assert another.status_code == 303
    assert another.headers["location"] != first.headers["location"]


async def test_times_are_those_of_the_workspace(shop):
    shop.workspace.settings = replace(shop.workspace.settings, timezone=ZoneInfo("Asia/Shanghai"))
    opened = await form(shop, "/records/activity/new")
    assert opened.value("happened_on") == "2026-01-31T16:00"
    opened.fill({"subject": "Tea", "account._text": "Huaxin Precision", "happened_on": "2026-02-01T00:30"})
    reply = await opened.fill({"done": "true"}).save()
    id_ = int(reply.headers["location"].split("/")[-1].partition("?")[0])
    view = await read_record(shop.workspace, shop.actor, "activity", id_)
    assert view.values["happened_on"].isoformat() == "2026-01-31T16:30:00+00:00"
    assert view.values["done"] is True


async def test_reloading_a_preview_opens_the_form(shop):
    stored = await saved(shop)
    for address, to in (("order", "order/new"), (f"order/{stored.id}", f"order/{stored.id}/edit")):
        reply = await shop.browser_.get(f"/records/{address}/preview")
        assert (reply.status_code, reply.headers["location"]) == (303, f"/records/{to}")


async def test_a_foreign_or_unknown_record_has_no_form(shop):
    await shop.with_password("Zhang Min", "rep")
    stored = await saved(shop)
    other = await shop.browser("Zhang Min")
    for id_ in (stored.id, 99999, "x", "0"):
        for last in ("edit", "delete"):
            assert (await other.get(f"/records/order/{id_}/{last}")).status_code == 404
        assert (await other.post(f"/records/order/{id_}/preview", data={"note": "x"})).status_code == 404
        assert (await other.post(f"/records/order/{id_}", data={"_version": "1"})).status_code == 404
    assert (await other.get("/records/nothing/new")).status_code == 404


async def test_a_submitted_order_has_no_form_but_the_reason_why(shop):
    stored = await saved(shop)
    await perform_action(
        shop.workspace, shop.actor, "order", stored.id, "submit", version=stored.version, payload={}
    )
    reply = await shop.browser_.get(f"/records/order/{stored.id}/edit")
    assert reply.status_code == 409
    assert "submitted" in BeautifulSoup(reply.text, "html.parser").get_text()


async def test_the_look_up_offers_by_part_of_the_name(shop):
    reply = await shop.browser_.get("/look-up/order/account", params={"q": "茶叶"})
    options = BeautifulSoup(reply.text, "html.parser").select("[role=option]")
    assert [option["data-text"] for option in options] == ["北京茶叶公司"]
    assert (await shop.browser_.get("/look-up/order/lines.product?q=")).text.count("data-value") == 2
    for path in ("note", "nothing", "lines.price", "lines"):
        assert (await shop.browser_.get(f"/look-up/order/{path}")).status_code == 404


async def test_the_form_speaks_chinese(shop):
    shop.browser_.cookies.set("guanxi_language", "zh-CN")
    opened = await form(shop)
    assert opened.soup.h1.get_text() == "新建订单"
    reply = await (await filled(shop, "25", **{"account._text": "没有"})).save()
    page = Form(shop.browser_, reply)
    assert reply.status_code == 422
    assert any("客户" in problem for problem in page.problems)
    assert not any("Choose" in problem or "Enter" in problem for problem in page.problems)


@pytest.mark.parametrize("entity", ["account", "contact", "product", "order", "activity", "team"])
async def test_every_kind_of_record_has_a_form_whose_inputs_can_be_sent_back(shop, entity):
    browser = await shop.browser("Lin Tao")
    reply = await browser.get(f"/records/{entity}/new")
    assert reply.status_code == 200
    opened = Form(browser, reply)
    again = await opened.preview()
    inputs = {name for name in opened.names if name not in ("_key", "_version")}
    assert {name: opened.value(name) for name in inputs} == {name: again.value(name) for name in inputs}
    refused = await again.save()
    assert refused.status_code == 422
    page = Form(browser, refused)
    assert all(page.soup.select_one(str(a["href"])) for a in page.soup.select("#summary a"))
    assert len(page.soup.select("#summary li")) == len(page.soup.select("#summary a"))


async def test_who_may_not_write_a_record_has_no_form(shop):
    for address in (f"/records/product/{shop.made['Green']}/edit", "/records/product/new"):
        assert (await shop.browser_.get(address)).status_code == 403
    for address in (f"/records/product/{shop.made['Green']}", "/records/product"):
        reply = await shop.browser_.post(address, data={"name": "Mine", "_version": "1"})
        assert reply.status_code == 403
        assert (await shop.browser_.post(f"{address}/preview", data={"name": "Mine"})).status_code == 403


async def test_a_long_order_is_worked_out_whole(shop):
    opened = await filled(shop)
    for position in range(1, 200):
        opened.fill({f"lines.{position}.product": shop.made["Green"], f"lines.{position}.quantity": "2"})
    shown = await opened.preview()
    assert "¥39,900.00" in shown.totals
    assert shown.value("lines.199.price") == "100.00"
