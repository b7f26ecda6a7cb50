"""Read the draft, compiled once for every state of it."""

import asyncio
from weakref import WeakKeyDictionary

from guanxi.commands.actor import Actor
from guanxi.commands.studio.drafting import Drafted, drafted
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.drafts import Mark, StoredDraft, draft_marks, read_drafts

State = tuple[str, tuple[Mark, ...]]
_KEPT: WeakKeyDictionary[Workspace, tuple[State, Drafted]] = WeakKeyDictionary()


async def read_draft(workspace: Workspace, actor: Actor) -> Drafted:
    """The draft over the live release.

    Raises:
        Forbidden: the actor may not change the configuration.
    """
    live = await workspace.live()
    require_studio(live, actor)

    async def marks(turn: Turn) -> tuple[Mark, ...]:
        return await draft_marks(turn.session)

    async def rows(turn: Turn) -> list[StoredDraft]:
        return await read_drafts(turn.session)

    state = (live.digest, await workspace.read(actor, marks))
    kept = _KEPT.get(workspace)
    if kept is None or kept[0] != state:
        found = await workspace.read(actor, rows)
        # Compiling takes a moment in which others want to be answered.
        kept = (state, await asyncio.to_thread(drafted, live, found))
        _KEPT[workspace] = kept
    return kept[1]
