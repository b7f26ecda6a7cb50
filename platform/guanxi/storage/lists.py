"""Pages of a list: what a person may see, filtered, sorted, a page at a time.

The ids of a page are found first and its columns read for these rows only. Finding them is a UNION ALL of
limited branches, one for each grant and each way to lie behind the cursor, so that every branch can walk an
index; never one OR over all rows. A missing value sorts before every other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guanxi.definitions import Catalog
from guanxi.rules.access import Scope
from guanxi.storage.columns import quoted
from guanxi.storage.conditions import Condition
from guanxi.storage.cursors import write_cursor
from guanxi.storage.list_sql import ListSql
from guanxi.storage.list_statement import Statement, statement_of
from guanxi.storage.scopes import Reach
from guanxi.storage.selection import Selection, Sort
from guanxi.storage.session import Session

__all__ = ["Condition", "Page", "Reach", "Selection", "Sort", "count", "select_page", "visible_ids"]


@dataclass(frozen=True, slots=True)
class Page:
    """The records of a page, and the cursor behind its last one when there are more.

    `back` is the cursor at its first record for the opposite order: it leads to the page before.
    """

    items: Sequence[dict[str, Any]]
    next: str | None
    back: str | None = None


async def select_page(
    session: Session,
    catalog: Catalog,
    scope: Scope,
    selection: Selection,
    variables: Mapping[str, Any],
    reach: Reach | None = None,
) -> Page:
    """A page of the records in a scope. Each holds its id, version and the paths that were asked for.

    A field that the person may not read on a row is missing there, and no filter, search or `where` over it
    finds that row. `reach` gives the person's scope of other entities: what lies behind a reference is then
    treated in the same way.

    Raises:
        Invalid: a sort, filter or cursor does not fit the list.
        KeyError: a path leads nowhere.
    """
    if not scope.branches:
        return Page([], None)
    statement = statement_of(session.dialect, catalog, scope, selection, variables, reach)
    rows = await session.fetch(statement.sql, *statement.arguments)
    items = [statement.read(row) for row in rows[: selection.limit]]
    if not items:
        return Page(items, None)
    more = _cursor(statement, statement.order, items[-1]) if len(rows) > selection.limit else None
    return Page(items, more, _cursor(statement, statement.opposite, items[0]))


def _cursor(statement: Statement, order: str, row: Mapping[str, Any]) -> str:
    return write_cursor(order, [row[sort.path] for sort in statement.sorts], row["id"])


async def count(
    session: Session,
    catalog: Catalog,
    scope: Scope,
    selection: Selection,
    variables: Mapping[str, Any],
    reach: Reach | None = None,
) -> int:
    """How many records the selection has in all pages: one scan, its scopes joined by OR."""
    if not scope.branches:
        return 0
    rows_only = replace(selection, paths=frozenset(), sort=(), after=None)
    writer = ListSql(session.dialect, catalog, scope, rows_only, variables, reach)
    found: int = await session.value(writer.counted(), *writer.arguments.values)
    return found


async def visible_ids(session: Session, catalog: Catalog, scope: Scope, ids: Sequence[int]) -> frozenset[int]:
    """Those of some ids that are in the scope."""
    if not ids or not scope.branches:
        return frozenset()
    writer = ListSql(session.dialect, catalog, scope, Selection(paths=frozenset()), {}, None)
    marks = ", ".join(writer.arguments.bind(id_) for id_ in ids)
    where = f"t.id IN ({marks}) AND {writer.scopes.any_of(scope.branches)}"
    rows = await session.fetch(
        f"SELECT t.id FROM {quoted(scope.entity.table)} t WHERE {where}", *writer.arguments.values
    )
    return frozenset(row[0] for row in rows)
