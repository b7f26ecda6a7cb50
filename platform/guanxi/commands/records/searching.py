"""Finding records of one entity by a part of their text."""

from guanxi.commands.records.relations import titles_for
from guanxi.commands.views import Hit
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity, Field
from guanxi.expressions import Formula
from guanxi.rules.access import level_in
from guanxi.storage.lists import Selection, Sort, select_page


async def hits_of(
    turn: Turn, entity: Entity, text: str, limit: int, choices: Formula | None = None
) -> list[Hit]:
    """Visible records whose search fields contain the text, by title, with a detail to tell them apart."""
    scope = turn.access(entity.name).scope("read")
    if not scope.branches:
        return []
    detail = _detail(turn, entity)
    title = entity.fields[entity.title]
    selection = Selection(
        paths=frozenset({entity.title} | ({detail.name} if detail is not None else set())),
        where=choices,
        search=text.strip()[:200],
        sort=(Sort(entity.title),) if scope.clear_everywhere(title.name) else (),
        limit=limit,
    )
    page = await select_page(turn.session, turn.catalog, scope, selection, turn.variables, turn.reach)
    named = {}
    if detail is not None and detail.to is not None:
        named = await titles_for(turn, {detail.to: {r[detail.name] for r in page.items if r[detail.name]}})
    hits = []
    for record in page.items:
        value = record.get(detail.name) if detail is not None else None
        if detail is not None and detail.to is not None and value is not None:
            value = named.get((detail.to, value))
        hits.append(
            Hit(
                entity.name,
                record["id"],
                str(record.get(entity.title) or f"#{record['id']}"),
                str(value or ""),
            )
        )
    return hits


def _detail(turn: Turn, entity: Entity) -> Field | None:
    """What tells two records of the same title apart: the first text or reference of the compact layout."""
    access = turn.access(entity.name)
    for place in turn.catalog.layout_for(entity.name, "compact").columns:
        field = entity.fields[place.field]
        clear = all(
            level_in(grant, field.name) in ("read", "write") for grant in access.scope("read").branches
        )
        told = field.type in ("text", "sequence") or field.to is not None
        if field.name != entity.title and told and clear:
            return field
    return None
