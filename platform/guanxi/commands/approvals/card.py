"""The approval card: who asks for what, what it was before, the limit, who has decided, who has it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.disclosing import shows_on_card
from guanxi.commands.views import ApprovalView, ChainEntry, DecisionEntry, PersonView, ShownValue
from guanxi.commands.workspace import Turn
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Parallel, Task
from guanxi.definitions.labels import Label
from guanxi.expressions import Shows
from guanxi.storage.instances import events_of
from guanxi.storage.people import titles_of_users
from guanxi.storage.tasks import StoredTask, holders_of, open_tasks_of
from guanxi.workflow import ChainStep, Decision, State, chain, question
from guanxi.workflow.facts import Facts

People = Mapping[int, str]


async def card_of(turn: Turn, case: Case) -> ApprovalView:
    """The card of a case as the actor may see it."""
    state = case.state
    steps = chain(case.approval, state, turn.now, case.facts)
    open_tasks = await open_tasks_of(turn.session, case.instance.id)
    holders = await holders_of(turn.session, [task.id for task in open_tasks])
    waiting = dict.fromkeys(person for people in holders.values() for person in people)
    people = await titles_of_users(turn.session, turn.catalog, _people(steps, waiting, state))
    ended = case.instance.finished_at
    former = await former_values(turn, case)
    return ApprovalView(
        instance_id=case.instance.id,
        name=case.approval.name,
        label=case.approval.label,
        status=case.instance.status,
        submitter=person(state.submitter, people),
        submitted_at=submitted_at(case),
        shown=shown_values(case, former, await shows_on_card(turn, case), turn.now),
        chain=tuple(entry(case.approval, step, people) for step in steps),
        waiting_for=tuple(person(id_, people) for id_ in waiting),
        task_id=_own_task(turn, open_tasks, holders),
        held_task_ids=_held(turn, open_tasks),
        ended_at=ended,
        comment=_last_comment(steps) if ended else "",
        word=await _word(turn, case),
    )


async def _word(turn: Turn, case: Case) -> DecisionEntry | None:
    """What was last said to the one whose turn it is: why it came back, or the question to the actor."""
    me, state = turn.actor.user_id, case.state
    asked = any(task.kind == "advise" and me in task.who for task in state.tasks.values())
    if state.status != "returned" and not asked:
        return None
    wanted = ("ask", "delegate") if asked else ("return",)
    found = [one for one in await events_of(turn.session, case.instance.id) if one.kind in wanted]
    last = next((one for one in reversed(found) if not asked or one.event.get("who") == me), None)
    if last is None or last.by is None:
        return None
    people = await titles_of_users(turn.session, turn.catalog, {last.by})
    said = last.event.get("comment") or ""
    return DecisionEntry(person(last.by, people), None, last.kind, last.at, said)


def submitted_at(case: Case) -> Any:
    """When the running submission was made: the first step was reached at that moment."""
    marks = case.state.marks.values()
    return min((mark.since for mark in marks), default=case.instance.started_at)


def entry(process: Process, step: ChainStep, people: People) -> ChainEntry:
    """A step of the chain with names."""
    return ChainEntry(
        name=step.step,
        label=step.label,
        state=step.state,
        people=tuple(person(id_, people) for id_ in step.people),
        by=person(step.by, people) if step.by is not None else None,
        at=step.at,
        comment=step.comment,
        decisions=tuple(_decision(process, step, one, people) for one in step.decisions),
        given=step.given,
        needed=step.needed,
        due=step.due,
        branch=_branch(process, step),
    )


def _decision(process: Process, step: ChainStep, one: Decision, people: People) -> DecisionEntry:
    by = person(one.by, people) if one.by is not None else None
    behalf = person(one.behalf, people) if one.behalf is not None else None
    asking = process.places[step.step].step
    outcomes = asking.outcomes if isinstance(asking, Task) else ()
    label = next((outcome.label for outcome in outcomes if outcome.name == one.answer), None)
    return DecisionEntry(by, behalf, one.answer, one.at, one.comment, label)


def _branch(process: Process, step: ChainStep) -> Label | None:
    """The branch of the innermost parallel block around a step."""
    for block, name in step.path:
        around = process.places[block].step
        if isinstance(around, Parallel):
            return next((one.label for one in around.branches if one.name == name), None)
    return None


def person(id_: int, people: People) -> PersonView:
    """A person by name; somebody who is not there any more by number."""
    return PersonView(id_, people.get(id_) or f"#{id_}")


async def former_values(turn: Turn, case: Case) -> dict[str, Any]:
    """What the approval showed when the record was submitted the time before, by name."""
    submits = [e for e in await events_of(turn.session, case.instance.id) if e.kind == "submit"]
    if len(submits) < 2:
        return {}
    former = submits[-2]
    facts = Facts.from_json(former.facts)
    asked = question(case.approval, case.state.submitter, former.at, facts)
    return {fact.name: fact.value for fact in asked}


def shown_values(
    case: Case, former: Mapping[str, Any], shows: Shows, now: datetime
) -> tuple[ShownValue, ...]:
    """What the approval shows to decide on; `former` are the values of the time before.

    A value that follows from what the actor may not see is left out.
    """
    values = []
    declared = {one.name: one for one in case.approval.show}
    for fact in question(case.approval, case.state.submitter, now, case.facts):
        if not all(map(shows, declared[fact.name].reads)):
            continue
        before = former.get(fact.name, fact.was)
        if before == fact.value:
            # Asked for again as it was: then it is still worth seeing what it would be without the request.
            before = fact.was
        field = case.entity.fields.get(fact.of or "")
        currency = case.facts.record.get(f"{fact.of}.currency") if field and field.type == "money" else None
        values.append(ShownValue(fact.name, fact.label, fact.of, before, fact.value, fact.limit, currency))
    return tuple(values)


def _people(steps: Iterable[ChainStep], waiting: Iterable[int], state: State) -> set[int]:
    named = {id_ for step in steps for id_ in (*step.people, step.by) if id_ is not None}
    named |= {id_ for step in steps for one in step.decisions for id_ in (one.by, one.behalf) if id_}
    return named | set(waiting) | {state.submitter}


def _own_task(turn: Turn, tasks: Iterable[StoredTask], holders: Mapping[int, tuple[int, ...]]) -> int | None:
    own = (task.id for task in tasks if turn.actor.user_id in holders.get(task.id, ()))
    return next(own, None)


def _held(turn: Turn, tasks: Iterable[StoredTask]) -> tuple[int, ...]:
    if not turn.actor.may(turn.catalog, "process"):
        return ()
    return tuple(task.id for task in tasks if task.status == "held")


def _last_comment(steps: Iterable[ChainStep]) -> str:
    return next((step.comment for step in reversed(list(steps)) if step.state == "rejected"), "")
