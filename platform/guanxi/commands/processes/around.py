"""What a process may ask besides its record: decision tables, the calendar, conditions over people."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.decisions.model import Decision
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Asking, walk
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


async def around_process(
    turn: Turn, catalog: Catalog, process: Process, record: Mapping[str, Any], submitter: int | None
) -> Around:
    """The decision tables, the calendar and what conditions over people read, as the submitter is asked."""
    selectors = tuple(_all(catalog, process))
    found = await around_of(turn, catalog, record, selectors, process.calendar)
    return replace(found, variables={**turn.variables, "me": submitter})


def _all(catalog: Catalog, process: Process) -> Iterator[Selector]:
    """Every selector that can be asked of a process, those of its tables and of choices among them."""
    waiting = list(_own(process))
    tables = {one.decision for one in waiting} - {None}
    waiting += [one for name in tables for one in _of_table(catalog.decisions[str(name)])]
    while waiting:
        selector = waiting.pop()
        yield selector
        waiting += selector.chosen.source if selector.chosen else ()


def _own(process: Process) -> Iterator[Selector]:
    yield from (*process.admins, *process.visible_to)
    for step in walk(process.steps):
        if isinstance(step, Asking):
            may = step.may
            yield from (*step.by, *may.transfer, *may.delegate, *may.add, *may.ask, *may.cc)
            for deadline in step.deadlines:
                yield from deadline.to


def _of_table(table: Decision) -> Iterator[Selector]:
    for answers in (*(row.then for row in table.rows), table.otherwise or {}):
        for outcome in answers.values():
            yield from outcome.who
