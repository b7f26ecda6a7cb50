"""What a process asks outside of its record and the organisation, loaded from the workspace."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.decisions.model import Decision
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Asking, walk
from guanxi.definitions.who import CANDIDATE, Selector
from guanxi.expressions.types import USER_ENTITY
from guanxi.rules.organisation import Snapshot
from guanxi.storage.records import load
from guanxi.workflow import Around


async def around(
    turn: Turn,
    catalog: Catalog,
    process: Process,
    record: Mapping[str, Any],
    organisation: Snapshot,
    submitter: int | None,
) -> Around:
    """The decision tables, the calendar and what conditions over people read of them."""
    variables = {**turn.variables, "me": submitter}
    calendar = catalog.calendars[process.calendar] if process.calendar else None
    paths = _candidate_paths(process, catalog.decisions.values())
    users: Mapping[int, Mapping[str, Any]] = {}
    if paths:
        user = turn.catalog.entities[USER_ENTITY]
        users = await load(turn.session, turn.catalog, user, list(organisation.people), paths)
    return Around(record, variables, catalog.decisions, calendar, turn.zone.key, users)


def selectors_of(process: Process) -> Iterator[Selector]:
    """Every selector of a process."""
    yield from (*process.admins, *process.visible_to)
    for step in walk(process.steps):
        if isinstance(step, Asking):
            may = step.may
            yield from (*step.by, *may.transfer, *may.delegate, *may.add, *may.ask, *may.cc)
            for deadline in step.deadlines:
                yield from deadline.to


def _candidate_paths(process: Process, tables: Iterable[Decision]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(selectors_of(process))
    asked = {one.decision for one in waiting} - {None}
    for table in tables if asked else ():
        if table.name in asked:
            waiting += _of_table(table)
    while waiting:
        selector = waiting.pop()
        found |= selector.candidate_reads
        waiting += selector.chosen.source if selector.chosen else ()
    return frozenset(found - {CANDIDATE})


def _of_table(table: Decision) -> Iterator[Selector]:
    for answers in (*(row.then for row in table.rows), table.otherwise or {}):
        for outcome in answers.values():
            yield from outcome.who
