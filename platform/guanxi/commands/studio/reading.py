"""The draft as a turn finds it, compiled once for every state of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from guanxi.commands.catalogs import Catalogs
from guanxi.commands.studio.drafting import Drafted, drafted
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.storage.drafts import Mark, StoredDraft, draft_marks, read_drafts

State = tuple[str, tuple[Mark, ...]]
_KEPT: WeakKeyDictionary[Catalogs, tuple[State, Drafted]] = WeakKeyDictionary()
"""The draft compiled last, for every workspace: each has its own catalogs."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a turn found: the draft that is compiled already, or the rows to compile."""

    catalogs: Catalogs
    live: Catalog
    state: State
    rows: Sequence[StoredDraft] = ()
    known: Drafted | None = None


async def stored_draft(turn: Turn) -> Stored:
    """Look for the draft over the turn's release. `compiled` makes it whole, after the turn.

    Raises:
        Forbidden: the actor may not change the configuration.
    """
    require_studio(turn.catalog, turn.actor)
    state = (turn.catalog.digest, await draft_marks(turn.session))
    kept = _KEPT.get(turn.catalogs)
    if kept is not None and kept[0] == state:
        return Stored(turn.catalogs, turn.catalog, state, known=kept[1])
    return Stored(turn.catalogs, turn.catalog, state, await read_drafts(turn.session))


async def compiled(stored: Stored) -> Drafted:
    """The draft that was found. It needs no session: compiling takes a moment, and a connection is scarce."""
    if stored.known is not None:
        return stored.known
    # Others want to be answered in this moment.
    draft = await asyncio.to_thread(drafted, stored.live, stored.rows)
    _KEPT[stored.catalogs] = (stored.state, draft)
    return draft
