"""Why a record is as it is: the locks that hold, and granted buttons that cannot be pressed now."""

from collections.abc import Iterator
from dataclasses import dataclass

from guanxi.commands.actor import Actor
from guanxi.commands.records.explain_field import Reason, reason_of
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.relations import Related, relate
from guanxi.commands.records.showing import shows_of
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.action import Action
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import Label
from guanxi.definitions.stages import Transition
from guanxi.records.needs import needs_of, needs_of_paths


@dataclass(frozen=True, slots=True)
class Against:
    """What stands against a change: a lock, or the condition of a button; `message` says what to do."""

    label: Label | None
    message: Label | None
    reason: Reason


async def explain_record(workspace: Workspace, actor: Actor, entity: str, id_: int) -> tuple[Against, ...]:
    """The locks that hold, then the buttons that the actor's roles allow and whose condition does not hold.

    Raises NotFound when the record is not there, or not for the actor to see.
    """

    async def work(turn: Turn) -> tuple[Against, ...]:
        definition = entity_of(turn, entity)
        buttons = tuple(_buttons(turn, definition))
        paths = frozenset(path for one in buttons if one.when is not None for path in one.when.reads)
        record, right = await find_record(turn, definition, id_, paths)
        related = Related()
        needs = needs_of(definition) | needs_of_paths(definition, paths)
        await relate(turn, definition, record, needs, related)
        shows = shows_of(turn, definition, record, right.fields, related)
        stages = turn.catalog.stages.get(definition.name)
        state = record.get(stages.field) if stages is not None else None
        locks = [
            Against(None, lock.message, reason_of("locked", lock.when, record, turn.variables, shows))
            for lock in definition.locks
            if lock.when.holds(record, turn.variables)
        ]
        refused = [
            Against(one.label, one.message, reason_of("pressed", one.when, record, turn.variables, shows))
            for one in buttons
            if one.when is not None
            and right.allows_action(one.name)
            and (isinstance(one, Action) or state in one.from_)
            and not one.when.holds(record, turn.variables)
        ]
        return (*locks, *refused)

    return await workspace.read(actor, work)


def _buttons(turn: Turn, entity: Entity) -> Iterator[Transition | Action]:
    stages = turn.catalog.stages.get(entity.name)
    if stages is not None:
        yield from stages.transitions.values()
    yield from turn.catalog.actions_of(entity.name)
