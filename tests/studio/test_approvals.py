"""Approvals in Studio: made from a beginning, steps added, moved and changed, problems said beside them."""

import json

from tests.studio.office import form_of, text_of

HOME = "/studio/approvals"
PAGE = f"{HOME}/big_discount"
TABLE = "/studio/tables/big_discount_levels"
NEW = {
    "label.en": "Big discount",
    "label.zh-CN": "大额折扣",
    "of": "order",
    "begin": "levels",
    "number": "largest_discount",
    "limit.0": "10",
    "limit.1": "20",
    "limit.2": "30",
    "start": "submit",
    "through": "waiting",
    "back": "draft",
}


async def made(office, **changes):
    await office.send(f"{HOME}/new", NEW | changes)


async def definition(office, kind="approval", name="big_discount"):
    """What publishing would make live."""
    await office.publish()
    live = await office.site.workspace.live()
    return next(one.data for one in live.effective if (one.kind, one.name) == (kind, name))


async def step_form(office, name, **changes):
    path = f"{PAGE}/steps/{name}"
    await office.send(path, form_of(await office.page(path), "#step-form") | changes)


async def add_step(office, sequence="steps", **texts):
    path = f"{PAGE}/new-step"
    form = form_of(await office.page(f"{path}?in={sequence}"), "#step-form")
    await office.send(path, form | texts)


def steps_of(page):
    return [one["id"].removeprefix("step-") for one in page.select(".step")]


async def test_three_levels_begin_with_a_matrix_and_a_button_and_can_be_published(office):
    await made(office)
    page = await office.page(PAGE)
    assert steps_of(page) == ["first", "second", "third"]
    assert page.select_one(".decision-ok") is not None, text_of(str(page))
    assert "By Big discount: levels" in text_of(str(page))
    approval = await definition(office)
    assert approval["when"] == "largest_discount > 10"
    live = await office.site.workspace.live()
    assert live.stages["order"].transitions["submit"].approval == "big_discount"
    assert [row.name for row in live.decisions["big_discount_levels"].rows] == ["small", "medium", "large"]


async def test_what_is_missing_of_a_new_approval_is_told_where_it_is(office):
    page = await office.send(f"{HOME}/new", NEW | {"limit.2": "15", "back": "", "label.en": ""}, 422)
    assert {one["href"] for one in page.select("#summary a")} == {"#f-limit-0", "#f-back", "#f-label-en"}


async def test_a_gap_of_the_matrix_is_said_at_the_steps_that_ask_it(office):
    await made(office)
    form = form_of(await office.page(TABLE), "#table-form")
    await office.send(TABLE, form | {"rows.1.if.size": "(20..25]"})
    page = await office.page(PAGE)
    assert page.select_one(".decision-ok") is None
    said = page.select_one("#step-first .step-finding")
    assert "25.01" in said.text
    assert said.select_one("a")["href"] == TABLE
    assert "Not right yet" in page.select_one(".flow").text
    assert (await office.page("/studio/publish")).select_one(".plan-go button") is None


async def test_checks_at_the_same_time_and_a_reminder_are_added_in_forms(office):
    await made(office)
    await add_step(
        office,
        **{
            "label.en": "Checks",
            "type": "parallel",
            "branches.0.label.en": "Legal",
            "branches.1.label.en": "Finance",
        },
    )
    for branch in ("legal", "finance"):
        await add_step(
            office,
            f"checks.{branch}",
            **{
                "label.en": f"{branch} check",
                "by.0.kind": "people",
                "by.0.people.0.field": "li.wei@example.com",
                "deadlines.0.after.amount": "2",
                "deadlines.0.after.unit": "day",
                "deadlines.0.do": "remind",
            },
        )
    page = await office.page(PAGE)
    assert steps_of(page) == ["first", "second", "third", "checks", "legal_check", "finance_check"]
    assert "Reminds after 2 days" in page.select_one("#step-legal_check").text
    assert page.select_one(".decision-ok") is not None, text_of(str(page))
    checks = (await definition(office))["steps"][-1]
    assert [one["name"] for one in checks["branches"]] == ["legal", "finance"]
    assert checks["branches"][0]["steps"][0]["by"] == [{"people": ["li.wei@example.com"]}]
    assert checks["branches"][0]["steps"][0]["deadlines"] == [
        {"name": "remind", "after": "2 days", "do": "remind"}
    ]


