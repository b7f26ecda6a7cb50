"""Doing an effect of a job once, however often the job is done."""

import hashlib

from guanxi.commands.workspace import Turn
from guanxi.storage.idempotency import claim

_NOBODY = 0


async def first_time(turn: Turn, key: str) -> bool:
    """Whether the effect of this key has not been done yet; it has been when this transaction commits."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return await claim(turn.session, _NOBODY, f"job:{digest}", digest, turn.now) is None
