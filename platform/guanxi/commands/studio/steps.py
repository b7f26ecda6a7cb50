"""The steps of an approval in a draft: where each stands, and moving, adding and removing them.

A sequence of steps is named `steps`, or by the step and branch that hold it: `checks.legal`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.definitions.flow.steps import OTHERWISE
from guanxi.errors import N_, Conflict, NotFound

Data = dict[str, Any]

MAIN = "steps"
NO_STEP = N_("There is no such step in the draft. Somebody may have removed it.")
NO_SEQUENCE = N_("There is no such branch in the draft. Somebody may have removed it.")
MOVED = N_("Somebody moved these steps meanwhile. Look at them, and move them again.")


def sequences(approval: Mapping[str, Any]) -> dict[str, list[Data]]:
    """Every sequence of steps by its name, outer before inner. The lists are those of the definition."""
    found: dict[str, list[Data]] = {}
    _collect(MAIN, approval["steps"], found)
    return found


def steps_in(approval: Mapping[str, Any]) -> Iterator[Data]:
    """Every step, at whatever depth."""
    for steps in sequences(approval).values():
        yield from steps


def step_in(approval: Mapping[str, Any], name: str) -> Data:
    """A step by its name.

    Raises:
        NotFound: there is none.
    """
    found = next((step for step in steps_in(approval) if step["name"] == name), None)
    if found is None:
        raise NotFound(NO_STEP)
    return found


def sequence_in(approval: Mapping[str, Any], name: str) -> list[Data]:
    """A sequence by its name.

    Raises:
        NotFound: there is none.
    """
    found = sequences(approval).get(name)
    if found is None:
        raise NotFound(NO_SEQUENCE)
    return found


def branches_in(step: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], list[Data]]]:
    """The branches of a step: name of the sequence, what the branch says of itself, its steps."""
    for branch in step.get("branches", ()):
        yield f"{step['name']}.{branch['name']}", branch, branch["steps"]
    if OTHERWISE in step:
        yield f"{step['name']}.{OTHERWISE}", {"name": OTHERWISE}, step[OTHERWISE]


def earlier(approval: Mapping[str, Any], sequence: str, name: str) -> list[Data]:
    """The steps before one in its sequence and in those around it, nearest last; without a name, all."""
    lists = sequences(approval)
    place = [step["name"] for step in lists.get(sequence, ())]
    before = lists.get(sequence, [])[: place.index(name)] if name in place else lists.get(sequence, [])
    if sequence == MAIN:
        return list(before)
    holder = sequence.rpartition(".")[0]
    outer = next(key for key, steps in lists.items() if any(step["name"] == holder for step in steps))
    return [*earlier(approval, outer, holder), *before]


def sequence_of(approval: Mapping[str, Any], name: str) -> str:
    """The name of the sequence that a step stands in.

    Raises:
        NotFound: there is no such step.
    """
    for key, steps in sequences(approval).items():
        if any(step["name"] == name for step in steps):
            return key
    raise NotFound(NO_STEP)


def press(approval: Data, button: str) -> None:
    """Do what a button of the list says: `steps.up.1`, `checks.legal.remove.0`, `steps.order.1-0`.

    Raises:
        NotFound: the branch is gone.
        Conflict: the steps are others by now.
    """
    head, _, what = button.rpartition(".")
    name, _, verb = head.rpartition(".")
    steps = sequence_in(approval, name)
    if verb == "order":
        order = [int(one) for one in what.split("-") if one.isdigit()]
    else:
        at = int(what) if what.isdigit() and int(what) < len(steps) else -1
        order = _moved(len(steps), at, verb)
    if not set(order) <= set(range(len(steps))) or len(order) < len(steps) - (verb == "remove"):
        raise Conflict(MOVED)
    steps[:] = [steps[one] for one in order]


def _moved(count: int, at: int, verb: str) -> list[int]:
    """The order of so many steps after one was moved up or down, or removed."""
    order = list(range(count))
    other = {"up": at - 1, "down": at + 1}.get(verb, at)
    if not 0 <= at < count or not 0 <= other < count:
        return order
    if verb == "remove":
        del order[at]
    else:
        order[at], order[other] = order[other], order[at]
    return order


def _collect(name: str, steps: list[Data], found: dict[str, list[Data]]) -> None:
    found[name] = steps
    for step in steps:
        for key, _, inner in branches_in(step):
            _collect(key, inner, found)
