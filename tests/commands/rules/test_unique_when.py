"""Values that occur once among the records on which a condition holds, also when many save at once."""

import asyncio
import copy
from typing import Any

import pytest

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.update_record import update_record
from guanxi.definitions import Document, check_documents
from guanxi.errors import Invalid
from tests.commands.actions.definitions import put
from tests.unit.definitions.base import base_documents

ONE_CALL: dict[str, Any] = {
    "name": "one_open",
    "unique": ["account", "kind"],
    "when": "not done",
    "message": {"en": "There is an open one of this kind already.", "zh-CN": "已有同类未完成记录。"},
}
ONE_DRAFT = {"name": "one_approved", "unique": ["account", "note"], "when": "status == 'approved'"}


async def constrained(office, entity, constraint):
    live = (await office.workspace.live()).documents
    data = copy.deepcopy(next(one.data for one in live if (one.kind, one.name) == ("entity", entity)))
    data["constraints"] = [*data.get("constraints", ()), constraint]
    await put(office.workspace, data)


async def call(office, **more):
    content = {"subject": "Call", "account": str(office.account), **more}
    return await create_record(office.workspace, office.rep, "activity", content)


async def change(office, view, **values):
    return await update_record(
        office.workspace, office.rep, "activity", view.id, values, version=view.version
    )


async def test_values_occur_once_where_the_condition_holds(office):
    await constrained(office, "activity", ONE_CALL)
    first = await call(office)
    done = await call(office, done=True)
    await call(office, kind="visit")
    for attempt in (call(office), change(office, done, done=False)):
        with pytest.raises(Invalid) as caught:
            await attempt
        assert [(one.code, one.english()) for one in caught.value.problems] == [
            ("taken", ONE_CALL["message"]["en"])
        ]
    first = await change(office, first, note="still mine")
    await change(office, first, done=True)
    await change(office, done, done=False)


async def test_of_many_at_once_one_wins(office):
    await constrained(office, "activity", ONE_CALL)
    results = await asyncio.gather(*(call(office) for _ in range(20)), return_exceptions=True)
    lost = [result for result in results if isinstance(result, Exception)]
    assert len(lost) == 19
    assert {type(result) for result in lost} == {Invalid}, lost


async def test_a_transition_meets_it_too(office):
    await constrained(office, "order", ONE_DRAFT)
    one, two = await office.draft(note="same"), await office.draft(note="same")
    await perform_action(office.workspace, office.rep, "order", one.id, "submit")
    with pytest.raises(Invalid) as caught:
        await perform_action(office.workspace, office.rep, "order", two.id, "submit")
    assert [problem.code for problem in caught.value.problems] == ["taken"]


@pytest.mark.parametrize("when", ["account.name == 'x'", "owner == me", "happened_on < now"])
def test_the_condition_reads_the_record_alone(when):
    documents = []
    for one in base_documents():
        data = copy.deepcopy(one.data)
        if (one.kind, one.name) == ("entity", "activity"):
            data["constraints"] = [{**ONE_CALL, "when": when}]
        documents.append(Document(one.file, data, one.pack))
    (problem,) = check_documents(documents)
    assert problem.pointer == "/constraints/0/when"
