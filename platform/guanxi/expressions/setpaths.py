"""How the set back end reaches members: columns, correlated look-ups, rows of collections."""

from dataclasses import dataclass

from guanxi.expressions.nodes import Frame
from guanxi.expressions.resolve import OWNER
from guanxi.expressions.tables import ColumnRef, Tables, quoted

KEY = ColumnRef("id", "reference")


@dataclass(frozen=True, slots=True)
class _Hop:
    """One step along a reference: the column that leads, and the entity it leads to."""

    column: str
    entity: str


class Paths:
    """Writes members as SQL; every look-up and row gets an alias of its own."""

    def __init__(self, tables: Tables, alias: str) -> None:
        self._tables = tables
        self._alias = quoted(alias)
        self._lookups = 0

    def member(self, frame: Frame, keys: tuple[str, ...]) -> tuple[str, ColumnRef]:
        """SQL of a member, and how its values are stored."""
        alias, entity, hops = self._origin(frame)
        for key in keys[:-1]:
            hops.append(self._hop(entity, key))
            entity = hops[-1].entity
        column = self._column(entity, keys[-1])
        if column.name == KEY.name and hops:
            # The key of a record that a column leads to is that column.
            column = ColumnRef(hops.pop().column, "reference")
        return self._looked_up(alias, hops, column), column

    def source(self, row: Frame) -> tuple[str, str]:
        """The table of a row for FROM, and the condition that makes it belong to its collection."""
        if row.base is None:
            raise ValueError(f"The row {row.name} belongs to no collection.")
        alias, entity, hops = self._origin(row.base)
        for key in row.keys[:-1]:
            hops.append(self._hop(entity, key))
            entity = hops[-1].entity
        target, column = self._tables[entity].collections[row.keys[-1]]
        owner = ColumnRef(hops.pop().column, "reference") if hops else KEY
        own = _row_alias(row)
        table = f"{quoted(self._tables[target].table)} AS {own}"
        return table, f"{own}.{quoted(column)} = {self._looked_up(alias, hops, owner)}"

    def _origin(self, frame: Frame) -> tuple[str, str, list[_Hop]]:
        if frame.kind == "owner" and frame.base is not None:
            alias, entity, hops = self._origin(frame.base)
            return alias, frame.entity, [*hops, self._hop(entity, OWNER)]
        return (_row_alias(frame) if frame.kind == "row" else self._alias), frame.entity, []

    def _hop(self, entity: str, key: str) -> _Hop:
        table = self._tables[entity]
        if key in table.references:
            return _Hop(table.columns[key].name, table.references[key])
        if key == OWNER and table.parent is not None:
            return _Hop(table.parent[1], table.parent[0])
        raise KeyError(f"{entity} has no reference {key!r} in its table.")

    def _column(self, entity: str, key: str) -> ColumnRef:
        columns = self._tables[entity].columns
        if key in columns:
            return columns[key]
        if key == KEY.name:
            return KEY
        if key == OWNER:
            return ColumnRef(self._hop(entity, key).column, "reference")
        raise KeyError(f"{entity} has no column for {key!r}.")

    def _looked_up(self, alias: str, hops: list[_Hop], column: ColumnRef) -> str:
        if not hops:
            return f"{alias}.{quoted(column.name)}"
        first, *others = hops
        current = self._lookup_alias()
        joined = f"{quoted(self._tables[first.entity].table)} AS {current}"
        link = f"{current}.{quoted(KEY.name)} = {alias}.{quoted(first.column)}"
        for hop in others:
            following = self._lookup_alias()
            table = quoted(self._tables[hop.entity].table)
            joined += f" JOIN {table} AS {following}"
            joined += f" ON {following}.{quoted(KEY.name)} = {current}.{quoted(hop.column)}"
            current = following
        return f"(SELECT {current}.{quoted(column.name)} FROM {joined} WHERE {link})"

    def _lookup_alias(self) -> str:
        self._lookups += 1
        return f'"g_look{self._lookups}"'


def _row_alias(row: Frame) -> str:
    return quoted(f"g_{row.name}")
