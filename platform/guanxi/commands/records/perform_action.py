"""Press a transition of a record, or recall it."""

from dataclasses import replace
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.below import decided_below
from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.happening import happen
from guanxi.commands.approvals.recalling import may_recall, running_instance
from guanxi.commands.approvals.waiting import waiting_people
from guanxi.commands.audit import audit_event
from guanxi.commands.effects.carrying import Opened, carry_out, press_transition
from guanxi.commands.effects.effecting import Effecting
from guanxi.commands.effects.inputs import inputs_of
from guanxi.commands.effects.settling import settle
from guanxi.commands.effects.writing import loaded
from guanxi.commands.idempotency import Request, once
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.offering import refuse_action
from guanxi.commands.records.pressing import fill_in, read_pressing
from guanxi.commands.records.versions import refuse_stale
from guanxi.commands.records.viewing import view_by_id, view_of
from guanxi.commands.views import ActionResult
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.action import Action
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Conflict
from guanxi.rules.access import RecordAccess
from guanxi.workflow import Recall

RECALL = "recall"
"""The built-in action that takes a submitted record back."""
NOTHING_TO_RECALL = N_("This is not waiting for approval, so there is nothing to recall.")


async def perform_action(
    workspace: Workspace,
    actor: Actor,
    entity: str,
    id_: int,
    name: str,
    *,
    version: int | None = None,
    payload: object = None,
    key: str | None = None,
) -> ActionResult:
    """Press a transition or an action by name, or `recall`; all of it happens in one transaction.

    `version` is compared when given. `payload` may hold a `comment`, what is asked for in `input`, and in
    `fields` values of fields that the transition requires; from a page they are texts. Raises NotFound,
    Forbidden, Conflict (the stage does not allow it), VersionMismatch or Invalid.
    """

    async def work(turn: Turn) -> ActionResult:
        definition, form = entity_of(turn, entity), actor.channel == "page"
        record, right = await find_record(turn, definition, id_, change=True)
        if version is not None:
            await refuse_stale(turn, definition, record, right, version)
        pressed = turn.catalog.pressed(entity, name)
        sent = read_pressing(payload, pressed)
        opened = None
        if name == RECALL:
            record = await _recall(turn, definition, record, sent.comment)
        else:
            if sent.fields:
                record = await fill_in(turn, definition, record, right, sent.fields, form=form)
            inputs = await inputs_of(turn, definition, id_, pressed, sent.input, form=form) if pressed else {}
            pressing = Effecting(definition, id_, definition.label, inputs, chosen=sent.chosen)
            if isinstance(pressed, Action):
                opened = await _press(turn, pressing, right, pressed, sent.comment)
            else:
                opened = await press_transition(turn, pressing, record, name, right)
            record, right = await _after(turn, definition, id_, right)
        if await settle(turn):
            record, right = await _after(turn, definition, id_, right)
        recall = await may_recall(turn, definition, record)
        view = await view_of(turn, definition, record, access=right, recall=recall)
        return ActionResult(view, *await waiting_people(turn, definition, id_), opened=opened)

    async def again(turn: Turn, done: int) -> ActionResult:
        definition = entity_of(turn, entity)
        pressed = turn.catalog.pressed(entity, name)
        opened = (pressed.opens, done) if done and pressed is not None and pressed.opens else None
        view = await view_by_id(turn, entity, id_)
        return ActionResult(view, *await waiting_people(turn, definition, id_), opened=opened)

    request = Request(key, f"perform {name}", entity, id_, payload)
    return await once(
        workspace, actor, request, work, again, lambda result: result.opened[1] if result.opened else 0
    )


async def _after(
    turn: Turn, entity: Entity, id_: int, right: RecordAccess
) -> tuple[dict[str, Any], RecordAccess]:
    """The record as its effects left it; who gave it away by them sees it this once as it was to be seen."""
    record = await loaded(turn, entity, id_, turn.access(entity.name).reads())
    now = turn.access(entity.name).on_record(record)
    return record, now if "read" in now.can else replace(right, can=frozenset({"read"}), actions=frozenset())


async def _press(
    turn: Turn, pressing: Effecting, right: RecordAccess, action: Action, comment: str
) -> Opened:
    """Carry out an action: all of its effects, or none."""
    entity, id_ = pressing.entity, pressing.id
    await refuse_action(turn, entity, id_, right, action)
    audit_event(turn, entity.name, id_, action.name, {"comment": comment} if comment else {})
    return await carry_out(turn, replace(pressing, label=action.label), action.effects)


async def _recall(turn: Turn, entity: Entity, record: dict[str, Any], comment: str) -> dict[str, Any]:
    instance = await running_instance(turn, entity, record)
    if instance is None:
        raise Conflict(NOTHING_TO_RECALL)
    case = await open_case(turn, instance)
    below = await decided_below(turn, case)
    await happen(turn, case, Recall(turn.actor.user_id or 0, comment, below))
    return case.record
