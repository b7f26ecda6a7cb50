"""The records that a reference field offers, by a part of their title."""

from collections.abc import Sequence
from dataclasses import replace

from guanxi.commands.actor import Actor
from guanxi.commands.records.finding import entity_of
from guanxi.commands.records.searching import hits_of
from guanxi.commands.views import Hit
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields.references import LINK
from guanxi.errors import N_, NotFound

NO_LOOK_UP = N_("There is no look-up for “{path}”.")
FEWEST = 4
"""How many records of each entity a look-up of several offers at least."""


async def look_up(
    workspace: Workspace, actor: Actor, entity: str, path: str, text: str, limit: int = 8
) -> list[Hit]:
    """What a reference field (`account`, `lines.product`) offers: visible, and among its choices.

    For a field that the action `close` of an order asks for, `entity` is `order:close`. Without a text the
    first ones by title. Raises NotFound when there is no such field for the actor.
    """

    async def work(turn: Turn) -> list[Hit]:
        outer, _, name = entity.partition(":")
        definition = entity_of(turn, outer)
        field = _asked(turn, outer, name, path) if name else _field(turn, definition, path.split("."))
        if field is not None and field.targets:
            return await _of_each(turn, field.targets, text, limit)
        if field is None or field.to is None:
            raise NotFound(NO_LOOK_UP(path=path))
        return await hits_of(turn, turn.catalog.entities[field.to], text, limit, field.choices)

    return await workspace.read(actor, work)


async def _of_each(turn: Turn, targets: Sequence[str], text: str, limit: int) -> list[Hit]:
    """What several entities offer, one after the other; each says what kind of record it is."""
    found = []
    for name in targets:
        entity = turn.catalog.entities[name]
        share = max(limit // len(targets), FEWEST)
        found += [replace(hit, kind=entity.label) for hit in await hits_of(turn, entity, text, share)]
    return found


def _asked(turn: Turn, entity: str, name: str, path: str) -> Field | None:
    """A field that an action or transition asks for, where any role lets the actor press it."""
    pressed = turn.catalog.pressed(entity, name)
    granted = frozenset[str]().union(*(grant.actions for grant in turn.access(entity).grants))
    if pressed is None or pressed.input is None or not {name, "*"} & granted:
        return None
    return pressed.input.fields.get(path)


def _field(turn: Turn, entity: Entity, names: Sequence[str]) -> Field | None:
    name, *rest = names
    field = entity.fields.get(name)
    if field is None or not turn.access(entity.name).scope("read").seen_somewhere(name):
        return None
    if field.lines is not None and field.type == "references":
        return field.lines.fields[LINK] if not rest else None
    if not rest:
        return field
    return field.lines.fields.get(rest[0]) if field.lines is not None and len(rest) == 1 else None
