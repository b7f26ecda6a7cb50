"""Publish definitions as a new release."""

from collections.abc import Collection, Sequence

from guanxi.commands.actor import Actor
from guanxi.commands.releases.apply_plan import apply_plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog, Document
from guanxi.errors import Conflict
from guanxi.storage.releases import MOVED


async def publish_documents(
    workspace: Workspace,
    actor: Actor,
    documents: Sequence[Document],
    over: str,
    note: str = "",
    accept: Collection[str] = (),
) -> Catalog:
    """Make these documents the live release; `over` is the digest of the one that was looked at.

    Raises:
        Forbidden: the actor may not publish.
        DefinitionsRefused: the documents do not compile.
        Invalid: the records stand against it. See `apply_plan`.
        Conflict: another release than `over` is live by now.
    """
    plan = await plan_change(workspace, actor, documents)
    if plan.from_ != over:
        raise Conflict(MOVED)
    return await apply_plan(workspace, actor, plan, accept=accept, note=note)
