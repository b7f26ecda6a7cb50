"""An approval shows to whom it asks all that it declares, and to others what their roles let them see."""

from guanxi.commands.approvals.read_instance import read_instance
from guanxi.commands.records.approval_card import approval_card
from guanxi.commands.tasks.ask_about_task import ask_about_task
from guanxi.commands.tasks.read_task import read_task
from tests.commands.approvals.definitions import MAY, put_approval

KNOWN = "any(not missing(l.product.cost) for l in lines)"
SHOW = [
    {"name": "total", "value": "total", "of": "total"},
    {"name": "margin", "value": KNOWN},
    {
        "name": "over",
        "value": "largest_discount",
        "limit": f"1 if {KNOWN} else 2",
    },
]


def names(card):
    return [value.name for value in card.shown]


async def test_the_submitter_is_not_told_on_the_card_what_their_role_hides(office):
    """Reps may not see what a product costs."""
    await put_approval(office.workspace, show=SHOW, may=MAY)
    order = await office.submitted("15")
    task = await office.task(office.manager)
    whole = await read_task(office.workspace, office.manager, task.id)
    assert names(whole.card) == ["total", "margin", "over"]
    await ask_about_task(office.workspace, office.manager, task.id, office.rep.user_id, "Why so much?")
    asked = await office.task(office.rep)
    cards = {
        "record": await approval_card(office.workspace, office.rep, "order", order.id),
        "instance": (await read_instance(office.workspace, office.rep, task.instance_id)).card,
        "task": (await read_task(office.workspace, office.rep, asked.id)).card,
    }
    assert [(place, names(card)) for place, card in cards.items() if names(card) != ["total"]] == []
    assert names(await approval_card(office.workspace, office.admin, "order", order.id)) == names(whole.card)
