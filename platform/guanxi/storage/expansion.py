"""Making the tables of a catalog: only ever adding, so that what runs on the release before still works.

A field that is gone keeps its column, unused, so that going back finds its data. What cannot be done by
adding is told as problems before anything is changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Column, Entity, Field
from guanxi.errors import DefinitionProblem, DefinitionsRefused
from guanxi.storage.columns import SYSTEM_COLUMNS, own_columns, quoted, sql_type
from guanxi.storage.faults import ConstraintBroken
from guanxi.storage.indexes import Index, indexes_of
from guanxi.storage.introspection import Existing, read_existing
from guanxi.storage.projection import PEOPLE
from guanxi.storage.session import Dialect, Session


@dataclass(slots=True)
class Plan:
    """Statements in the order in which they must run, and what stands against them."""

    tables: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    indexes: list[tuple[Entity, Index]] = field(default_factory=list)
    problems: list[DefinitionProblem] = field(default_factory=list)


async def expand(session: Session, catalog: Catalog, *, later: bool = False) -> list[tuple[Entity, Index]]:
    """Add the tables, columns, references and indexes that the catalog needs and the database lacks.

    With `later` the indexes of tables that were there before are not made, but returned: making them takes
    time on a large table.

    Raises:
        DefinitionsRefused: a field would change its type, or existing records stand against it; nothing was
            changed when the transaction is rolled back.
    """
    existing = await read_existing(session)
    plan = plan_expansion(catalog, existing, session.dialect)
    if plan.problems:
        raise DefinitionsRefused(plan.problems)
    for sql in (*plan.tables, *plan.columns, *plan.links):
        await session.execute(sql)
    left = [pair for pair in plan.indexes if later and pair[0].table in existing.columns]
    for pair in plan.indexes:
        if pair not in left:
            await create_index(session, *pair)
    return left


def plan_expansion(catalog: Catalog, existing: Existing, dialect: Dialect) -> Plan:
    """What has to be added to what exists."""
    plan = Plan()
    tables = {entity.name: entity.table for entity in catalog.entities.values()}
    for entity in every_table(catalog):
        known = existing.columns.get(entity.table)
        if known is None:
            plan.tables.append(_create_table(entity, tables, dialect))
        for one in entity.fields.values():
            for column in one.columns:
                _plan_column(plan, entity, one, column, existing, tables, dialect)
        plan.indexes += [
            (entity, index) for index in indexes_of(entity) if index.name not in existing.indexes
        ]
    return plan


def every_table(catalog: Catalog) -> Iterator[Entity]:
    """Entities and their lines, owners first."""
    for entity in catalog.entities.values():
        yield entity
        for one in entity.line_fields:
            if one.lines is not None:
                yield one.lines


def _plan_column(
    plan: Plan,
    entity: Entity,
    one: Field,
    column: Column,
    existing: Existing,
    tables: dict[str, str],
    dialect: Dialect,
) -> None:
    wanted = sql_type(column, dialect)
    known = existing.columns.get(entity.table)
    link = _reference(one, column, tables)
    if known is not None and column.name in known:
        _compare(plan, entity, one, wanted, known[column.name])
        leads_to = existing.references.get((entity.table, column.name))
        if leads_to is not None and leads_to != tables.get(one.to or ""):
            plan.problems.append(_problem(entity, one, "it refers to another entity than before"))
        return
    if known is not None:
        inline = f" {link}" if link and dialect == "sqlite" else ""
        plan.columns.append(
            f"ALTER TABLE {quoted(entity.table)} ADD COLUMN {_declare(column, dialect)}{inline}"
        )
    if link and dialect == "postgres":
        # After all tables are there: references may lead in circles.
        plan.links.append(
            f"ALTER TABLE {quoted(entity.table)} ADD FOREIGN KEY ({quoted(column.name)}) {link}"
        )


def _compare(plan: Plan, entity: Entity, one: Field, wanted: str, known: str) -> None:
    if wanted != known:
        reason = f"records hold it as {known}, and it would be {wanted}"
        plan.problems.append(_problem(entity, one, reason))


def _problem(entity: Entity, one: Field, reason: str) -> DefinitionProblem:
    owner, _, lines = entity.name.partition(".")
    pointer = f"/fields/{lines}/fields/{one.name}" if lines else f"/fields/{one.name}"
    return DefinitionProblem(
        f"entity/{owner}",
        pointer,
        f"the field cannot be changed so: {reason}",
        "keep it and add a new field under another name",
    )


def _create_table(entity: Entity, tables: dict[str, str], dialect: Dialect) -> str:
    if dialect == "postgres":
        columns = ["id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"]
    elif entity.parent:
        columns = ["id INTEGER PRIMARY KEY"]
    else:
        # A number that was given once is never given again: history refers to it.
        columns = ["id INTEGER PRIMARY KEY AUTOINCREMENT"]
    if entity.parent:
        owner, number = quoted(tables[entity.parent]), "integer" if dialect == "postgres" else "INTEGER"
        key = "bigint" if dialect == "postgres" else "INTEGER"
        columns.append(f"parent_id {key} NOT NULL REFERENCES {owner} (id) ON DELETE CASCADE")
        columns.append(f"position {number} NOT NULL")
    else:
        columns += [f"{_declare(column, dialect)}{_always(column)}" for column in SYSTEM_COLUMNS]
    for one in entity.fields.values():
        for column in one.columns:
            link = _reference(one, column, tables) if dialect == "sqlite" else ""
            columns.append(f"{_declare(column, dialect)} {link}".rstrip())
    return f"CREATE TABLE {quoted(entity.table)} ({', '.join(columns)})"


def _always(column: Column) -> str:
    """What the platform does itself has nobody's name on it."""
    return "" if column.name in PEOPLE else " NOT NULL"


def _declare(column: Column, dialect: Dialect) -> str:
    declared = f"{quoted(column.name)} {sql_type(column, dialect)}"
    # Byte order, so that PostgreSQL compares and sorts texts as SQLite and Python do.
    return f'{declared} COLLATE "C"' if dialect == "postgres" and column.kind == "text" else declared


def _reference(one: Field, column: Column, tables: dict[str, str]) -> str:
    if column.kind != "reference" or one.to is None:
        return ""
    rule = "SET NULL" if one.on_delete == "clear" else "RESTRICT"
    return f"REFERENCES {quoted(tables[one.to])} (id) ON DELETE {rule}"


async def create_index(session: Session, entity: Entity, index: Index, *, concurrently: bool = False) -> None:
    """Make an index; `concurrently` on PostgreSQL, outside of a transaction, so that writers go on.

    Raises:
        DefinitionsRefused: it is unique, and records have equal values.
    """
    sql = index.sql(entity.table, session.dialect)
    try:
        await session.execute(sql.replace("INDEX", "INDEX CONCURRENTLY", 1) if concurrently else sql)
    except ConstraintBroken as error:
        names = ", ".join(column.name for column in index.columns if column in own_columns(entity))
        problem = DefinitionProblem(
            f"entity/{entity.name.partition('.')[0]}",
            "",
            f"{names} cannot be unique: there are records with the same value",
            "change those records first, or leave unique out",
        )
        raise DefinitionsRefused([problem]) from error
