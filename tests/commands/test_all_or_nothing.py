"""Whichever statement of a command fails, nothing of it stays behind."""

import asyncio
import itertools

import pytest

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.update_record import update_record
from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.decide_task import decide_task
from tests.commands.failing import Crash, Steps, everything


async def create(office):
    return lambda: create_record(office.workspace, office.rep, "order", office.order("15"), key="k1")


async def change(office):
    view = await office.draft("15")
    lines = [{"id": str(view.values["lines"][0]["id"]), "quantity": "3", "discount": "12"}]
    lines += [{"product": str(office.product), "discount": "5"}]
    content = {"note": "more", "lines": lines}
    return lambda: update_record(
        office.workspace, office.rep, "order", view.id, content, version=view.version
    )


async def delete(office):
    view = await office.draft("15")
    return lambda: delete_record(office.workspace, office.rep, "order", view.id, version=view.version)


async def submit(office):
    view = await office.draft("25")
    return lambda: perform_action(office.workspace, office.rep, "order", view.id, "submit", key="k2")


async def recall(office):
    view = await office.submitted("25")
    return lambda: perform_action(office.workspace, office.rep, "order", view.id, "recall")


async def approve(office):
    await office.submitted("25")
    task = await office.task(office.manager)
    return lambda: decide_task(office.workspace, office.manager, task.id, "approve", key="k3")


async def reject(office):
    await office.submitted("15")
    task = await office.task(office.manager)
    return lambda: decide_task(office.workspace, office.manager, task.id, "reject", "Too much.")


async def assign(office):
    await office.submitted("15")
    task = await office.task(office.manager)
    return lambda: assign_task(office.workspace, office.admin, task.id, office.director.user_id)


@pytest.mark.parametrize("prepare", [create, change, delete, submit, recall, approve, reject, assign])
async def test_a_command_is_carried_out_whole_or_not_at_all(office, prepare, monkeypatch):
    work = await prepare(office)
    before = await everything(office.workspace.database)
    steps = Steps(monkeypatch)
    for number in itertools.count(1):
        steps.fail_at(number)
        results = await asyncio.gather(work(), return_exceptions=True)
        result: object = results[0]
        if not isinstance(result, Exception):
            break
        assert isinstance(result, Crash) or "no_such_column" in str(result.__cause__ or result), result
        assert steps.taken == number
        now = await everything(office.workspace.database)
        assert {name for name in before if now[name] != before[name]} == set(), number
    assert number > 4, "the command was hardly made to fail"
    assert await everything(office.workspace.database) != before
