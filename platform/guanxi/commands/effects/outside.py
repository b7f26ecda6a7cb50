"""What effects tell others: events for processes that wait, requests to endpoints."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.audit import emit
from guanxi.commands.effects.effecting import Effecting
from guanxi.commands.messaging.calling import call_webhook
from guanxi.commands.workspace import Turn
from guanxi.definitions.effect import CallEffect, EmitEffect
from guanxi.rules.effect_data import data_of


async def tell_outside(
    turn: Turn, effecting: Effecting, effect: CallEffect | EmitEffect, record: Mapping[str, Any]
) -> None:
    """Carry out one such effect; `record` has what it reads.

    Raises:
        Invalid: there is more to tell than is sent.
    """
    entity, data = effecting.entity.name, data_of(effect, record, turn.variables)
    if isinstance(effect, EmitEffect):
        emit(turn, effect.event, data, (entity, effecting.id))
        return
    endpoint = turn.catalog.endpoints[effect.endpoint]
    at = turn.now.isoformat()
    body = {"name": effect.name, "entity": entity, "id": str(effecting.id), "at": at, "data": data}
    key = f"{entity} {effecting.id} {effect.name} {effecting.occasion(turn.now, record['version'])}"
    await call_webhook(turn, key, endpoint.url, body, endpoint.secret)
