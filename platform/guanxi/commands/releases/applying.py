"""Publishing a plan."""

from collections.abc import Collection

from guanxi.commands.actor import Actor
from guanxi.commands.releases.plan import Plan
from guanxi.commands.releases.planning import MAY_NOT
from guanxi.commands.releases.upgrading import refuse_open
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog
from guanxi.errors import N_, Conflict, Forbidden, Invalid, Problem
from guanxi.storage.releases import MOVED
from guanxi.storage.switching import MoveRefused, Switch, switch

DECIDE = N_("The records stand against it. Nothing was changed.")
LOSSY = N_("Some values could not be got back. Accept that, or change the plan. Nothing was changed.")
MEANWHILE = N_("{failing} values that were entered meanwhile cannot be converted. Nothing was changed.")


async def apply_plan(
    workspace: Workspace, actor: Actor, plan: Plan, *, accept: Collection[str] = (), note: str = ""
) -> Catalog:
    """Make the plan's candidate live and return its catalog; with `accept` holding "lossy", also with losses.

    Raises:
        Forbidden: the actor may not publish.
        Conflict: another release is live than when the plan was made.
        Invalid: records stand against it, or losses are not accepted; nothing was changed.
    """
    live = await workspace.live()
    if not (actor.channel == "system" or actor.may(live, "studio")):
        raise Forbidden(MAY_NOT)
    if live.digest != plan.from_:
        raise Conflict(MOVED)
    if plan.empty:
        return live
    if plan.upgrade is not None:
        refuse_open(plan.upgrade)
    refuse_undecided(plan, accept)
    candidate = plan.candidate
    work = Switch(
        over=plan.from_,
        catalog=candidate.catalog,
        identity=candidate.identity,
        known=candidate.known,
        moves=plan.moves,
        formulas=plan.formulas,
        lossy="lossy" in accept,
    )
    try:
        await switch(workspace.database, work, at=workspace.clock.now(), by=actor.user_id, note=note)
    except MoveRefused as refused:
        problem = MEANWHILE(failing=refused.outcome.failing or refused.outcome.lossy)
        raise Invalid(
            DECIDE, [Problem(f"/fields/{refused.move.after.name}", "records", problem)]
        ) from refused
    return await workspace.live()


def refuse_undecided(plan: Plan, accept: Collection[str]) -> None:
    """Raise what stands against a plan, with every place at once."""
    for cls, message in (("needsDecision", DECIDE), ("lossy", LOSSY)):
        if cls in accept and cls == "lossy":
            continue
        problems = [
            Problem(f"/{one.kind}/{one.name}/{found.path}", "records", found.sentence)
            for one in plan.changes
            for found in one.findings
            if found.cls == cls
        ]
        if problems:
            raise Invalid(message, problems)
