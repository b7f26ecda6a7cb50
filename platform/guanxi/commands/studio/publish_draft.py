"""Make the draft live, by the plan that was looked at."""

from collections.abc import Collection

from guanxi.commands.actor import Actor
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.mapping import NO_MAPPINGS, Mappings
from guanxi.commands.studio.planning import plan_draft
from guanxi.commands.studio.reading import compiled, stored_draft
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict
from guanxi.storage.drafts import drop_drafts, rebase_drafts

MOVED = N_("Draft or records have changed since you looked at the plan. Look at it again, then publish.")


async def publish_draft(
    workspace: Workspace,
    actor: Actor,
    seen: str,
    *,
    accept: Collection[str] = (),
    note: str = "",
    values: Mappings = NO_MAPPINGS,
) -> None:
    """Publish the draft if its plan still is the one whose digest was `seen`.

    Raises:
        Conflict: the plan is another one by now; see also `plan_draft`.
        Invalid, DefinitionsRefused: see `apply_plan`.
    """
    draft = await compiled(await workspace.read(actor, stored_draft))
    plan = await plan_draft(workspace, actor, draft, values)
    if plan.digest != seen:
        raise Conflict(MOVED)
    await apply_plan(workspace, actor, plan, accept=accept, note=note)

    async def clear(turn: Turn) -> None:
        await drop_drafts(turn.session, draft.rows)
        # Who saved while this was going on keeps the change, now over what has become live.
        await rebase_drafts(turn.session, draft.rows)

    await workspace.write(actor, clear)
