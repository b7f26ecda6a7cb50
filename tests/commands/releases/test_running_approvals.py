"""Fault 19: a publishing that removes a state in which approvals are running is refused with their names."""

import json

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.definitions import Document

WAITING_TO_ASKED = {"order.status": {"waiting": "asked"}}


async def planned(office):
    """The state `waiting` is called `asked` from now on, everywhere."""
    documents = []
    for one in (await office.workspace.live()).documents:
        text = json.dumps(one.data).replace('"waiting"', '"asked"').replace("'waiting'", "'asked'")
        documents.append(Document(one.file, json.loads(text), one.pack))
    return await plan_change(office.workspace, OPERATOR, documents, values=WAITING_TO_ASKED)


async def test_a_running_approval_keeps_its_state(office):
    view = await office.submitted("12")
    plan = await planned(office)
    assert plan.cls == "needsDecision"
    told = [str(found.sentence) for one in plan.changes for found in one.findings]
    assert any("order_discount" in sentence and "running" in sentence for sentence in told), told
    samples = [found.samples for one in plan.changes for found in one.findings if found.samples]
    assert ((view.id, "waiting", "order_discount"),) in samples
    task = await office.task(office.manager)
    await decide_task(office.workspace, office.manager, task.id, "approve")
    plan = await planned(office)
    assert plan.cls != "needsDecision"
    await apply_plan(office.workspace, OPERATOR, plan)
    states = (await office.workspace.live()).stages["order"].states
    assert "asked" in {one.name for one in states}
