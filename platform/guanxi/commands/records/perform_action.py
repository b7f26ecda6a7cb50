"""Press a transition of a record, or recall it."""

from dataclasses import replace
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case, complete_content, facts_of, open_case
from guanxi.commands.approvals.happening import happen, move_stage, new_instance
from guanxi.commands.approvals.recalling import may_recall, running_instance
from guanxi.commands.approvals.waiting import waiting_people
from guanxi.commands.idempotency import Request, once
from guanxi.commands.records.effects import Pressed, loaded, press_action
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.showing import shows_of
from guanxi.commands.records.versions import refuse_stale
from guanxi.commands.records.viewing import view_by_id, view_of
from guanxi.commands.views import ActionResult
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.entity import Entity
from guanxi.definitions.stages import Stages, Transition
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem
from guanxi.records.payload import UNKNOWN
from guanxi.rules.access import RecordAccess
from guanxi.rules.transitions import refuse_move
from guanxi.storage.history import last_editors
from guanxi.storage.instances import last_instance
from guanxi.workflow import Recall, Submit, needed

RECALL = "recall"
"""The built-in action that takes a submitted record back."""
NO_ACTION = N_("There is no action “{name}” for this {label}.")
NOTHING_TO_RECALL = N_("This is not waiting for approval, so there is nothing to recall.")
UNKNOWN_INPUT = N_("This action takes no input.")


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

    `version` is compared when given. `payload` may hold a `comment` for a recall. Raises NotFound, Forbidden,
    Conflict (the stage does not allow it), VersionMismatch or Invalid.
    """

    async def work(turn: Turn) -> ActionResult:
        definition = entity_of(turn, entity)
        record, right = await find_record(turn, definition, id_, change=True)
        if version is not None:
            await refuse_stale(turn, definition, record, right, version)
        comment = _comment(payload)
        opened = None
        if name == RECALL:
            record = await _recall(turn, definition, record, comment)
        elif is_action(turn, entity, name):
            pressed = Pressed(turn.catalog.actions[name], definition, id_, comment)
            opened = await press_action(turn, pressed, right, _moved)
            record, right = await _after(turn, definition, id_, right)
        else:
            await _press(turn, definition, record, right, name)
        recall = await may_recall(turn, definition, record)
        view = await view_of(turn, definition, record, access=right, recall=recall)
        return ActionResult(view, *await waiting_people(turn, definition, id_), opened=opened)

    async def again(turn: Turn, done: int) -> ActionResult:
        definition = entity_of(turn, entity)
        action = turn.catalog.actions.get(name)
        opened = (action.opens, done) if done and action is not None and action.opens else None
        view = await view_by_id(turn, entity, id_)
        return ActionResult(view, *await waiting_people(turn, definition, id_), opened=opened)

    request = Request(key, f"perform {name}", entity, id_, payload)
    return await once(
        workspace, actor, request, work, again, lambda result: result.opened[1] if result.opened else 0
    )


async def _press(turn: Turn, entity: Entity, record: dict[str, Any], right: RecordAccess, name: str) -> None:
    stages = turn.catalog.stages.get(entity.name)
    transition = stages.transitions.get(name) if stages is not None else None
    if stages is None or transition is None:
        raise NotFound(NO_ACTION(name=name, label=entity.label))
    await _complete(turn, entity, record, transition)
    shows = shows_of(turn, entity, record, right.fields)
    refuse_move(stages, transition, record, right, turn.variables, shows)
    if transition.approval is None or not await _submit(turn, entity, stages, transition, record):
        await move_stage(turn, entity, record, stages.field, transition.to, transition.name)


async def _after(
    turn: Turn, entity: Entity, id_: int, right: RecordAccess
) -> tuple[dict[str, Any], RecordAccess]:
    """The record as its effects left it; who gave it away by them sees it this once as it was to be seen."""
    record = await loaded(turn, entity, id_, turn.access(entity.name).reads())
    now = turn.access(entity.name).on_record(record)
    return record, now if "read" in now.can else replace(right, can=frozenset({"read"}), actions=frozenset())


def is_action(turn: Turn, entity: str, name: str) -> bool:
    """Whether there is an action of that name on records of the entity."""
    action = turn.catalog.actions.get(name)
    return action is not None and action.of == entity


async def _moved(turn: Turn, entity: Entity, record: dict[str, Any], transition: str) -> None:
    """Press a transition as the effect of an action: who may press that may do this."""
    granted = RecordAccess(frozenset(), frozenset({transition}), {})
    await _press(turn, entity, record, granted, transition)


async def _complete(turn: Turn, entity: Entity, record: dict[str, Any], transition: Transition) -> None:
    if transition.approval is not None:
        await complete_content(turn, entity, record, turn.catalog.approvals[transition.approval])


async def _submit(
    turn: Turn, entity: Entity, stages: Stages, transition: Transition, record: dict[str, Any]
) -> bool:
    """Start (or go on with) the approval, if the record needs it; False when it does not."""
    approval = turn.catalog.approvals[transition.approval or ""]
    facts = await facts_of(turn, record)
    person = turn.actor.user_id or 0
    if not needed(approval, person, turn.now, facts):
        return False
    instance = await last_instance(turn.session, entity.name, record["id"])
    if instance is None or instance.catalog != turn.catalog.digest or instance.approval != approval.name:
        instance = new_instance(turn, approval.name, entity.name, record["id"])
    case = Case(instance, turn.catalog, approval, entity, record, facts)
    await move_stage(turn, entity, record, stages.field, transition.through or transition.to, transition.name)
    editors = await last_editors(turn.session, entity, record["id"])
    await happen(turn, case, Submit(by=person, editors=editors))
    return True


async def _recall(turn: Turn, entity: Entity, record: dict[str, Any], comment: str) -> dict[str, Any]:
    instance = await running_instance(turn, entity, record)
    if instance is None:
        raise Conflict(NOTHING_TO_RECALL)
    case = await open_case(turn, instance)
    await happen(turn, case, Recall(by=turn.actor.user_id or 0, comment=comment))
    return case.record


def _comment(payload: object) -> str:
    """The only input that the actions of the platform take so far."""
    if not payload:
        return ""
    if not isinstance(payload, dict) or set(payload) - {"comment"}:
        extra = sorted(set(payload) - {"comment"}) if isinstance(payload, dict) else [""]
        raise Invalid(UNKNOWN_INPUT, [Problem(f"/{extra[0]}", "unknown_field", UNKNOWN(name=extra[0]))])
    comment = payload.get("comment") or ""
    if not isinstance(comment, str):
        raise Invalid(UNKNOWN_INPUT, [Problem("/comment", "type", N_("Send a text."))])
    return comment.strip()
