"""Change definitions in the draft."""

from collections.abc import Iterable

from guanxi.commands.actor import Actor
from guanxi.commands.studio.drafting import Key
from guanxi.commands.studio.editing import Edit, keep_edit
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.drafts import drop_drafts, read_drafts


async def edit_draft(workspace: Workspace, actor: Actor, edit: Edit) -> None:
    """Let `edit` change the draft's definitions, and keep what it did.

    It may run again on what others saved at the same moment, and refuses by raising, which keeps nothing. A
    definition that is as it is live leaves the draft.

    Raises:
        Forbidden: the actor may not change the configuration, or a definition of a pack would be removed.
        Conflict: a release has changed the same meanwhile, or somebody saved at the same moment.
    """

    async def work(turn: Turn) -> None:
        await keep_edit(turn, edit)

    await workspace.write(actor, work)


async def discard_draft(workspace: Workspace, actor: Actor, keys: Iterable[Key] | None = None) -> None:
    """Forget the changes of these definitions, of all without `keys`.

    Raises:
        Forbidden: the actor may not change the configuration.
    """
    chosen = None if keys is None else set(keys)

    async def work(turn: Turn) -> None:
        require_studio(turn.catalog, actor)
        rows = await read_drafts(turn.session)
        await drop_drafts(
            turn.session, [row for row in rows if chosen is None or (row.kind, row.name) in chosen]
        )

    await workspace.write(actor, work)
