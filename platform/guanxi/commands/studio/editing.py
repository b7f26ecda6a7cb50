"""What an edit does to the stored draft, within one turn."""

import copy
from collections.abc import Callable

from guanxi.commands.studio.drafting import Definitions, Key, alike, laid_over, of_release
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.workspace import Turn
from guanxi.errors import N_, Conflict, Forbidden
from guanxi.storage.drafts import StoredDraft, add_draft, change_draft, drop_drafts, read_drafts

OF_A_PACK = N_("This belongs to a pack and cannot be removed. Remove single parts of it instead.")
SAME_MOMENT = N_("Somebody saved this definition at the same moment. Look at it, and save again.")

Edit = Callable[[Definitions], None]


async def keep_edit(turn: Turn, edit: Edit) -> None:
    """Let `edit` change the draft's definitions, and keep what it did.

    A definition that is as it is live leaves the draft.

    Raises:
        Forbidden: the actor may not change the configuration, or a definition of a pack would be removed.
        Conflict: a release has changed the same meanwhile, or somebody saved at the same moment.
    """
    require_studio(turn.catalog, turn.actor)
    rows = {(row.kind, row.name): row for row in await read_drafts(turn.session)}
    live = of_release(turn.catalog)
    before, clashes = laid_over(live, rows.values())
    after = copy.deepcopy(before)
    edit(after)
    for key in {*before, *after}:
        if not alike(before.get(key), after.get(key)):
            await _keep(turn, key, live, after, rows, clashes)


async def _keep(
    turn: Turn,
    key: Key,
    live: Definitions,
    after: Definitions,
    rows: dict[Key, StoredDraft],
    clashes: set[Key],
) -> None:
    row = rows.get(key)
    if key in clashes:
        raise Conflict(
            N_("A release has changed this meanwhile. Discard the changes to it in the draft first.")
        )
    if key not in after and any((one.kind, one.name) == key and one.pack for one in turn.catalog.documents):
        raise Forbidden(OF_A_PACK)
    if row is not None and alike(after.get(key), live.get(key)):
        await drop_drafts(turn.session, [row])
        return
    version = 1 if row is None else row.version + 1
    draft = StoredDraft(*key, after.get(key), live.get(key), version, turn.now, turn.actor.user_id)
    if row is None:
        await add_draft(turn.session, draft)
    elif not await change_draft(turn.session, draft, row.version):
        raise Conflict(SAME_MOMENT)
