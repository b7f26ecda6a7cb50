"""The statement of a page, kept: the same list asked again is not put together again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions import Catalog
from guanxi.rules.access import Scope
from guanxi.storage.list_columns import rights_of
from guanxi.storage.list_sql import ListSql
from guanxi.storage.scopes import Reach
from guanxi.storage.selection import Selection, Sort
from guanxi.storage.session import Dialect, Row

KEPT = 2048
"""How many statements a process keeps; one is a few thousand characters."""
_LASTING = ("me", "today", "zone")
"""The variables that stay the same for long enough."""

_statements: OrderedDict[Hashable, "Statement"] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Statement:
    """Text and arguments of a page, what makes records of its rows, how its cursors name the order."""

    sql: str
    arguments: tuple[Any, ...]
    read: Callable[[Row], dict[str, Any]]
    sorts: tuple[Sort, ...]
    order: str
    opposite: str


def statement_of(
    dialect: Dialect,
    catalog: Catalog,
    scope: Scope,
    selection: Selection,
    variables: Mapping[str, Any],
    reach: Reach | None,
) -> Statement:
    """The statement of a selection for the person of a scope. Raises like `lists.select_page`."""
    key = _key(dialect, catalog, scope, selection, variables, reach)
    found = _statements.get(key) if key is not None else None
    if found is None:
        found = _written(dialect, catalog, scope, selection, variables, reach)
    if key is not None:
        _statements[key] = found
        _statements.move_to_end(key)
        if len(_statements) > KEPT:
            _statements.popitem(last=False)
    return found


def _key(
    dialect: Dialect,
    catalog: Catalog,
    scope: Scope,
    selection: Selection,
    variables: Mapping[str, Any],
    reach: Reach | None,
) -> Hashable | None:
    """All that the statement depends on; None when it depends on the very moment."""
    formulas = [one for one in (selection.view, selection.where) if one is not None]
    asked = frozenset().union(*(formula.variables for formula in formulas))
    if not asked <= set(_LASTING):
        return None
    paths = selection.paths.union(
        *(formula.reads for formula in formulas),
        (condition.path for condition in selection.filters),
        (sort.path for sort in selection.sort),
    )
    rights = rights_of(catalog, scope, paths, reach)
    if not rights.timeless:
        return None
    filters = tuple((one.path, one.operator, _hashable(one.value)) for one in selection.filters)
    lasting = tuple(variables.get(name) for name in _LASTING)
    plain = (selection.search, selection.sort, selection.limit, selection.after)
    asked_texts = tuple((formula.text, formula.root) for formula in formulas)
    which = (selection.view is None, selection.where is None)
    return (dialect, catalog, rights, selection.paths, asked_texts, which, filters, plain, lasting)


def _hashable(value: Any) -> Hashable:
    return (type(value), tuple(value)) if isinstance(value, list) else (type(value), value)


def _written(
    dialect: Dialect,
    catalog: Catalog,
    scope: Scope,
    selection: Selection,
    variables: Mapping[str, Any],
    reach: Reach | None,
) -> Statement:
    writer = ListSql(dialect, catalog, scope, selection, variables, reach)
    sql = writer.page()
    return Statement(
        sql, tuple(writer.arguments.values), writer.columns.read, writer.sorts, writer.order, writer.opposite
    )
