"""The catalog: a set of definitions compiled, frozen, and named by the hash of their content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.definitions.action import Action
from guanxi.definitions.calendar import Calendar
from guanxi.definitions.decisions.model import Decision
from guanxi.definitions.documents import Document, stored
from guanxi.definitions.endpoint import Endpoint
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.automation import Automation
from guanxi.definitions.following import Followers
from guanxi.definitions.layout import Layout, View
from guanxi.definitions.message import Message
from guanxi.definitions.pack import Pack
from guanxi.definitions.placement import USUAL, Placement
from guanxi.definitions.read_layout import made_layout
from guanxi.definitions.role import Role
from guanxi.definitions.stages import Stages, Transition
from guanxi.expressions.tables import Tables
from guanxi.expressions.types import Shape


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Catalog:
    """Everything that a release holds. Never changed; requests share it.

    `digest` is the SHA-256 of the documents, and of their `placement` where that is unusual. `stages` are by
    entity, all others by name; `entities` holds the entities, whose lines hang below their fields; `shapes`
    and `tables` are what expressions are checked against and translated to SQL with.
    """

    digest: str
    documents: tuple[Document, ...]
    effective: tuple[Document, ...]
    entities: Mapping[str, Entity]
    layouts: Mapping[tuple[str, View], Layout]
    roles: Mapping[str, Role]
    stages: Mapping[str, Stages]
    approvals: Mapping[str, Approval]
    actions: Mapping[str, Action]
    decisions: Mapping[str, Decision]
    calendars: Mapping[str, Calendar]
    messages: Mapping[str, Message]
    endpoints: Mapping[str, Endpoint]
    automations: Mapping[str, Automation]
    packs: Mapping[str, Pack]
    shapes: Mapping[str, Shape]
    tables: Tables
    references: Mapping[str, tuple[tuple[Entity, Field], ...]] = field(default_factory=dict)
    followers: Followers = field(default_factory=dict)
    placement: Placement = USUAL

    def __repr__(self) -> str:
        """Short: what a catalog holds fills screens."""
        return f"Catalog({self.digest[:12]})"

    def layout_for(self, entity: str, view: View) -> Layout:
        """The layout of a view of an entity: the declared one, or one made from its fields.

        Raises:
            KeyError: there is no such entity.
        """
        declared = self.layouts.get((entity, view))
        return declared if declared is not None else made_layout(self.entities[entity], view)

    def actions_of(self, entity: str) -> tuple[Action, ...]:
        """The actions on records of the entity, by name."""
        return tuple(self.actions[name] for name in sorted(self.actions) if self.actions[name].of == entity)

    def automated(self, entity: str) -> bool:
        """Whether automations look at the records of the entity."""
        return any(one.of == entity for one in self.automations.values())

    def pressed(self, entity: str, name: str) -> Transition | Action | None:
        """The action or transition of that name on records of the entity."""
        action = self.actions.get(name)
        if action is not None and action.of == entity:
            return action
        stages = self.stages.get(entity)
        return stages.transitions.get(name) if stages is not None else None

    def references_to(self, entity: str) -> tuple[tuple[Entity, Field], ...]:
        """The references that lead to records of the entity, with the entity or lines that hold each."""
        return self.references.get(entity, ())

    def to_json(self) -> list[Any]:
        """The documents as a release keeps them; `documents_from_json` reads them back."""
        return [stored(document) for document in self.documents]


def references_of(entities: Mapping[str, Entity]) -> dict[str, tuple[tuple[Entity, Field], ...]]:
    """All references by the entity that they lead to."""
    found: dict[str, tuple[tuple[Entity, Field], ...]] = {}
    for entity in entities.values():
        for holder in (entity, *(one.lines for one in entity.line_fields if one.lines)):
            for one in holder.fields.values():
                for to in one.targets or ((one.to,) if one.to is not None else ()):
                    found[to] = (*found.get(to, ()), (holder, one))
    return found
