"""What a process may ask besides its record: decision tables, the calendar, conditions over people."""

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.who import CANDIDATE, Selector
from guanxi.expressions.types import USER_ENTITY
from guanxi.storage.people import every_user
from guanxi.storage.records import load
from guanxi.workflow import Around


async def around_of(
    turn: Turn,
    catalog: Catalog,
    record: Mapping[str, Any],
    selectors: Iterable[Selector],
    calendar: str | None = None,
) -> Around:
    """What answers on a record by the definitions of `catalog`; `selectors` say what is read of people."""
    paths = frozenset[str]().union(*(one.candidate_reads for one in selectors if one.where)) - {CANDIDATE}
    users: Mapping[int, Mapping[str, Any]] = {}
    if paths:
        ids = await every_user(turn.session)
        users = await load(turn.session, turn.catalog, turn.catalog.entities[USER_ENTITY], ids, paths)
    return Around(
        record,
        turn.variables,
        catalog.decisions,
        catalog.calendars[calendar] if calendar else None,
        turn.zone.key,
        users,
    )
