"""Drop what releases gone by have left, by a plan that somebody has looked at."""

from guanxi.commands.actor import Actor
from guanxi.commands.releases.purging import PurgePlan, plan_purge
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog, compile_catalog
from guanxi.errors import N_, Conflict
from guanxi.storage.audit import AuditRow, append
from guanxi.storage.field_columns import columns_of_catalog, place, read_field_columns
from guanxi.storage.field_identity import live_identity
from guanxi.storage.introspection import read_existing
from guanxi.storage.purging import drop, leftovers
from guanxi.storage.releases import alone, go_live, require_live
from guanxi.storage.session import Session

SHORT = 8
ANOTHER = N_("That is not the plan as it is now. Look at it again: guanxi purge --plan.")
NOTE = N_("Purged {count} columns and tables")


async def purge(workspace: Workspace, actor: Actor, seen: str) -> PurgePlan:
    """Carry out the plan whose digest begins with `seen` (8 characters or more), and return it.

    What is dropped cannot be got back. A release is made of the same definitions, so that no process reads
    or clears what is gone.

    Raises:
        Forbidden: the actor may not change the configuration.
        Conflict: the plan is another one by now.
        Unavailable: other requests kept the database busy all the while.
    """
    plan = await plan_purge(workspace, actor)
    if len(seen) < SHORT or not plan.digest.startswith(seen):
        raise Conflict(ANOTHER)
    if plan.items:
        await alone(workspace.database, lambda session: _purge(workspace, session, actor, plan))
        workspace.database.look_again()
    return plan


async def _purge(workspace: Workspace, session: Session, actor: Actor, plan: PurgePlan) -> None:
    await require_live(session, plan.live.digest)
    some = tuple(one.leftover for one in plan.items)
    existing = await read_existing(session)
    if leftovers(plan.live, existing) != some:
        raise Conflict(ANOTHER)
    now, told = workspace.clock.now(), NOTE(count=len(some))
    await drop(session, some, existing)
    catalog, identity = await _without(session, plan.live), await live_identity(session)
    if identity is not None:
        await go_live(session, catalog, identity, at=now, by=actor.user_id, note=str(told))
    names = [".".join(part for part in (one.table, one.column) if part) for one in some]
    append(session, AuditRow(now, actor.user_id, actor.channel, "purged", "", None, {"dropped": names}))


async def _without(session: Session, live: Catalog) -> Catalog:
    """The live definitions, placed where they are, without the references that are gone."""
    identity, existing = await live_identity(session), await read_existing(session)
    if identity is None:
        return live
    known = await read_field_columns(session)
    preferred = tuple(columns_of_catalog(live, identity))
    plain = compile_catalog(live.documents)
    placed = place(plain, identity, known, existing, identity, preferred=preferred)
    return compile_catalog(live.documents, placed.placement)
