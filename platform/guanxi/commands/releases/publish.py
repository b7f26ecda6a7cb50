"""Publish definitions as a new release."""

from collections.abc import Sequence

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog, Document, compile_catalog
from guanxi.errors import N_, Forbidden
from guanxi.storage.releases import publish

MAY_NOT = N_("Only somebody who may change the configuration can publish.")


async def publish_documents(
    workspace: Workspace, actor: Actor, documents: Sequence[Document], over: str, note: str = ""
) -> Catalog:
    """Make these documents the live release; `over` is the digest of the one that was looked at.

    Raises:
        Forbidden: the actor may not publish.
        DefinitionsRefused: the documents do not compile, or cannot be reached by adding to the tables.
        Conflict: another release than `over` is live by now.
    """
    live = await workspace.live()
    if not (actor.channel == "system" or actor.may(live, "studio")):
        raise Forbidden(MAY_NOT)
    catalog = compile_catalog(documents)
    await publish(
        workspace.database, catalog, at=workspace.clock.now(), by=actor.user_id, note=note, over=over
    )
    return catalog
