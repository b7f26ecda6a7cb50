"""The pairs of teams follow every change of the tree."""

import pytest

from guanxi.storage.records import delete, load, update
from tests.storage.sample import AT, add

pytestmark = pytest.mark.postgres


async def pairs(database):
    async with database.reading() as session:
        rows = await session.fetch("SELECT ancestor, descendant, depth FROM g_team_closure")
        return {(row[0], row[1]): row[2] for row in rows}


async def move(database, catalog, team, parent):
    entity = catalog.entities["team"]
    async with database.transaction() as session:
        before = (await load(session, catalog, entity, [team], entity.fields))[team]
        await update(session, entity, before, {**before, "parent_team": parent}, by=None, at=AT)


async def test_pairs_follow_the_tree(database, base_catalog):
    async with database.transaction() as session:
        a = await add(session, base_catalog, "team", name="A")
        b = await add(session, base_catalog, "team", name="B", parent_team=a)
        c = await add(session, base_catalog, "team", name="C", parent_team=b)
    own = {(team, team): 0 for team in (a, b, c)}
    assert await pairs(database) == own | {(a, b): 1, (b, c): 1, (a, c): 2}
    await move(database, base_catalog, c, a)
    assert await pairs(database) == own | {(a, b): 1, (a, c): 1}
    async with database.transaction() as session:
        await delete(session, base_catalog, base_catalog.entities["team"], c)
    assert await pairs(database) == {(a, a): 0, (b, b): 0, (a, b): 1}


async def test_a_circle_ends(database, base_catalog):
    async with database.transaction() as session:
        a = await add(session, base_catalog, "team", name="A")
        b = await add(session, base_catalog, "team", name="B", parent_team=a)
    await move(database, base_catalog, a, b)
    assert await pairs(database) == {(a, a): 0, (b, b): 0, (a, b): 1, (b, a): 1}
