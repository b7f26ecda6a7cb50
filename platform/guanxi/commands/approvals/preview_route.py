"""Who would have to approve, and why, before anything is submitted."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case, complete_content, facts_of
from guanxi.commands.approvals.explanation import route_view
from guanxi.commands.approvals.explanation_views import RouteView
from guanxi.commands.approvals.happening import new_instance
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, NotFound
from guanxi.workflow import State
from guanxi.workflow.explaining import explain_route

NO_APPROVAL = N_("Nothing called “{name}” asks for an approval here.")


async def preview_route(
    workspace: Workspace, actor: Actor, entity: str, id_: int, transition: str
) -> RouteView:
    """The route that a record would go if the actor pressed a transition of it now.

    Raises:
        NotFound: the record is not there or not to be seen, or the transition needs no approval.
        Undecided: a decision table has no answer for the record, so it could not be submitted.
    """

    async def work(turn: Turn) -> RouteView:
        definition = entity_of(turn, entity)
        record, _ = await find_record(turn, definition, id_)
        stages = turn.catalog.stages.get(entity)
        pressed = stages.transitions.get(transition) if stages is not None else None
        if pressed is None or pressed.approval is None:
            raise NotFound(NO_APPROVAL(name=transition))
        approval, submitter = turn.catalog.approvals[pressed.approval], turn.actor.user_id or 0
        await complete_content(turn, definition, record, approval)
        facts = await facts_of(turn, turn.catalog, approval, record, submitter)
        instance = new_instance(turn, (entity, id_), "approval", approval.name)
        case = Case(instance, turn.catalog, approval, definition, record, facts)
        state = State(0, "running", submitter, submitter)
        told = explain_route(approval, state, turn.now, facts, tables=turn.catalog.decisions)
        return await route_view(turn, case, state, told, status=None, changes=True)

    return await workspace.read(actor, work)
