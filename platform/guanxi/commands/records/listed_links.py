"""What the rows of a list lead to by fields of several references, and what that is called."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.commands.records.relations import Titles, titles_for
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.definitions.fields.any_reference import link_of
from guanxi.definitions.fields.references import LINK, target_of
from guanxi.storage.records import Wanted, load_each


async def add_links(
    turn: Turn, entity: Entity, columns: Sequence[str] | None, rows: Sequence[dict[str, Any]]
) -> Titles:
    """Put the links of the columns of several references into the rows; the titles of what they lead to.

    Titles of references to one of several entities are among them. What the actor may not see has none.
    """
    wanted: dict[str, set[int]] = {}
    several = [one for one in entity.line_fields if one.type == "references" and one.name in (columns or ())]
    if several and rows:
        paths = frozenset(f"{one.name}.{LINK}" for one in several)
        ids = [row["id"] for row in rows]
        (found,) = await load_each(turn.session, turn.catalog, [Wanted(entity, ids, paths)])
        for row in rows:
            links: Mapping[str, Any] = found.get(row["id"], {})
            for one in several:
                row[one.name] = links.get(one.name, [])
                wanted.setdefault(target_of(one), set()).update(link[LINK] for link in row[one.name])
    mixed = [name for name, one in entity.fields.items() if one.targets]
    for row in rows if mixed else ():
        for link in filter(None, (link_of(row.get(name)) for name in mixed)):
            wanted.setdefault(link.entity, set()).add(link.id)
    return await titles_for(turn, wanted) if wanted else {}
