"""The statement of one page of a list."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Column
from guanxi.errors import N_, Invalid, Problem
from guanxi.expressions import Formula
from guanxi.expressions.sets import condition_sql
from guanxi.rules.access import Scope
from guanxi.storage.columns import convert_in, quoted
from guanxi.storage.conditions import condition_of, contains_sql, linked_sql
from guanxi.storage.cursors import read_cursor
from guanxi.storage.guards import Guards
from guanxi.storage.list_columns import columns_of
from guanxi.storage.placeholders import Arguments
from guanxi.storage.projection import Projection
from guanxi.storage.scopes import EVERYTHING, NOTHING, Reach, ScopeSql
from guanxi.storage.selection import Selection, Sort
from guanxi.storage.session import Dialect

NO_SORT = N_("This list cannot be sorted by {name}.")
NO_FILTER = N_("This list cannot be filtered by {name}.")


class ListSql:
    """Puts the statement together; `arguments` are then its arguments.

    `columns` are what it reads of each row.
    """

    def __init__(
        self,
        dialect: Dialect,
        catalog: Catalog,
        scope: Scope,
        selection: Selection,
        variables: Mapping[str, Any],
        reach: Reach | None,
    ) -> None:
        self.dialect: Dialect = dialect
        self.catalog, self.scope, self.selection, self.variables = catalog, scope, selection, variables
        self.sorts, self._backwards = self._sorting()
        # The sort keys are read too: the cursors of a page are made of them.
        paths = (*selection.paths, *(sort.path for sort in self.sorts))
        try:
            self.columns = columns_of(dialect, catalog, scope, paths, reach)
        except KeyError:
            self._refuse_unknown_sorts()
            raise
        self.arguments = Arguments(*self.columns.arguments)
        self.scopes = ScopeSql(catalog, scope, dialect, self.arguments)
        self.guards = Guards(catalog, dialect, self.arguments, self.scopes, reach)
        self.inner = Projection(catalog, scope.entity, dialect)
        self.keys = [self._sort_key(sort) for sort in self.sorts]
        self.order = self._named(turned=False)
        self.opposite = self._named(turned=True)

    def page(self) -> str:
        """The statement of the page and of one row more."""
        columns = self.columns
        table = quoted(self.scope.entity.table)
        order = self._ordering([f"p.k{place}" for place in range(len(self.keys))], "p.id")
        return (
            f"SELECT {columns.text} FROM ({self._ids()}) p JOIN {table} t ON t.id = p.id{columns.joins} "
            f"ORDER BY {order}"
        )

    def counted(self) -> str:
        """The statement that counts all pages; only for a selection of no columns in no order."""
        wanted = self._wanted()
        where = [self.scopes.any_of(self.scope.branches), *wanted]
        return f"SELECT count(*) FROM {self._source()} WHERE {_all(where)}"

    def _ids(self) -> str:
        """Ids and sort keys."""
        wanted = self._wanted()
        grants = self.scopes.branches()
        edges = list(self._edges())
        branches = [
            self._branch([rows, *wanted, *edge]) for rows in map(self.scopes.rows, grants) for edge in edges
        ]
        if len(branches) == 1:
            return branches[0]
        # Only the rows of different grants can be the same.
        joined = (" UNION " if len(grants) > 1 else " UNION ALL ").join(
            f"SELECT * FROM ({branch}) b{place}" for place, branch in enumerate(branches)
        )
        names = [f"k{place}" for place in range(len(self.keys))]
        listed = ", ".join(["id", *names])
        return f"SELECT {listed} FROM ({joined}) u ORDER BY {self._ordering(names, 'id')} LIMIT {self._limit}"

    def _branch(self, where: Sequence[str]) -> str:
        keys = [f"{sql} AS k{place}" for place, (sql, _) in enumerate(self.keys)]
        order = self._ordering([sql for sql, _ in self.keys], "t.id")
        return (
            f"SELECT {', '.join(['t.id AS id', *keys])} FROM {self._source()} "
            f"WHERE {_all(where)} ORDER BY {order} LIMIT {self._limit}"
        )

    def _source(self) -> str:
        return " ".join([f"{quoted(self.scope.entity.table)} t", *self.inner.joins])

    @property
    def _limit(self) -> int:
        return int(self.selection.limit) + 1

    def _wanted(self) -> list[str]:
        """The conditions of the selection; each finds only rows on which what it looks at may be read."""
        wanted = []
        for where in filter(None, (self.selection.view, self.selection.where)):
            wanted += [self.guards.readable(path, self.inner) for path in sorted(where.reads)]
            wanted.append(self._holds(where))
        for condition in self.selection.filters:
            links = self.scope.entity.fields.get(condition.path)
            if links is not None and links.type == "references" and links.lines is not None:
                wanted.append(self.scopes.clear([links.name]))
                wanted.append(linked_sql(condition, links.lines, self.arguments, self.dialect))
                continue
            sql, column = self._place(condition.path)
            wanted.append(self.guards.readable(condition.path, self.inner))
            wanted.append(condition_of(condition, sql, column, self.arguments, self.dialect))
        if self.selection.search:
            wanted.append(self._searched(self.selection.search))
        return wanted

    def _holds(self, formula: Formula) -> str:
        tables, bind = self.catalog.tables, self.arguments.bind
        return condition_sql(formula, tables, self.dialect, "t", bind, self.variables)

    def _searched(self, text: str) -> str:
        matches = []
        for name in self.scope.entity.search:
            sql, _ = self.inner.place(name)
            match = contains_sql(sql, text, self.arguments, self.dialect)
            matches.append(f"({_all([self.scopes.clear([name]), match])})")
        return f"({' OR '.join(matches)})" if matches else NOTHING

    def _edges(self) -> Iterator[list[str]]:
        """The ways to lie behind the cursor, each a list of conditions; they do not overlap."""
        if self.selection.after is None:
            yield []
            return
        values, id_ = read_cursor(self.selection.after, self.order, [column for _, column in self.keys])
        equal: list[str] = []
        for (sql, column), sort, value in zip(self.keys, self.sorts, values, strict=True):
            for behind in self._behind(sql, column, value, descending=sort.descending):
                yield [*equal, behind]
            equal.append(f"{sql} IS NULL" if value is None else f"{sql} = {self._bound(value, column)}")
        yield [*equal, f"t.id {'<' if self._backwards else '>'} {self.arguments.bind(id_)}"]

    def _behind(self, sql: str, column: Column, value: Any, *, descending: bool) -> Iterator[str]:
        """The rows behind a value of one key; missing values come first, descending last."""
        if value is None:
            if not descending:
                yield f"{sql} IS NOT NULL"
            return
        yield f"{sql} {'<' if descending else '>'} {self._bound(value, column)}"
        if descending:
            yield f"{sql} IS NULL"

    def _bound(self, value: Any, column: Column) -> str:
        try:
            return self.arguments.bind(convert_in(column, value, self.dialect))
        except (ValueError, OverflowError) as error:
            raise _refused("sort", "/after", column.key) from error

    def _sorting(self) -> tuple[tuple[Sort, ...], bool]:
        """The sort keys, and whether ids, which settle ties, are descending.

        Ties follow the direction of the last key, as the index over both does. What comes after the id has
        nothing left to sort.
        """
        keys: list[Sort] = []
        for sort in self.selection.sort:
            if sort.path == "id":
                return tuple(keys), sort.descending
            keys.append(Sort(self._titled(sort.path), sort.descending))
        return tuple(keys), bool(keys) and keys[-1].descending

    def _refuse_unknown_sorts(self) -> None:
        probe = Projection(self.catalog, self.scope.entity, self.dialect)
        for sort in self.sorts:
            try:
                probe.place(sort.path)
            except KeyError as error:
                raise _refused("sort", "/sort", sort.path) from error

    def _named(self, *, turned: bool) -> str:
        """The sorting, or the opposite one, as cursors name it."""
        every = (*self.sorts, Sort("id", self._backwards))
        return ",".join(f"{'-' if sort.descending != turned else ''}{sort.path}" for sort in every)

    def _ordering(self, keys: Sequence[str], id_: str) -> str:
        parts = [
            f"{key} DESC NULLS LAST" if sort.descending else f"{key} NULLS FIRST"
            for key, sort in zip(keys, self.sorts, strict=True)
        ]
        return ", ".join([*parts, f"{id_} DESC" if self._backwards else id_])

    def _titled(self, path: str) -> str:
        one = self.scope.entity.fields.get(path)
        target = self.catalog.entities.get(one.to) if one is not None and one.to else None
        return f"{path}.{target.title}" if target is not None and target.title else path

    def _sort_key(self, sort: Sort) -> tuple[str, Column]:
        """What to sort by; what is not to be read behind a reference sorts as if it were missing."""
        if not self.scopes.always_clear(sort.path.partition(".")[0]):
            raise _refused("sort", "/sort", sort.path)
        try:
            sql, column = self.inner.place(sort.path)
            guard = self.guards.readable(sort.path, self.inner)
        except KeyError as error:
            raise _refused("sort", "/sort", sort.path) from error
        return (sql if guard == EVERYTHING else f"CASE WHEN {guard} THEN {sql} END"), column

    def _place(self, path: str) -> tuple[str, Column]:
        try:
            return self.inner.place(path)
        except KeyError as error:
            raise _refused("filter", f"/{path.replace('.', '/')}", path) from error


def _refused(what: str, field: str, name: str) -> Invalid:
    message = (NO_SORT if what == "sort" else NO_FILTER)(name=name)
    return Invalid(message, [Problem(field, what, message)])


def _all(conditions: Sequence[str]) -> str:
    kept = dict.fromkeys(condition for condition in conditions if condition != EVERYTHING)
    return " AND ".join(f"({condition})" for condition in kept) or EVERYTHING
