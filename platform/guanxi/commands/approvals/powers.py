"""What the actor may do with an open task, with the names of the people who may be chosen."""

from guanxi.commands.approvals.card import person
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.standing_in import behalf_of
from guanxi.commands.process_views import PowersView
from guanxi.commands.workspace import Turn
from guanxi.definitions.flow.steps import Asking, Task
from guanxi.definitions.labels import Label
from guanxi.definitions.who import SUBMITTER
from guanxi.storage.people import titles_of_users
from guanxi.workflow import changed_since
from guanxi.workflow.powers import may_copy_to, powers

VERBS: dict[str, Label] = {
    "approve": {"en": "Approve", "zh-CN": "通过"},
    "reject": {"en": "Reject", "zh-CN": "驳回"},
}


async def powers_of(turn: Turn, case: Case, key: str) -> PowersView:
    """What the actor may do with the task of this key; nothing once it is not open."""
    state = case.state
    task = state.tasks.get(key)
    if task is None or task.kind == "hold":
        return PowersView()
    by, behalf = turn.actor.user_id or 0, behalf_of(turn, case, key)
    found = powers(case.process, state, key, by, turn.now, case.facts, behalf)
    copies = may_copy_to(case.process, state, task.step, turn.now, case.facts)
    holds = (behalf or by) in task.who
    step = case.process.places[task.step].step
    lists = (found.transfer, found.delegate, found.ask, found.add, copies if holds else (), found.added)
    ids = {id_ for one in lists for id_ in one} | ({behalf} if behalf is not None else set())
    people = await titles_of_users(turn.session, turn.catalog, ids)
    named = [tuple(person(id_, people) for id_ in one) for one in lists]
    fields = step.fields if isinstance(step, Asking) and holds else {}
    again = bool(case.approval.watch) and holds if case.instance.kind == "approval" else False
    return PowersView(
        answers=tuple((name, _answer(step, name)) for name in found.answers),
        reply=found.reply,
        returns=tuple((to, _step(case, leads)) for to, leads in found.returns),
        transfer=named[0],
        delegate=named[1],
        ask=named[2],
        add=named[3],
        cc=named[4],
        added=named[5],
        claim=found.claim,
        release=found.release,
        skip=found.skip,
        behalf=person(behalf, people) if behalf is not None else None,
        fields=fields,
        changed=changed_since(case.approval, state, key, turn.now, case.facts) if again else {},
    )


def _answer(step: object, name: str) -> Label:
    if isinstance(step, Task):
        return next(one.label for one in step.outcomes if one.name == name)
    return VERBS[name]


def _step(case: Case, name: str) -> Label | None:
    return None if name == SUBMITTER else case.process.places[name].step.label
