"""The statements of lists: no name from outside gets into one, and a sorted page walks its index."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.errors import Invalid, Unavailable
from guanxi.rules.access import Person
from guanxi.storage import Database
from guanxi.storage.list_sql import ListSql
from guanxi.storage.lists import Condition, Selection, Sort, select_page
from guanxi.storage.releases import publish
from tests.storage.sample import AT, grant, scope_of

pytestmark = pytest.mark.postgres

HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["id; DROP TABLE e_order", 'number"', "number--", "lines.discount", "account.", ".", "__class__",
         "t.number", "account.owner.team.parent.name.x", "number) OR (1=1", "'", "\x00", "parent",
         "e_order", "id\n"]
    ),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=HOSTILE, text=st.text(max_size=20), after=st.one_of(st.text(max_size=40), st.binary(max_size=40)))
async def test_hostile_names_values_and_cursors_are_refused(database, base_catalog, name, text, after):
    scope = scope_of(base_catalog, "order", Person(1), grant())
    known = {"id", "version", *base_catalog.entities["order"].fields} - {"lines"}
    cursor = after if isinstance(after, str) else after.hex()
    async with database.reading() as session:
        for selection in (
            Selection(paths=frozenset(), sort=(Sort(name),)),
            Selection(paths=frozenset(), filters=(Condition(name, "is", text),)),
            Selection(paths=frozenset(), filters=(Condition("number", name, text),)),
            Selection(paths=frozenset(), after=cursor),
        ):
            if name in known and (
                selection.sort or (selection.filters and selection.filters[0].path == name)
            ):
                continue
            with pytest.raises(Invalid):
                await select_page(session, base_catalog, scope, selection, {})
        found = await select_page(
            session, base_catalog, scope, Selection(paths=frozenset(), search=text.replace("\x00", "")), {}
        )
        assert isinstance(found.items, list)


async def test_a_sorted_list_walks_its_index_once_the_spread_is_known(bare_sqlite_url, base_catalog):
    """A filter that many rows pass must not gather them all to sort them."""
    database = await Database.open(bare_sqlite_url)
    try:
        await publish(database, base_catalog, at=AT, over=None)
        async with database.transaction() as session:
            await session.execute(
                "INSERT INTO e_order (version, created_at, updated_at, number, owner, status, total) "
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
                "SELECT 1, '', '', i, NULL, CASE i % 3 WHEN 0 THEN 'draft' ELSE 'done' END, i % 977 FROM n"
            )
        await database.refresh_statistics()
        scope = scope_of(base_catalog, "order", Person(1), grant())
        status = Condition("status", "is", "draft")
        selection = Selection(paths=frozenset(), filters=(status,), sort=(Sort("total", descending=True),))
        writer = ListSql("sqlite", base_catalog, scope, selection, {}, None)
        for _ in range(3):
            async with database.reading() as session:
                plan = await session.fetch(f"EXPLAIN QUERY PLAN {writer.page()}", *writer.arguments.values)
                assert any("s_e_order__total__id" in row["detail"] for row in plan)
                with pytest.raises(Unavailable):
                    await session.execute("DELETE FROM e_order")
    finally:
        await database.close()
