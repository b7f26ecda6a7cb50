"""Somebody who holds tasks leaves: every process that asks them looks again, without another event."""

from guanxi.commands.people.change_user import change_user
from guanxi.commands.people.list_users import list_users
from guanxi.commands.people.views import UserChange
from guanxi.commands.tasks.list_tasks import list_tasks
from guanxi.commands.timers.tick import tick
from guanxi.storage.timers import timers_of
from guanxi.worker.registry import TIMERS
from tests.commands.approvals.definitions import asks, put_approval

MANY = 3


async def change(office, person, **changed):
    versions = {one.id: one.version for one in await list_users(office.workspace, office.admin)}
    id_ = person.user_id
    await change_user(office.workspace, office.admin, id_, UserChange(**changed), versions[id_])


async def waiting(office, person):
    return {task.record_id for task in (await list_tasks(office.workspace, person, "waiting")).items}


async def test_whoever_leaves_is_replaced_in_every_process_that_asks_them(office):
    await put_approval(office.workspace, steps=[asks("first")])
    orders = [await office.submitted("15") for _ in range(MANY)]
    assert await waiting(office, office.director) == set()
    await change(office, office.manager, active=False)
    assert await tick(office.workspace, TIMERS, office.workspace.clock.now()) == MANY
    assert await waiting(office, office.director) == {one.id for one in orders}
    assert await tick(office.workspace, TIMERS, office.workspace.clock.now()) == 0


async def test_a_change_that_leaves_somebody_in_place_disturbs_no_process(office):
    await put_approval(office.workspace, steps=[asks("first")])
    await office.submitted("15")
    await change(office, office.manager, title="Manager of all")
    await change(office, office.rep, active=False)
    assert await tick(office.workspace, TIMERS, office.workspace.clock.now()) == 0
    task = await office.task(office.manager)
    async with office.workspace.database.reading() as session:
        assert await timers_of(session, "look again", task.instance_id) == []
    assert task.open
