"""Make the draft live, by the plan that was looked at."""

from collections.abc import Collection

from guanxi.commands.actor import Actor
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.plan import Plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.read_draft import read_draft
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict, DefinitionsRefused
from guanxi.storage.drafts import drop_drafts, rebase_drafts

NOTHING = N_("There is nothing to publish.")
CLASHES = N_("A release has changed the same as the draft. Discard those changes first.")
MOVED = N_("Draft or records have changed since you looked at the plan. Look at it again, then publish.")


async def plan_draft(workspace: Workspace, actor: Actor, draft: Drafted) -> Plan:
    """What publishing the draft would do.

    Raises:
        Forbidden: the actor may not change the configuration.
        Conflict: there is nothing to publish, or a release has changed the same meanwhile.
        DefinitionsRefused: the draft has problems.
    """
    if draft.clashes:
        raise Conflict(CLASHES)
    if draft.problems:
        raise DefinitionsRefused(draft.problems)
    if not draft.rows:
        raise Conflict(NOTHING)
    return await plan_change(workspace, actor, draft.documents)


async def publish_draft(
    workspace: Workspace, actor: Actor, seen: str, *, accept: Collection[str] = (), note: str = ""
) -> None:
    """Publish the draft if its plan still is the one whose digest was `seen`.

    Raises:
        Conflict: the plan is another one by now; see also `plan_draft`.
        Invalid, DefinitionsRefused: see `apply_plan`.
    """
    draft = await read_draft(workspace, actor)
    plan = await plan_draft(workspace, actor, draft)
    if plan.digest != seen:
        raise Conflict(MOVED)
    await apply_plan(workspace, actor, plan, accept=accept, note=note)

    async def clear(turn: Turn) -> None:
        await drop_drafts(turn.session, draft.rows)
        # Who saved while this was going on keeps the change, now over what has become live.
        await rebase_drafts(turn.session, draft.rows)

    await workspace.write(actor, clear)
