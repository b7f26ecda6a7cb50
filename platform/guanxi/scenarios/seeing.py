"""What there is to see of an instance, in the words of `expect`; people are told by name."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.process import Process
from guanxi.workflow import (
    CarryOut,
    Facts,
    Output,
    Reask,
    State,
    Task,
    chain,
    changed_since,
)

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Seen:
    """One instance at one moment; `outputs` are what the last step led to."""

    process: Process
    state: State
    facts: Facts
    now: datetime
    outputs: Sequence[Output] = ()


def look(
    names: Collection[str], main: Seen | None, every: Sequence[Seen], called: Mapping[int, str]
) -> dict[str, Any]:
    """What is to be seen under the names of an expectation that concern processes.

    `main` is the instance of the record that the scenario is about, `every` all instances with their
    sub-processes; `called` are the names of people.
    """
    tasks = [task for one in every for task in one.state.tasks.values()]
    outputs = [output for one in every for output in one.outputs]
    looks: Mapping[str, Callable[[], Any]] = {
        "status": lambda: main.state.status if main else None,
        "open": lambda: _holders(tasks, "decide", called),
        "asked": lambda: _holders(tasks, "advise", called),
        "held": lambda: sorted(task.step for task in tasks if task.kind == "hold"),
        "reasked": lambda: [output.step for output in outputs if isinstance(output, Reask)],
        "effects": lambda: [
            output.key.partition("#")[0] for output in outputs if isinstance(output, CarryOut)
        ],
        "chain": lambda: _chain(main, called) if main else [],
        "changed": lambda: _changed(main) if main else {},
        "timers": lambda: {
            _timer(key): due.isoformat() for one in every for key, due in one.state.timers.items()
        },
        "children": lambda: _counted(child.step for one in every for child in one.state.children.values()),
    }
    return {name: looks[name]() for name in names if name in looks}


def task_of(
    given: str,
    every: Mapping[Place, Seen],
    former: Sequence[tuple[Place, str, Task]],
    ids: Mapping[str, int],
) -> tuple[Place, str] | None:
    """The instance and key of the task that a step means, or None.

    `every` are the instances by whatever names them, `former` the tasks that were closed, the last one last.
    """
    tasks: Iterable[tuple[Place, str, Task]]
    if given.startswith("old "):
        tasks, given = reversed(former), given.removeprefix("old ")
    else:
        tasks = ((place, key, task) for place, one in every.items() for key, task in one.state.tasks.items())
    name, _, holder = given.partition(" ")
    return next(
        (
            (place, key)
            for place, key, task in tasks
            if task.step == name and (not holder or ids.get(holder) in task.who)
        ),
        None,
    )


def _holders(tasks: Iterable[Task], kind: str, called: Mapping[int, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in tasks:
        if task.kind == kind:
            found.setdefault(task.step, []).append(" or ".join(called[person] for person in task.who))
    return found


def _chain(main: Seen, called: Mapping[int, str]) -> list[str]:
    told = []
    for link in chain(main.process, main.state, main.now, main.facts):
        who = [called[person] for person in link.people] or ([called[link.by]] if link.by else [])
        told.append(" ".join([link.step, link.state, *who]))
    return told


def _changed(main: Seen) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not isinstance(main.process, Approval):
        return {}
    for key in main.state.tasks:
        found |= changed_since(main.process, main.state, key, main.now, main.facts)
    return {path: list(pair) for path, pair in found.items()}


def _timer(key: str) -> str:
    """`manager#1/late` is told as `manager/late`."""
    step, _, rest = key.partition("#")
    deadline = rest.partition("/")[2]
    return f"{step}/{deadline}" if deadline else step


def _counted(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found
