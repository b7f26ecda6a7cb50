"""Why an instance goes its way: each step, the people, the branches not taken, and what would change it."""

from collections.abc import Mapping, Sequence

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case, open_case
from guanxi.commands.approvals.explanation import route_view
from guanxi.commands.approvals.explanation_views import RouteView
from guanxi.commands.approvals.instance import find_instance
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.instances import StoredEvent, events_of
from guanxi.workflow import Facts
from guanxi.workflow.explaining import RouteTold, explain_route


async def explain_instance(workspace: Workspace, actor: Actor, instance_id: int) -> RouteView:
    """The route of an instance, told with what the actor may see. Raises NotFound to who may not see it.

    One that has ended is explained by the facts of its last event, and whom a step asked by those with which
    it was opened.
    """

    async def work(turn: Turn) -> RouteView:
        case = await open_case(turn, await find_instance(turn, instance_id))
        events = await events_of(turn.session, instance_id)
        told = _told(turn, case, events)
        state = case.state
        return await route_view(turn, case, state, told, status=case.instance.status, changes=not state.ended)

    return await workspace.read(actor, work)


def _told(turn: Turn, case: Case, events: Sequence[StoredEvent]) -> RouteTold:
    state, now, facts = case.state, turn.now, case.facts
    if state.ended and events:
        now, facts = events[-1].at, Facts.from_json(events[-1].facts)
    tables = case.catalog.decisions
    return explain_route(case.process, state, now, facts, tables=tables, opened=_opened(case, events))


def _opened(case: Case, events: Sequence[StoredEvent]) -> Mapping[str, Sequence[Facts]]:
    """The facts of the events at whose moment each step was opened: one of them opened it."""
    return {
        name: tuple(Facts.from_json(event.facts) for event in events if event.at == mark.since)
        for name, mark in case.state.marks.items()
        if mark.seats
    }
