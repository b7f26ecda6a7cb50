"""One page of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.records.asking import condition_from_text
from guanxi.commands.records.finding import entity_of
from guanxi.commands.records.listed_links import add_links
from guanxi.commands.records.relations import Titles, titles_for
from guanxi.commands.records.viewing import listed
from guanxi.commands.views import ListedRecord, RecordPage, RecordView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES, FieldProblem, Money
from guanxi.definitions.fields.phone import sought
from guanxi.definitions.fields.references import target_of
from guanxi.definitions.layout import Sort as LayoutSort
from guanxi.definitions.role import Grant
from guanxi.definitions.system_fields import listed_field
from guanxi.errors import N_, Invalid, Problem
from guanxi.rules.access import SYSTEM_KEYS, Access, Person, RecordAccess
from guanxi.storage.conditions import Condition
from guanxi.storage.lists import Selection, Sort, count, select_page

NO_SORT = N_("There is no field “{name}” to sort by.")
NO_FILTER = N_("There is no field “{name}” to filter by.")
MOST_SORTS = 3
NEWEST_FIRST = (Sort("id", descending=True),)
TOO_MANY_SORTS = N_("A list is sorted by at most {most} fields.")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as it was asked for: a field, an operator of its type, and what was sent."""

    field: str
    operator: str
    raw: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class ListQuery:
    """What a list is asked for.

    `where` is an expression; `sort` are field names, `-` for descending; `after` and `before` are cursors of
    a former page; `columns` the fields that are wanted (None: all but lines); `view` a saved view of the
    list layout; `count` asks for the number of all rows.
    """

    where: str | None = None
    filters: tuple[Filter, ...] = ()
    search: str = ""
    sort: tuple[str, ...] = ()
    limit: int = 50
    after: str | None = None
    before: str | None = None
    columns: tuple[str, ...] | None = None
    view: str | None = None
    count: bool = False


async def list_records(workspace: Workspace, actor: Actor, entity: str, query: ListQuery) -> RecordPage:
    """A page of the records that the actor may see.

    Raises NotFound for an entity that is not for the actor, Invalid when a filter, sort, expression or cursor
    does not fit.
    """

    async def work(turn: Turn) -> RecordPage:
        definition = entity_of(turn, entity)
        access = turn.access(entity)
        selection = _selection(turn, definition, access, query)
        selection = await _without_unseen_links(turn, definition, selection)
        scope = access.scope("read")
        backwards = query.before is not None
        asked = _backwards(selection, query.before) if backwards else selection
        page = await select_page(turn.session, turn.catalog, scope, asked, turn.variables, turn.reach)
        rows = list(reversed(page.items)) if backwards else list(page.items)
        named = await add_links(turn, definition, query.columns, rows)
        total = None
        if query.count:
            total = await count(turn.session, turn.catalog, scope, selection, turn.variables, turn.reach)
        return RecordPage(
            definition,
            _with_access(access, rows),
            partial(_view, turn.catalog, definition, named),
            title_paths(turn.catalog, definition),
            named,
            next=page.back if backwards else page.next,
            previous=page.next if backwards else page.back if query.after is not None else None,
            total=total,
        )

    return await workspace.read(actor, work)


def _with_access(access: Access, rows: Sequence[dict[str, Any]]) -> tuple[ListedRecord, ...]:
    """The rows with the rights on each: worked out once for those that are alike in what rights depend on."""
    deciding = tuple(access.reads())
    known: dict[tuple[Any, ...], RecordAccess] = {}
    listed_records = []
    for row in rows:
        key = tuple(map(row.get, deciding))
        try:
            right = known.get(key)
        except TypeError:  # it depends on a collection
            right = access.on_record(row)
        if right is None:
            right = known[key] = access.on_record(row)
        listed_records.append(ListedRecord(row, right))
    return tuple(listed_records)


def _view(catalog: Catalog, entity: Entity, named: Titles, listed_record: ListedRecord) -> RecordView:
    row = listed_record.record
    titles = {
        (target, row[name]): str(row[path])
        for name, target, path in title_paths(catalog, entity)
        if row.get(path) is not None and row.get(name) is not None
    }
    return listed(catalog, entity, row, {**titles, **named}, listed_record.access)


@lru_cache(maxsize=512)
def title_paths(catalog: Catalog, entity: Entity) -> tuple[tuple[str, str, str], ...]:
    """Of each reference of an entity: its name, where it leads to, and the path of the title there."""
    user = f"{{}}.{catalog.entities['user'].title}"
    found = [(name, "user", user.format(name)) for name in ("created_by", "updated_by")]
    references = [(field.name, field.to) for field in entity.fields.values() if field.to is not None]
    found += [(name, to, f"{name}.{catalog.entities[to].title}") for name, to in references]
    return tuple(found)


