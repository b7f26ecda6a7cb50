"""A small world for expressions: entities, their tables on both databases, and rows read by path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from guanxi.expressions import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    TEXT,
    CollectionType,
    ColumnRef,
    DecimalType,
    MoneyType,
    OptionsType,
    ReferenceType,
    Shape,
    TableRef,
    TextType,
    Type,
)
from guanxi.expressions.sqlvalues import Dialect, kind_of, to_sql

CHANNELS = ("email", "mail", "fair")
STATES = ("draft", "waiting", "approved")
VARIABLES = {"me": 2, "today": date(2026, 3, 5), "now": datetime(2026, 3, 5, 12, 30, tzinfo=UTC)}

MEMBERS: Mapping[str, Mapping[str, Type]] = {
    "user": {"name": TEXT, "manager": ReferenceType("user"), "grade": INTEGER},
    "account": {
        "name": TEXT,
        "currency": TEXT,
        "owner": ReferenceType("user"),
        "parent": ReferenceType("account"),
        "ceiling": MoneyType("currency"),
        "active": BOOLEAN,
        "orders": CollectionType("order", via="account"),
    },
    "order": {
        "number": TEXT,
        "note": TEXT,
        "status": TextType(STATES),
        "account": ReferenceType("account"),
        "owner": ReferenceType("user"),
        "ordered_on": DATE,
        "ends_on": DATE,
        "created_at": DATETIME,
        "count_of_boxes": INTEGER,
        "score": DecimalType(2),
        "rate": DecimalType(6),
        "margin": DecimalType(2, percent=True),
        "total": MoneyType("account.currency"),
        "limit": MoneyType("account.currency"),
        "fee": MoneyType(None),
        "budget": MoneyType("CNY"),
        "paid": BOOLEAN,
        "channels": OptionsType(CHANNELS),
        "place": TEXT,
        "place.city": TEXT,
        "wait": DURATION,
        "lines": CollectionType("order.lines"),
        "friends": CollectionType("order.friends", through="record"),
    },
    "order.friends": {"record": ReferenceType("user")},
    "order.lines": {
        "memo": TEXT,
        "quantity": DecimalType(2),
        "price": MoneyType("parent.account.currency"),
        "discount": DecimalType(2, percent=True),
        "boxes": INTEGER,
        "gift": BOOLEAN,
        "day": DATE,
        "buyer": ReferenceType("user"),
    },
}
OWNERS = {"order.lines": "order", "order.friends": "order"}
SHAPES = {name: Shape(name, members, OWNERS.get(name)) for name, members in MEMBERS.items()}


def table_name(entity: str) -> str:
    """The table of an entity; `order` alone would be a word of SQL."""
    return "e_" + entity.replace(".", "__")


def columns(entity: str) -> dict[str, ColumnRef]:
    """The columns of an entity by member."""
    found = {}
    for name, type_ in MEMBERS[entity].items():
        if isinstance(type_, CollectionType):
            continue
        found[name] = ColumnRef(name.replace(".", "__"), *kind_of(type_))
        if type_ == MoneyType(None):
            found[f"{name}.currency"] = ColumnRef(f"{name}__currency", "text")
    return found


def _table(entity: str) -> TableRef:
    members = MEMBERS[entity]
    return TableRef(
        table_name(entity),
        columns(entity),
        {name: type_.entity for name, type_ in members.items() if isinstance(type_, ReferenceType)},
        {
            name: (type_.entity, type_.via or "parent_id")
            for name, type_ in members.items()
            if isinstance(type_, CollectionType)
        },
        (OWNERS[entity], "parent_id") if entity in OWNERS else None,
    )


TABLES = {entity: _table(entity) for entity in MEMBERS}

_SQLITE = {"options": "TEXT", "text": "TEXT", "date": "TEXT", "datetime": "TEXT"}
_POSTGRES = {
    "text": 'TEXT COLLATE "C"',
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
    "boolean": "BOOLEAN",
    "options": "JSONB",
}


def _column_type(column: ColumnRef, dialect: Dialect) -> str:
    if dialect == "sqlite":
        return _SQLITE.get(column.kind, "INTEGER")
    if column.kind == "decimal":
        return f"NUMERIC(38, {column.scale})"
    return _POSTGRES.get(column.kind, "BIGINT")


def create_table(entity: str, dialect: Dialect) -> str:
    """The statement that makes the table of an entity."""
    kept = [f'"{one.name}" {_column_type(one, dialect)}' for one in columns(entity).values()]
    if entity in OWNERS:
        kept.append('"parent_id" BIGINT')
    word = "TEMPORARY " if dialect == "postgres" else ""
    return f'CREATE {word}TABLE "{table_name(entity)}" ("id" BIGINT PRIMARY KEY, {", ".join(kept)})'


Rows = dict[str, dict[int, dict[str, Any]]]
"""Rows by entity and id; a line has its owner's id under `parent_id`."""


def stored(rows: Rows, entity: str, dialect: Dialect) -> Iterator[list[Any]]:
    """The rows of an entity as the driver takes them, in the order of the table's columns."""
    for key, row in rows[entity].items():
        values = [
            to_sql(row.get(name), one.kind, one.scale, dialect) for name, one in columns(entity).items()
        ]
        yield [key, *values, *([row["parent_id"]] if entity in OWNERS else [])]


@dataclass(frozen=True)
class Record(Mapping[str, Any]):
    """A row as an expression reads it: by path, and only by the paths it declared to read."""

    rows: Rows
    entity: str
    key: int
    reads: frozenset[str]
    prefix: str = ""
    owner: "Record | None" = None

    def __getitem__(self, path: str) -> Any:
        if path == "parent":
            return self._owner()
        if self.prefix + path not in self.reads:
            raise KeyError(f"{self.prefix + path} was not declared to be read")
        return self._follow(path.split("."))

    def _owner(self) -> "Record":
        if self.owner is not None:
            return self.owner
        key = self.rows[self.entity][self.key]["parent_id"]
        return Record(self.rows, OWNERS[self.entity], key, self.reads, f"{self.prefix}parent.")

    def _follow(self, names: list[str]) -> Any:
        entity, key, passed = self.entity, self.key, self.prefix
        while True:
            name, *names = names
            passed += f"{name}."
            type_ = MEMBERS[entity].get(name)
            row = self.rows[entity][key]
            if isinstance(type_, CollectionType):
                return [
                    Record(
                        self.rows, type_.entity, one, self.reads, passed, self if entity == "order" else None
                    )
                    for one, found in self.rows[type_.entity].items()
                    if found.get(type_.via or "parent_id") == key
                ]
            is_part = ".".join([name, *names]) in MEMBERS[entity]
            if is_part or not names or (names == ["currency"] and isinstance(type_, MoneyType)):
                return key if name == "id" else row.get(".".join([name, *names]))
            if not isinstance(type_, ReferenceType) or row.get(name) is None:
                return None
            entity, key = type_.entity, row[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.reads)

    def __len__(self) -> int:
        return len(self.reads)
