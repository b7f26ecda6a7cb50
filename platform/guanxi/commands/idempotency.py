"""Doing a request once: the same key from the same person answers what was done the first time."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict
from guanxi.storage.idempotency import answer, claim

T = TypeVar("T")
OTHER_REQUEST = N_("This key was used for another request. Send a new key for a new request.")


class KeyReused(Conflict):
    """An idempotency key came again with other content."""

    code = "idempotency_key_reused"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: verb, what it is about, the content, and the key (None: do it each time)."""

    key: str | None
    verb: str
    entity: str
    id: int | None
    payload: Any

    @property
    def digest(self) -> str:
        """The hash of everything but the key."""
        text = json.dumps([self.verb, self.entity, self.id, self.payload], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


async def once(
    workspace: Workspace,
    actor: Actor,
    request: Request,
    work: Callable[[Turn], Awaitable[T]],
    again: Callable[[Turn, int], Awaitable[T]],
    id_of: Callable[[T], int],
) -> T:
    """Run work in a transaction, or answer what it made before.

    `id_of` names what the work made; `again` shows that to the actor when the key comes a second time.
    """

    async def keyed(turn: Turn) -> T:
        if request.key is None:
            return await work(turn)
        user = actor.user_id or 0
        done = await claim(turn.session, user, request.key, request.digest, turn.now)
        if done is None:
            result = await work(turn)
            answer(turn.session, user, request.key, str(id_of(result)))
            return result
        if done.request != request.digest:
            raise KeyReused(OTHER_REQUEST)
        return await again(turn, int(done.reply or 0))

    return await workspace.write(actor, keyed)
