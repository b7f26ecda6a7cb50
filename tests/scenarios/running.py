"""A running instance in the pure engine, and who sees it: what the commands ask the database for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from guanxi.definitions.flow.process import Process
from guanxi.rules.organisation import Snapshot
from guanxi.rules.who import named_by_any
from guanxi.workflow import Facts, Output, State, Task
from guanxi.workflow.run import Run


@dataclass
class Running:
    """An instance: of the record that the scenario is about, or a sub-process, of a row where it has one."""

    process: Process
    begun: Process
    above: str | None = None
    key: str = ""
    row: str | None = None
    state: State | None = None
    outputs: list[Output] = field(default_factory=list)
    rows: list[tuple[Any, datetime, Any]] = field(default_factory=list)
    versions: dict[str, Process] = field(default_factory=dict)


def part_takers(one: Running, former: Iterable[Task], org: Snapshot, day: date) -> set[int | None]:
    """Who learns of the tasks of an instance: those who take part, their deputies, and administrators."""
    assert one.state is not None
    people = {one.state.submitter, *_asked(one.state)}
    people |= {person for task in former for person in task.who}
    deputies = {org.deputy_on(person, day) for person in people}
    return {*people, *deputies, *org.roles.get("admin", ())}


def for_whom(one: Running, told: Mapping[str, Any], org: Snapshot, day: date) -> dict[str, int]:
    """Somebody who holds no task themselves acts for the holder whose deputy they are today."""
    assert one.state is not None
    task = one.state.tasks.get(told["task"])
    who = task.who if task else ()
    if told["by"] in who or told["type"] in ("assign", "reply", "claim", "release"):
        return {}
    absent = next((person for person in who if org.deputy_on(person, day) == told["by"]), None)
    return {} if absent is None else {"behalf": absent}


def lookers(one: Running, facts: Facts, now: datetime) -> set[int]:
    """Who takes part, is named by `visibleTo`, manages processes, or may read the record."""
    assert one.state is not None
    run = Run(one.process, one.state, now, facts)
    named = named_by_any(one.process.visible_to, run.asking(""))
    readers = {person for role in ("anybody", "admin") for person in run.organisation.members_of_role(role)}
    return {one.state.submitter, *named, *readers, *_asked(one.state)}


def _asked(state: State) -> set[int]:
    """Who holds a task now, or has answered one."""
    entries = [entry for mark in state.marks.values() for seat in mark.seats for entry in seat.line]
    deciders = {entry.by for entry in entries if entry.by is not None}
    return deciders | {person for task in state.tasks.values() for person in task.who}
