"""The plan of the draft: what is looked at before it is published, and what publishing carries out."""

from guanxi.commands.actor import Actor
from guanxi.commands.releases.mapping import NO_MAPPINGS, Mappings
from guanxi.commands.releases.plan import Plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, Conflict, DefinitionsRefused

NOTHING = N_("There is nothing to publish.")
CLASHES = N_("A release has changed the same as the draft. Discard those changes first.")


async def plan_draft(
    workspace: Workspace, actor: Actor, draft: Drafted, values: Mappings = NO_MAPPINGS
) -> Plan:
    """What publishing the draft would do; `values` says what becomes of values that go.

    Raises:
        Forbidden: the actor may not change the configuration.
        Invalid: `values` names what does not go, or what is not there.
        Conflict: there is nothing to publish, or a release has changed the same meanwhile.
        DefinitionsRefused: the draft has problems.
    """
    if draft.clashes:
        raise Conflict(CLASHES)
    if draft.problems:
        raise DefinitionsRefused(draft.problems)
    if not draft.rows:
        raise Conflict(NOTHING)
    return await plan_change(workspace, actor, draft.documents, values=values)
