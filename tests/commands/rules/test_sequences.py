"""Numbers that are given when they are due, without a gap where that is declared."""

import asyncio
import copy

import pytest

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.update_record import update_record
from guanxi.errors import Invalid
from tests.commands.actions.definitions import put

RECEIPT = {"type": "sequence", "format": "R{year}{month}{day}-{n}", "assignWhen": "done", "restart": "day"}


async def numbered(office, entity, **fields):
    live = (await office.workspace.live()).documents
    data = copy.deepcopy(next(one.data for one in live if (one.kind, one.name) == ("entity", entity)))
    data["fields"] |= fields
    await put(office.workspace, data)


async def call(office, **more):
    content = {"subject": "Call", "account": str(office.account), **more}
    return await create_record(office.workspace, office.rep, "activity", content)


async def change(office, view, **values):
    return await update_record(
        office.workspace, office.rep, "activity", view.id, values, version=view.version
    )


def counted(views, name="receipt"):
    return sorted(int(view.values[name].rpartition("-")[2]) for view in views)


async def test_a_number_is_given_when_its_condition_first_holds_and_stays(office):
    await numbered(office, "activity", receipt=RECEIPT)
    first, second = await call(office), await call(office, done=True)
    day = office.workspace.clock.now().astimezone(office.workspace.settings.timezone)
    assert first.values["receipt"] is None
    assert second.values["receipt"] == f"R{day:%Y%m%d}-1"
    first = await change(office, first, done=True)
    assert first.values["receipt"] == f"R{day:%Y%m%d}-2"
    first = await change(office, first, done=False)
    first = await change(office, first, done=True)
    assert first.values["receipt"] == f"R{day:%Y%m%d}-2"


async def test_a_transition_gives_one_and_formulas_follow(office):
    paper = {"type": "sequence", "format": "P-{n:03}", "assignWhen": "status == 'approved'", "gapless": True}
    said = {"type": "text", "formula": "coalesce(paper, 'none')"}
    state = {"type": "boolean", "formula": "status == 'approved'"}
    await numbered(office, "order", paper=paper, said=said, settled=state)
    view = await office.draft()
    assert (view.values["paper"], view.values["said"], view.values["settled"]) == (None, "none", False)
    moved = await perform_action(office.workspace, office.rep, "order", view.id, "submit")
    values = moved.record.values
    assert (values["status"], values["paper"], values["said"]) == ("approved", "P-001", "P-001")
    assert values["settled"] is True


async def test_no_number_is_missing_however_many_fail_at_once(office):
    fields = {"receipt": {**RECEIPT, "gapless": True}, "code": {"type": "text", "unique": True}}
    await numbered(office, "activity", **fields)

    async def attempt(number):
        # Each code is wanted twice: one of the two has no number, or gives it back.
        return await call(office, done=True, code=f"c{number // 2}")

    results = await asyncio.gather(*(attempt(number) for number in range(24)), return_exceptions=True)
    kept = [one for one in results if not isinstance(one, BaseException)]
    assert {type(one) for one in results if isinstance(one, BaseException)} == {Invalid}
    assert counted(kept) == list(range(1, 13))


@pytest.mark.parametrize("first", [False, True])
async def test_counting_goes_on_when_a_field_gets_or_loses_its_gaps(office, first):
    given = []
    for gapless in (first, not first, first, not first):
        await numbered(office, "activity", receipt={**RECEIPT, "gapless": gapless})
        given += [await call(office, done=True), await call(office, done=True)]
    assert counted(given) == list(range(1, 9))
