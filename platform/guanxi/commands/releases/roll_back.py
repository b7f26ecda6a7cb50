"""Going back to an earlier release, with the values that were there."""

from collections.abc import Sequence

from guanxi.commands.actor import Actor
from guanxi.commands.releases.mapping import NO_MAPPINGS, Mappings
from guanxi.commands.releases.plan import Plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, Conflict, NotFound
from guanxi.storage.releases import Release, releases

__all__ = ["Release", "find_release", "list_releases", "plan_roll_back"]

NO_SUCH = N_("There is no release {digest}. `guanxi diff` lists them.")
SEVERAL = N_("More than one release begins with {digest}. Write more of it.")
NONE_BEFORE = N_("There is no release before this one.")


async def list_releases(workspace: Workspace, limit: int = 50) -> Sequence[Release]:
    """The newest releases, newest first; the first is live."""
    async with workspace.database.reading() as session:
        return await releases(session, limit)


async def find_release(workspace: Workspace, digest: str = "") -> Release:
    """The newest release whose digest begins so; without any the one that was live before this one.

    Raises:
        NotFound: there is none.
        Conflict: several catalogs begin so.
    """
    every = await list_releases(workspace, 10_000)
    if not digest:
        before = [one for one in every if one.digest != every[0].digest]
        if not before:
            raise NotFound(NONE_BEFORE)
        return before[0]
    found = [one for one in every if one.digest.startswith(digest)]
    if not found:
        raise NotFound(NO_SUCH(digest=digest))
    if len({one.digest for one in found}) > 1:
        raise Conflict(SEVERAL(digest=digest))
    return found[0]


async def plan_roll_back(
    workspace: Workspace, actor: Actor, digest: str = "", values: Mappings = NO_MAPPINGS
) -> Plan:
    """The plan back to an earlier release: by default the one before. `apply_plan` carries it out.

    What cannot be restored is in it: values that cannot be turned back, records that lack what was required.
    `values` says what becomes of values that were not allowed then.

    Raises:
        Invalid: see `plan_change`.
        NotFound, Conflict: there is no such release, or more than one.
        Forbidden: the actor may not publish.
    """
    release = await find_release(workspace, digest)
    async with workspace.database.reading() as session:
        catalog = await workspace.catalogs.get(session, release.digest)
    return await plan_change(workspace, actor, catalog.documents, back_to=release.digest, values=values)
