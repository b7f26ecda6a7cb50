"""Which actions a record offers to the actor now."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions.action import Action
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Forbidden, Invalid, Problem
from guanxi.rules.access import RecordAccess
from guanxi.rules.transitions import CONDITION, NOT_GRANTED
from guanxi.storage.records import load

NOT_NOW = N_("“{action}” is not possible now.")


async def offered_actions(
    turn: Turn, entity: Entity, record: Mapping[str, Any], access: RecordAccess
) -> tuple[Action, ...]:
    """The actions that the actor could press, by name."""
    granted = [one for one in turn.catalog.actions_of(entity.name) if access.allows_action(one.name)]
    return tuple([one for one in granted if await holds(turn, entity, record, one)])


async def refuse_action(turn: Turn, entity: Entity, id_: int, access: RecordAccess, action: Action) -> None:
    """Refuse an action that is not granted, or whose condition does not hold.

    Raises:
        Forbidden, Invalid: see above.
    """
    if not access.allows_action(action.name):
        raise Forbidden(NOT_GRANTED(action=action.label))
    if not await holds(turn, entity, {"id": id_}, action):
        text = action.message or (action.when.text if action.when is not None else "")
        problem = Problem("", "condition", CONDITION(action=action.label, text=text))
        raise Invalid(NOT_NOW(action=action.label), [problem])


async def holds(turn: Turn, entity: Entity, record: Mapping[str, Any], action: Action) -> bool:
    """Whether the condition of an action holds; what the record at hand lacks is looked up."""
    if action.when is None:
        return True
    missing = action.when.reads - record.keys()
    if missing:
        rows = await load(turn.session, turn.catalog, entity, [record["id"]], missing)
        record = {**record, **rows.get(record["id"], {})}
    return action.when.evaluate(record, turn.variables) is True
