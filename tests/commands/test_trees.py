"""Nothing lies below itself: teams, people under their managers, companies under companies."""

import asyncio

import pytest

from guanxi.commands.people.change_user import change_user
from guanxi.commands.people.views import UserChange
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.preview_record import preview_record
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.errors import Invalid


async def hang(office, entity, id_, field, above):
    version = (await read_record(office.workspace, office.admin, entity, id_)).version
    payload = {field: None if above is None else str(above)}
    return await update_record(office.workspace, office.admin, entity, id_, payload, version=version)


async def refused(office, entity, id_, field, above):
    with pytest.raises(Invalid) as caught:
        await hang(office, entity, id_, field, above)
    return [(problem.field, problem.code) for problem in caught.value.problems]


async def account(office, name, above=None):
    more = {"parent_account": str(above)} if above is not None else {}
    return (await create_record(office.workspace, office.admin, "account", {"name": name, **more})).id


async def test_a_team_below_itself_is_refused(office):
    north, east, south = (office.teams[name] for name in ("North", "North-East", "South"))
    for above in (north, east):
        assert await refused(office, "team", north, "parent_team", above) == [("/parent_team", "circle")]
    await hang(office, "team", north, "parent_team", south)
    assert await refused(office, "team", south, "parent_team", east) == [("/parent_team", "circle")]
    await hang(office, "team", north, "parent_team", None)
    await hang(office, "team", south, "parent_team", east)


async def test_companies_below_themselves_are_refused_at_any_depth(office):
    chain = [await account(office, "top")]
    for number in range(12):
        chain.append(await account(office, f"below {number}", chain[-1]))
    top = chain[0]
    for below in chain:
        assert await refused(office, "account", top, "parent_account", below) == [
            ("/parent_account", "circle")
        ]
    await hang(office, "account", chain[-1], "parent_account", top)


async def test_a_form_says_it_before_saving(office):
    top = await account(office, "top")
    below = await account(office, "below", top)
    form = await preview_record(
        office.workspace, office.admin, "account", {"parent_account": str(below)}, id_=top
    )
    assert [(p.field, p.code) for p in form.problems] == [("/parent_account", "circle")]


async def test_nobody_manages_their_manager(office):
    director, rep = office.director.user_id, office.rep.user_id
    assert await refused(office, "user", director, "manager", rep) == [("/manager", "circle")]
    version = (await read_record(office.workspace, office.admin, "user", director)).version
    with pytest.raises(Invalid) as caught:
        await change_user(office.workspace, office.admin, director, UserChange(manager_id=rep), version)
    assert [problem.field for problem in caught.value.problems] == ["/manager"]


async def test_two_at_once_do_not_close_a_circle(office):
    for attempt in range(5):
        one, two = [await account(office, f"{name} {attempt}") for name in ("one", "two")]
        results = await asyncio.gather(
            hang(office, "account", one, "parent_account", two),
            hang(office, "account", two, "parent_account", one),
            return_exceptions=True,
        )
        assert sorted(isinstance(result, Invalid) for result in results) == [False, True], results
