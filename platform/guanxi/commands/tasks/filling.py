"""Filling in what a step lets its people fill in, while they hold the task."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from guanxi.commands.approvals.case import Case, open_case
from guanxi.commands.approvals.happening import happen
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.saving import refuse_problems, update_prepared
from guanxi.commands.records.showing import CLEAR
from guanxi.commands.workspace import Turn
from guanxi.definitions.flow.powers import FILLED
from guanxi.definitions.flow.steps import Asking
from guanxi.definitions.role import Level
from guanxi.errors import N_, Invalid, Problem
from guanxi.records.difference import changed_fields
from guanxi.records.payload import UNKNOWN
from guanxi.workflow import Edit
from guanxi.workflow.acting import task_of
from guanxi.workflow.events import Decide
from guanxi.workflow.run import Run

if TYPE_CHECKING:
    from guanxi.commands.tasks.acting import Hand

NOT_HERE = N_("This cannot be filled in here. Change only the fields that this step offers.")
MISSING = N_("Something is still to be filled in. Correct what is marked and try again.")
REQUIRED = N_("Fill this in before you decide.")


async def fill_at_step(turn: Turn, case: Case, hand: "Hand", values: Mapping[str, Any]) -> Case:
    """Store values of fields that the step of a task lets its people fill in; the case as it is then.

    The step gives the right to write these fields and no others, to who may decide the task, as long as it is
    open; locks of the record do not hold for them. A field that the person's roles hide stays as it is. What
    is filled in counts as an edit by that person.

    Raises:
        Invalid: other fields, bad values, or a field is missing that the step requires.
        Forbidden, Conflict: the person may not decide the task.
    """
    step = case.process.places[hand.task.partition("#")[0]].step
    access = step.fields if isinstance(step, Asking) else {}
    seen = turn.access(case.entity.name).of_granted_fields().fields
    offered = {name for name, one in access.items() if one in FILLED and seen.get(name) in CLEAR}
    if other := sorted(name for name in values if name not in offered):
        raise Invalid(NOT_HERE, [Problem(f"/fields/{other[0]}", "unknown_field", UNKNOWN(name=other[0]))])
    if values:
        run = Run(case.process, case.state, turn.now, case.facts)
        task_of(run, Decide(hand.by, hand.task, "", behalf=hand.behalf), decides=True)
        case = await _store(turn, case, hand, values, dict.fromkeys(access, "write"))
    missing = [name for name, one in access.items() if one == "required" and case.record.get(name) is None]
    if missing:
        raise Invalid(MISSING, [Problem(f"/fields/{name}", "required", REQUIRED) for name in missing])
    return case


async def _store(
    turn: Turn, case: Case, hand: "Hand", values: Mapping[str, Any], levels: Mapping[str, Level]
) -> Case:
    entity, before, form = case.entity, case.record, turn.actor.channel == "page"
    try:
        prepared = await prepare(turn, entity, values, before, levels, form=form)
        await refuse_problems(turn, entity, prepared, before)
    except Invalid as refused:
        problems = [Problem(f"/fields{one.field}", one.code, one.message) for one in refused.problems]
        raise Invalid(refused.message, problems) from refused
    changed = changed_fields(entity, before, prepared.record)
    await update_prepared(turn, entity, before, prepared, "changed")
    if changed:
        case = await open_case(turn, case.instance)
        await happen(turn, case, Edit(by=hand.by, fields=tuple(changed), behalf=hand.behalf))
        case = await open_case(turn, case.instance)
    return case
