"""Decision tables in Studio: made as a grid, checked as they are seen, tried, taken from CSV, published."""

from tests.studio.office import form_of, text_of

HOME = "/studio/tables"
PAGE = f"{HOME}/discount_level"
NEW = {
    "label.en": "Discount level",
    "label.zh-CN": "折扣级别",
    "of": "order",
    "hit": "unique",
    "inputs.0.label.en": "Discount",
    "inputs.0.type": "percent",
    "inputs.0.formula": "max(lines.discount)",
    "inputs.0.min": "0",
    "inputs.0.required": "true",
    "outputs.0.label.en": "Level",
    "outputs.0.type": "integer",
    "rows.0.name": "small",
    "rows.0.if.new0": "<= 20",
    "rows.0.then.new0": "1",
    "rows.1.name": "big",
    "rows.1.if.new0": "> 30",
    "rows.1.then.new0": "2",
}


async def made(office):
    form = form_of(await office.page(f"{HOME}/new"), "#table-form")
    await office.send(f"{HOME}/new", form | NEW)


async def test_a_gap_is_shown_with_facts_that_fill_the_form_and_stops_the_publication(office):
    await made(office)
    page = await office.page(PAGE)
    assert "No row hits for Discount 20.01." in text_of(str(page.select_one("main")))
    link = page.select_one(".decision-notes a")["href"]
    tried = await office.page(link)
    assert tried.select_one("#try input")["value"] == "20.01"
    assert "has no row for Discount 20.01" in tried.select_one("#try").text
    record = page.select(".decision-notes a")[-1]["href"]
    assert record == "/records/order/new?lines.0.discount=20.01"
    assert (await office.page(record)).select_one("[name='lines.0.discount']")["value"] == "20.01"
    plan = await office.page("/studio/publish")
    assert plan.select_one(f".troubles a[href='{PAGE}']") is not None
    assert plan.select_one(".plan-go button") is None


async def test_rows_are_changed_checked_tried_and_published(office):
    await made(office)
    form = form_of(await office.page(PAGE), "#table-form")
    more = form_of(await office.send(PAGE, form | {"_do": "rows.add"}, 200), "#table-form")
    more |= {"rows.2.name": "middle", "rows.2.if.discount": "(20..30]", "rows.2.then.discount": "x"}
    more |= {"rows.2.then.level": "1"}
    seen = await office.send(PAGE, more | {"_do": "refresh"}, 200)
    assert seen.select_one(".decision-ok") is not None, text_of(str(seen))
    await office.send(PAGE, more)
    tried = await office.page(f"{PAGE}?x.discount=31")
    assert [row.select_one("input.control")["value"] for row in tried.select("tr.hit")] == ["big"]
    assert "2" in tried.select_one(".decision-answer").text
    await office.publish()
    live = (await office.site.workspace.live()).decisions["discount_level"]
    assert [row.name for row in live.rows] == ["small", "big", "middle"]


async def test_a_cell_that_cannot_be_read_is_told_where_it_is_and_nothing_is_kept(office):
    await made(office)
    form = form_of(await office.page(PAGE), "#table-form")
    page = await office.send(PAGE, form | {"rows.0.if.discount": '"open'}, 422)
    assert page.select_one("#f-rows-0-if-discount")["aria-invalid"] == "true"
    assert form_of(await office.page(PAGE), "#table-form")["rows.0.if.discount"] == "<= 20"


async def test_csv_goes_out_and_comes_back(office):
    await made(office)
    text = (await office.admin.get(f"{PAGE}/csv")).text
    assert text == "\ufeffname,if discount,then level\r\nsmall,<= 20,1\r\nbig,> 30,2\r\n"
    await office.send(f"{PAGE}/import", {"csv": text + "middle,(20..30],1\r\n"})
    assert (await office.page(PAGE)).select_one(".decision-ok") is not None
    refused = await office.send(f"{PAGE}/import", {"csv": "name,then levle\r\n"}, 422)
    assert "did you mean" in refused.text


async def test_another_who_saved_first_is_not_overwritten(office):
    await made(office)
    form = form_of(await office.page(PAGE), "#table-form")
    await office.send(PAGE, form | {"rows.0.then.level": "5"})
    refused = await office.send(PAGE, form | {"rows.0.then.level": "6"}, 409)
    assert refused.select_one("#summary") is not None
    assert form_of(await office.page(PAGE), "#table-form")["rows.0.then.level"] == "5"


async def test_it_is_for_administrators(office):
    refused = await office.page(HOME, 403, who=office.rep)
    assert refused.select_one("table") is None
    assert "There is no such decision table" in (await office.page(f"{HOME}/nothing", 404)).text
