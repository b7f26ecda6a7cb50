"""Lists: pages in a stable order, and never a row or a value that the person may not see."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guanxi.errors import Invalid
from guanxi.expressions import compile_formula
from guanxi.rules.access import Access, Person
from guanxi.storage.lists import Condition, Selection, Sort, count, select_page, visible_ids
from guanxi.storage.records import insert, load
from tests.storage.sample import add, grant, order, people, scope_of

pytestmark = pytest.mark.postgres


@pytest.fixture
async def world(database, base_catalog):
    """Orders of three people, with ties and missing values to sort by."""
    async with database.transaction() as session:
        ids = await people(session, base_catalog)
        owners = [ids["ada"], ids["bo"], ids["chen"]]
        ids["accounts"] = [
            await add(session, base_catalog, "account", name=name, currency="CNY", owner=owner, phone=phone)
            for name, owner, phone in (
                ("Huaxin", owners[0], "111"),
                ("北辰", owners[1], "222"),
                ("Zeta", owners[2], None),
            )
        ]
        product = await add(session, base_catalog, "product", code="P-1", name="Gear", currency="CNY")
        ids["orders"] = []
        for number in range(24):
            record = order(
                ids["accounts"][number % 3],
                owners[number * 7 % 3],
                product,
                str(number % 4),
                number=f"SO-{number:02}",
                note=None if number % 5 == 0 else f"Note {'Äpfel' if number % 2 else 'birnen'} {number % 3}",
                ordered_on=None if number % 6 == 0 else date(2026, 1, 1 + number % 4),
                total=None if number % 7 == 0 else Decimal(number % 4),
            )
            ids["orders"].append(await insert(session, base_catalog.entities["order"], record))
    return ids


async def walk(database, catalog, scope, variables=None, reach=None, **wanted):
    """All pages one after the other."""
    items: list[dict[str, Any]] = []
    after = None
    async with database.reading() as session:
        while True:
            selection = Selection(
                **{"paths": frozenset({"number", "total"}), "limit": 5, **wanted, "after": after}
            )
            page = await select_page(session, catalog, scope, selection, variables or {}, reach)
            items += page.items
            after = page.next
            if after is None:
                plain = Selection(**{"paths": frozenset(), **wanted})
                assert await count(session, catalog, scope, plain, variables or {}, reach) == len(items)
                return items


SORTS = [
    (),
    (Sort("total"),),
    (Sort("total", descending=True),),
    (Sort("ordered_on"), Sort("note", descending=True)),
    (Sort("note", descending=True), Sort("total")),
    (Sort("account"), Sort("ordered_on", descending=True)),
    (Sort("created_at"),),
]


@pytest.mark.parametrize("sort", SORTS)
async def test_pages_follow_one_order_and_leave_nothing_out(database, base_catalog, world, sort):
    scope = scope_of(base_catalog, "order", Person(world["ada"]), grant())
    found = await walk(database, base_catalog, scope, sort=sort)
    async with database.reading() as session:
        paths = {"total", "note", "ordered_on", "account.name"}
        rows = (
            await load(session, base_catalog, base_catalog.entities["order"], world["orders"], paths)
        ).values()
    expected = sorted(rows, key=lambda row: row["id"], reverse=bool(sort) and sort[-1].descending)
    for key in reversed(sort):
        path = "account.name" if key.path == "account" else key.path

        def rank(row, path=path):
            value = row[path]
            value = value.encode() if isinstance(value, str) else value
            return (value is not None, value) if value is not None else (False, 0)

        expected.sort(key=rank, reverse=key.descending)
    assert [row["id"] for row in found] == [row["id"] for row in expected]


@pytest.mark.parametrize("sort", [*SORTS[1:], (Sort("id", descending=True),)])
async def test_the_page_before_is_the_one_that_was_left(database, base_catalog, world, sort):
    scope = scope_of(base_catalog, "order", Person(world["ada"]), grant())
    turned = tuple(Sort(key.path, not key.descending) for key in sort)
    async with database.reading() as session:
        plain = Selection(paths=frozenset(), sort=sort, limit=7)
        first = await select_page(session, base_catalog, scope, plain, {})
        second = await select_page(session, base_catalog, scope, replace(plain, after=first.next), {})
        back = replace(plain, sort=turned, after=second.back)
        before = await select_page(session, base_catalog, scope, back, {})
        again = await select_page(session, base_catalog, scope, replace(plain, after=before.back), {})
    assert [row["id"] for row in reversed(before.items)] == [row["id"] for row in first.items]
    assert [row["id"] for row in again.items] == [row["id"] for row in second.items]


def grants_of(catalog, ids):
    mine = compile_formula("total >= 2 and account.name != 'Zeta'", catalog.shapes, "order")
    return [
        (grant("own"),),
        (grant("team"),),
        (grant("subTeams"),),
        (grant("own"), grant("subTeams", total="masked")),
        (grant("own"), grant("where", mine, number="masked")),
        (grant("where", mine), grant("team")),
        (grant("all"), grant("own")),
    ]


@pytest.mark.parametrize("which", range(7))
@pytest.mark.parametrize("viewer", ["ada", "bo", "chen"])
async def test_rows_are_those_that_the_grants_reach(database, base_catalog, world, which, viewer):
    team = {"ada": world["top"], "bo": world["sub"], "chen": None}[viewer]
    below = frozenset({world["sub"]}) if viewer == "ada" else frozenset()
    person = Person(world[viewer], team, below, {"me": world[viewer]})
    grants = grants_of(base_catalog, world)[which]
    scope = scope_of(base_catalog, "order", person, *grants)
    access = Access(base_catalog.entities["order"], person, grants)
    async with database.reading() as session:
        paths = access.reads() | {"total", "number"}
        rows = await load(session, base_catalog, base_catalog.entities["order"], world["orders"], paths)
        ids = await visible_ids(session, base_catalog, scope, world["orders"])
    expected = {
        id_: {
            name: row[name] if access.on_record(row).fields[name] in ("read", "write") else None
            for name in ("total", "number")
        }
        for id_, row in rows.items()
        if "read" in access.on_record(row).can
    }
    found = await walk(database, base_catalog, scope, sort=(Sort("ordered_on", descending=True),))
    assert {row["id"]: {"total": row["total"], "number": row["number"]} for row in found} == expected
    assert len(found) == len(expected)
    assert ids == expected.keys()


async def test_a_masked_field_finds_nothing_where_it_is_masked(database, base_catalog, world):
    person = Person(world["ada"], world["top"], frozenset({world["sub"]}))
    scope = scope_of(
        base_catalog, "order", person, grant("own"), grant("subTeams", total="masked", number="hidden")
    )
    mine = {
        row["id"]
        for row in await walk(database, base_catalog, scope_of(base_catalog, "order", person, grant("own")))
    }
    where = compile_formula("total >= 0 or missing(total)", base_catalog.shapes, "order")
    for wanted in (
        {"where": where},
        {"filters": (Condition("number", "contains", "so-"),)},
        {"search": "SO-"},
    ):
        found = await walk(database, base_catalog, scope, **wanted)
        assert {row["id"] for row in found} == mine, wanted
    with pytest.raises(Invalid):
        await walk(database, base_catalog, scope, sort=(Sort("total"),))


async def test_a_wider_clear_grant_lets_a_narrower_masked_one_sort(database, base_catalog, world):
    person = Person(world["ada"], world["top"], frozenset({world["sub"]}))
    scope = scope_of(base_catalog, "order", person, grant("team", total="masked"), grant("subTeams"))
    found = await walk(database, base_catalog, scope, sort=(Sort("total"),))
    assert any(row["total"] is not None for row in found)


async def test_what_lies_behind_a_reference_is_guarded_too(database, base_catalog, world):
    person = Person(world["ada"], world["top"])
    scope = scope_of(base_catalog, "order", person, grant())
    behind = scope_of(base_catalog, "account", person, grant("own"), grant("all", phone="masked"))

    def reach(name):
        return behind if name == "account" else scope_of(base_catalog, name, person, grant())

    where = compile_formula("account.phone == '222' or missing(account.phone)", base_catalog.shapes, "order")
    assert await walk(database, base_catalog, scope, where=where, reach=reach) == []
    assert await walk(database, base_catalog, scope, where=where)
    found = await walk(database, base_catalog, scope, paths=frozenset({"account.phone"}), reach=reach)
    assert {row["account.phone"] for row in found} == {"111", None}
    inverse = compile_formula("count(orders) > 0", base_catalog.shapes, "account")
    mine = scope_of(base_catalog, "order", person, grant("own"))
    with pytest.raises(Invalid):
        await walk(database, base_catalog, behind, where=inverse, paths=frozenset(), reach=lambda name: mine)


FILTERS = [
    (Condition("status", "is", "draft"), lambda row: True),
    (Condition("total", "from", Decimal(2)), lambda row: row["total"] is not None and row["total"] >= 2),
    (Condition("total", "to", Decimal(1)), lambda row: row["total"] is not None and row["total"] <= 1),
    (Condition("total", "missing", True), lambda row: row["total"] is None),
    (Condition("total", "missing", False), lambda row: row["total"] is not None),
    (Condition("total", "oneOf", [Decimal(1), None, Decimal(3)]), lambda row: row["total"] in (1, 3)),
    (Condition("total", "oneOf", []), lambda row: False),
    (Condition("note", "contains", "äPF"), lambda row: "Äpfel" in (row["note"] or "")),
    (Condition("note", "contains", "%"), lambda row: False),
    (Condition("ordered_on", "is", date(2026, 1, 2)), lambda row: row["ordered_on"] == date(2026, 1, 2)),
    (Condition("account.name", "is", "北辰"), lambda row: row["account.name"] == "北辰"),
]


@pytest.mark.parametrize(("condition", "holds"), FILTERS)
async def test_filters_choose_what_they_say(database, base_catalog, world, condition, holds):
    scope = scope_of(base_catalog, "order", Person(world["ada"]), grant())
    found = await walk(database, base_catalog, scope, filters=(condition,))
    async with database.reading() as session:
        paths = {"total", "note", "ordered_on", "account.name"}
        rows = await load(session, base_catalog, base_catalog.entities["order"], world["orders"], paths)
    assert {row["id"] for row in found} == {id_ for id_, row in rows.items() if holds(row)}


async def test_nobody_without_a_grant_finds_anything(database, base_catalog, world):
    assert await walk(database, base_catalog, scope_of(base_catalog, "order", Person(world["ada"]))) == []


async def test_a_cursor_of_another_sorting_is_refused(database, base_catalog, world):
    scope = scope_of(base_catalog, "order", Person(world["ada"]), grant())
    async with database.reading() as session:
        first = Selection(paths=frozenset(), sort=(Sort("number"),), limit=3)
        page = await select_page(session, base_catalog, scope, first, {})
        other = Selection(paths=frozenset(), sort=(Sort("total"),), limit=3, after=page.next)
        with pytest.raises(Invalid):
            await select_page(session, base_catalog, scope, other, {})
