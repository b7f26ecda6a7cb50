"""The test run of an approval in the draft: the route of a record, decisions and time, and nothing stored."""

import pytest

from tests.studio.office import form_of, text_of
from tests.studio.test_approvals import PAGE, made, step_form

TRY = f"{PAGE}/try"
VALUE = "value.lines.discount"


@pytest.fixture
async def begun(office):
    """A run of three levels on an empty record of a rep with a discount of 25 percent."""
    director = (await office.site.person("Chen Jing", "admin")).user.id
    manager = (await office.site.person("Wang Fang", "manager", manager=director)).user.id
    await office.site.person("Zhang Min", "rep", manager=manager)
    await made(office)
    reminder = {"deadlines.0.after.amount": "2", "deadlines.0.after.unit": "day", "deadlines.0.do": "remind"}
    await step_form(office, "first", **reminder)
    page = await office.page(TRY)
    people = {one.text: one["value"] for one in page.select("#f-submitter option")}
    form = form_of(page, "#try-form") | {"submitter": people["Zhang Min"], VALUE: "25"}
    return await office.send(TRY, form | {"_do": "start"}, 200)


def buttons(page):
    return {it.text.strip(): it["value"] for it in page.select("#try-form button[name=_do]")}


async def press(office, page, label):
    value = next(value for text, value in buttons(page).items() if label in text)
    return await office.send(TRY, form_of(page, "#try-form") | {"_do": value}, 200)


def rows(page):
    return [(it.strong.text, it["class"][0]) for it in page.select(".play > li")]


async def test_the_route_of_a_record_says_who_is_asked_and_why(office, begun):
    assert [name for name, _ in rows(begun)] == ["Level 1", "Level 2", "Level 3"]
    text = text_of(str(begun))
    assert "row medium" in text, text
    assert "Left out: not “Largest discount is more than 30”" in text
    assert begun.select_one("#f-value-lines-discount")["value"] == "25"


async def test_time_and_decisions_are_played_and_taken_back_and_nothing_is_stored(office, begun):
    page = await press(office, begun, "Time passes")
    assert "Wang Fang: reminded of “Level 1”" in page.select_one(".play-told").text
    page = await press(office, page, "Wang Fang approves")
    assert rows(page)[:2] == [("Level 1", "done"), ("Level 2", "now")]
    page = await press(office, page, "Chen Jing approves")
    assert "It ends: Approved" in page.select_one(".play-told").text
    page = await press(office, page, "One step back")
    assert rows(page)[1] == ("Level 2", "now")
    page = await press(office, page, "Chen Jing rejects")
    assert "It ends: Rejected" in page.select_one(".play-told").text
    assert (await office.page("/inbox?view=sent")).select(".task-row") == []


async def test_a_record_that_needs_no_approval_says_so(office, begun):
    form = form_of(begun, "#try-form") | {VALUE: "5", "_do": "start"}
    assert "No approval is needed" in text_of(str(await office.send(TRY, form, 200)))


async def test_a_value_that_cannot_be_read_is_told_at_its_input(office, begun):
    form = form_of(begun, "#try-form") | {VALUE: "much", "_do": "start"}
    page = await office.send(TRY, form, 200)
    assert page.select_one("#f-value-lines-discount")["aria-invalid"] == "true"


async def test_a_draft_with_problems_is_not_run(office):
    await made(office)
    form = form_of(await office.page("/studio/tables/big_discount_levels"), "#table-form")
    await office.send("/studio/tables/big_discount_levels", form | {"rows.1.if.size": "(20..25]"})
    page = await office.page(TRY, 409)
    assert "The draft has problems" in text_of(str(page))
