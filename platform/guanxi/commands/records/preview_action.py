"""What is asked for before an action or transition, as it stands: nothing is written."""

from guanxi.commands.actor import Actor
from guanxi.commands.effects.carrying import NO_ACTION
from guanxi.commands.effects.inputs import read_said
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.forming import form_view
from guanxi.commands.records.offering import refuse_action
from guanxi.commands.records.pressing import read_pressing
from guanxi.commands.records.viewing import view_of
from guanxi.commands.views import AskView, FormView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.action import Action
from guanxi.definitions.entity import Entity
from guanxi.definitions.stages import Transition
from guanxi.errors import Forbidden, NotFound
from guanxi.records.conditions import field_states
from guanxi.rules.locks import locked_fields
from guanxi.rules.transitions import NOT_GRANTED, fillable


async def preview_action(
    workspace: Workspace, actor: Actor, entity: str, id_: int, name: str, payload: object
) -> AskView:
    """The fields that are asked for, with what the payload says of them.

    Raises NotFound, Forbidden, or Invalid when the action is not possible now or takes no such payload.
    """

    async def work(turn: Turn) -> AskView:
        definition = entity_of(turn, entity)
        record, right = await find_record(turn, definition, id_)
        pressed = turn.catalog.pressed(entity, name)
        if pressed is None:
            raise NotFound(NO_ACTION(name=name, label=definition.label))
        if isinstance(pressed, Action):
            await refuse_action(turn, definition, id_, right, pressed)
        elif not right.allows_action(name):
            raise Forbidden(NOT_GRANTED(action=pressed.label))
        sent = read_pressing(payload, pressed)
        locked = locked_fields(definition, record, turn.variables)
        may_write = {one for one, level in right.fields.items() if level == "write" and one not in locked}
        missing: tuple[str, ...] = ()
        if isinstance(pressed, Transition) and "update" in right.can:
            missing = fillable(definition, pressed, record, may_write)
        filled = await form_view(turn, entity, sent.fields, id_, form=True) if missing else None
        said = await _said(turn, definition, id_, pressed.input, sent.input) if pressed.input else None
        view = await view_of(turn, definition, dict(record), access=right)
        return AskView(view, pressed, said, missing, filled)

    return await workspace.read(actor, work)


async def _said(turn: Turn, entity: Entity, id_: int, asked: Entity, payload: object) -> FormView:
    said = await read_said(turn, entity, id_, asked, payload, form=True)
    return FormView(
        entity=asked,
        id=None,
        version=None,
        values=said.values,
        titles=said.related.titles,
        states=field_states(asked, said.values, turn.variables),
        levels=dict.fromkeys(asked.fields, "write"),
        problems=said.problems,
    )