def _selection(turn: Turn, entity: Entity, access: Access, query: ListQuery) -> Selection:
    layout = turn.catalog.layout_for(entity.name, "list")
    view = next((view for view in layout.views if view.name == query.view), None)
    sort = tuple(_sort(access, text) for text in query.sort)
    if not sort:
        declared = (view.sort if view is not None else ()) or layout.sort
        sort = tuple(_allowed(access, declared)) or NEWEST_FIRST
    if len(sort) > MOST_SORTS:
        raise Invalid(TOO_MANY_SORTS(most=MOST_SORTS))
    where = None
    if query.where:
        where = condition_from_text(turn, entity, query.where)
    return Selection(
        paths=_paths(turn.catalog, entity, query.columns, access.scope("read").branches),
        where=where,
        view=view.where if view is not None else None,
        filters=tuple(_condition(access, asked) for asked in query.filters),
        search=query.search,
        sort=sort,
        limit=query.limit,
        after=query.after,
    )


async def _without_unseen_links(turn: Turn, entity: Entity, selection: Selection) -> Selection:
    """Nobody finds records by a link that they are not shown."""
    filters = []
    for one in selection.filters:
        field, asked = entity.fields.get(one.path), one
        if field is not None and field.type == "references" and one.operator == "oneOf":
            to = target_of(field)
            titles = await titles_for(turn, {to: set(one.value)})
            asked = replace(one, value=[id_ for id_ in one.value if (to, id_) in titles])
        filters.append(asked)
    return replace(selection, filters=tuple(filters))


@lru_cache(maxsize=1024)
def _paths(
    catalog: Catalog, entity: Entity, columns: tuple[str, ...] | None, grants: tuple[Grant, ...]
) -> frozenset[str]:
    """What is read of each row: columns that some row shows, titles of references, what access asks."""
    every = (*entity.fields, *(SYSTEM_KEYS - {"id", "version"}))
    access = Access(entity, Person(0), grants)
    scope = access.scope("read")
    wanted = {
        name
        for name in (every if columns is None else columns)
        if scope.seen_somewhere(name.partition(".")[0])
        and (name in SYSTEM_KEYS or (field := listed_field(entity, name)) is None or field.lines is None)
    }
    titles = {path for name, _, path in title_paths(catalog, entity) if name in wanted}
    return frozenset(wanted | titles | {entity.title} | access.reads())


def _allowed(access: Access, declared: Iterable[LayoutSort]) -> Iterable[Sort]:
    """The declared order, as far as the actor may sort by it."""
    scope = access.scope("read")
    return (Sort(sort.field, sort.descending) for sort in declared if scope.clear_everywhere(sort.field))


def _known(access: Access, name: str) -> Field | None:
    """The field of a name; one that no row shows to the actor is as unknown as one that is not there."""
    seen = access.scope("read").seen_somewhere(name.partition(".")[0])
    return listed_field(access.entity, name) if seen else None


def _sort(access: Access, text: str) -> Sort:
    name = text.removeprefix("-")
    field = _known(access, name)
    if name not in SYSTEM_KEYS and (field is None or not FIELD_TYPES[field.type].sortable):
        message = NO_SORT(name=name)
        raise Invalid(message, [Problem("/sort", "unknown_field", message)])
    return Sort(name, text.startswith("-"))


def _condition(access: Access, asked: Filter) -> Condition:
    field = _known(access, asked.field)
    if field is None or asked.operator not in FIELD_TYPES[field.type].operators:
        message = NO_FILTER(name=asked.field)
        raise Invalid(message, [Problem(f"/{asked.field}", "unknown_field", message)])
    if asked.operator == "missing":
        return Condition(asked.field, "missing", bool(asked.raw))
    try:
        if field.type == "references":
            sent = asked.raw if asked.operator == "oneOf" else [asked.raw]
            return Condition(asked.field, "oneOf", [id_ for one in sent for id_ in _looked_for(field, one)])
        if asked.operator == "oneOf":
            values = [_looked_for(field, one) for one in asked.raw]
            return Condition(asked.field, "oneOf", values)
        if asked.operator == "contains":
            text = str(asked.raw)
            return Condition(asked.field, "contains", sought(text) if field.type == "phone" else text)
        value = _looked_for(field, asked.raw)
    except FieldProblem as problem:
        raise Invalid(problem.message, [Problem(f"/{asked.field}", problem.code, problem.message)]) from None
    return Condition(asked.field, asked.operator, value)


def _looked_for(field: Field, raw: object) -> Any:
    """The value to look for: one outside of the field's bounds is no mistake, nor is a computed one."""
    if field.type in ("stage", "sequence"):
        return str(raw)
    value = FIELD_TYPES[field.type].coerce(replace(field, min=None, max=None), raw, form=True)
    return value.amount if isinstance(value, Money) else value


def _backwards(selection: Selection, cursor: str | None) -> Selection:
    """The same rows in the opposite order."""
    flipped = tuple(Sort(sort.path, not sort.descending) for sort in selection.sort)
    return replace(selection, sort=flipped, after=cursor)
