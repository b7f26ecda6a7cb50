"""Lessons of teachers in rooms: nobody is in two places at once, also when many save at the same time."""

import asyncio
import copy

import pytest

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.update_record import update_record
from guanxi.errors import Invalid
from tests.commands.actions.definitions import put

FREE = {
    "name": "free",
    "noOverlap": ["teacher", "room"],
    "start": "starts_at",
    "end": "ends_at",
    "when": "status != 'cancelled'",
}
LESSON = {
    "kind": "entity",
    "name": "lesson",
    "title": "subject",
    "fields": {
        "subject": {"type": "text", "required": True},
        "teacher": {"type": "reference", "to": "user", "default": "= me"},
        "room": {"type": "select", "options": [{"name": "red"}, {"name": "blue"}]},
        "starts_at": {"type": "datetime"},
        "ends_at": {"type": "datetime"},
        "status": {"type": "stage"},
    },
}
STAGES = {
    "kind": "stages",
    "name": "lesson",
    "of": "lesson",
    "field": "status",
    "states": [{"name": "planned"}, {"name": "cancelled"}],
    "transitions": {
        "cancel": {"from": ["planned"], "to": "cancelled"},
        "plan": {"from": ["cancelled"], "to": "planned"},
    },
}
RIGHTS = {"rows": "own", "can": ["read", "create", "update"], "actions": ["*"]}


async def put_lessons(office, *constraints):
    documents = {(one.kind, one.name): one.data for one in (await office.workspace.live()).documents}
    rep = copy.deepcopy(documents["role", "rep"])
    rep["grants"]["lesson"] = [RIGHTS]
    lesson = {**LESSON, "owner": "teacher"} | ({"constraints": list(constraints)} if constraints else {})
    return await put(office.workspace, lesson, STAGES, rep)


def at(hour):
    return f"2026-03-02T{hour:02}:00:00Z"


async def lesson(office, start, end, actor=None, **more):
    content = {"subject": f"{start}-{end}", "starts_at": at(start), "ends_at": at(end), **more}
    return await create_record(office.workspace, actor or office.rep, "lesson", content)


async def change(office, view, **values):
    return await update_record(office.workspace, office.rep, "lesson", view.id, values, version=view.version)


async def press(office, view, name):
    return (await perform_action(office.workspace, office.rep, "lesson", view.id, name)).record


def told(caught):
    return [(one.field, one.code, one.english()) for one in caught.value.problems]


async def test_ranges_are_half_open_and_each_resource_counts_by_itself(office):
    await put_lessons(office, FREE)
    first = await lesson(office, 9, 11, room="red")
    await lesson(office, 11, 12, room="red")
    with pytest.raises(Invalid) as caught:
        await lesson(office, 10, 12, room="blue")
    assert told(caught) == [
        ("/teacher", "booked", "Teacher is taken at that time by “9-11”. Choose another, or another time.")
    ]
    with pytest.raises(Invalid) as caught:
        await lesson(office, 10, 11, office.other, room="red")
    assert told(caught) == [
        ("/room", "booked", "Room is taken at that time. Choose another, or another time.")
    ]
    await lesson(office, 10, 11, office.other, room="blue")
    first = await change(office, first, subject="Still mine")
    await change(office, first, ends_at=at(10))


async def test_what_ends_before_it_begins_is_refused_and_what_has_no_time_is_free(office):
    await put_lessons(office, FREE)
    with pytest.raises(Invalid) as caught:
        await lesson(office, 10, 9)
    assert told(caught) == [("/ends_at", "ends_first", "Ends at must not be before Starts at.")]
    await lesson(office, 10, 10)
    await create_record(office.workspace, office.rep, "lesson", {"subject": "Open", "starts_at": at(8)})
    await lesson(office, 8, 12)


async def test_a_transition_gives_a_time_free_and_takes_it_again(office):
    await put_lessons(office, FREE)
    first = await lesson(office, 9, 11)
    await press(office, first, "cancel")
    second = await lesson(office, 10, 12)
    with pytest.raises(Invalid):
        await press(office, first, "plan")
    await press(office, second, "cancel")
    assert (await press(office, first, "plan")).values["status"] == "planned"


async def test_of_many_at_once_nobody_is_in_two_places(office):
    await put_lessons(office, FREE)
    wanted = [lesson(office, 9 + number % 4, 11 + number % 4, room="red") for number in range(16)]
    results = await asyncio.gather(*wanted, return_exceptions=True)
    assert {type(one) for one in results if isinstance(one, Exception)} == {Invalid}
    times = sorted(one.title for one in results if not isinstance(one, BaseException))
    assert times in (["10-12", "12-14"], ["10-12"], ["11-13", "9-11"], ["11-13"], ["12-14", "9-11"])


async def test_records_that_overlap_stand_against_a_new_rule(office):
    await put_lessons(office)
    first, second = await lesson(office, 9, 11, room="red"), await lesson(office, 10, 12)
    with pytest.raises(Invalid) as caught:
        await put_lessons(office, FREE)
    assert told(caught)[0][2].startswith("1 pairs of records")
    await press(office, second, "cancel")
    await put_lessons(office, FREE)
    with pytest.raises(Invalid):
        await change(office, await lesson(office, 12, 13), starts_at=at(10))
    assert first.version == 1