async def test_steps_are_moved_and_removed_in_the_draft_at_once(office):
    await made(office, begin="checks", watch="lines")

    async def press(button):
        form = form_of(await office.page(PAGE), "#steps-form")
        await office.send(PAGE, form | {"_do": button})
        return steps_of(await office.page(PAGE))

    assert await press("steps.down.0") == ["checks", "legal_check", "finance_check", "manager"]
    assert await press("checks.legal.remove.0") == ["checks", "finance_check", "manager"]
    assert await press("steps.order.1-0") == ["manager", "checks", "finance_check"]
    page = await office.send(PAGE, {"_seen": "older", "_do": "steps.up.1"}, 409)
    assert page.select_one("#summary") is not None


async def test_a_step_keeps_what_its_form_does_not_show(office):
    await made(office, begin="one", watch="lines")
    raw = {"managerOf": "owner", "level": 2, "roles": ["director"], "where": "user.active"}
    form = form_of(await office.page(f"{PAGE}/steps/manager"), "#step-form")
    form |= {"by.0.kind": "json", "by.0.json": json.dumps(raw), "may.return.submitter": "true"}
    await office.send(f"{PAGE}/steps/manager", form)
    await step_form(office, "manager", **{"label.zh-CN": "主管"})
    step = (await definition(office))["steps"][0]
    assert step["by"] == [raw]
    assert step["may"] == {"return": ["submitter"]}
    assert step["label"]["zh-CN"] == "主管"


async def test_a_wrong_step_is_named_and_stops_the_publication(office):
    await made(office, begin="one", watch="lines")
    await add_step(office, **{"label.en": "Again", "type": "goBack", "to": "nowhere", "max": "3"})
    page = await office.page(PAGE)
    assert "nowhere" in page.select_one("#step-again .step-finding").text
    assert "nowhere" in text_of(str(await office.page(f"{PAGE}/steps/again")))
    assert (await office.page("/studio")).select_one(f".troubles a[href='{PAGE}']") is not None


async def test_what_holds_of_the_whole_is_said_in_a_form(office):
    await made(office, begin="one", watch="lines")
    path = f"{PAGE}/settings"
    form = form_of(await office.page(path), "#rules-form")
    form |= {"policies.recall": "anyTime", "unavailable.manager": "false", "watch.1.field": "total"}
    form |= {"show.0.label.en": "Sum", "show.0.value": "total", "show.0.of": "total"}
    form |= {"onApproved.0.verb": "update", "onApproved.0.set.0.field": "note"}
    await office.send(path, form | {"onApproved.0.set.0.value": "checked"})
    approval = await definition(office)
    assert approval["policies"]["recall"] == "anyTime"
    assert approval["policies"]["unavailable"] == ["deputy"]
    assert approval["watch"] == ["lines", "total"]
    assert approval["show"][0] == {"name": "sum", "label": {"en": "Sum"}, "value": "total", "of": "total"}
    assert approval["onApproved"][0]["set"] == {"note": "checked"}


async def test_opening_and_saving_the_forms_of_an_approval_changes_nothing(office):
    before = (await office.site.workspace.live()).effective
    page = f"{HOME}/order_discount"
    for path, form in (
        ("settings", "#rules-form"),
        ("steps/manager", "#step-form"),
        ("steps/tier", "#step-form"),
    ):
        await office.send(f"{page}/{path}", form_of(await office.page(f"{page}/{path}"), form))
    assert "unpublished" not in text_of(str(await office.page("/studio")))
    assert (await office.site.workspace.live()).effective == before


async def test_an_approval_is_removed_and_what_its_button_lacks_then_is_said(office):
    await made(office)
    await office.send(f"{PAGE}/remove", form_of(await office.page(f"{PAGE}/remove"), "form.confirm"))
    assert (await office.page("/studio/approvals")).select_one(f"a[href='{PAGE}']") is None
    assert "no transition leads to the state" in text_of(str(await office.page("/studio")))
    await made(office)
    assert (await definition(office))["name"] == "big_discount"
