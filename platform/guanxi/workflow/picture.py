"""The whole process as it can be drawn: every step and branch, and how far each has come."""

from dataclasses import dataclass
from datetime import datetime

from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Step, branches_of
from guanxi.definitions.labels import Label
from guanxi.workflow.facts import Facts
from guanxi.workflow.routes import ways
from guanxi.workflow.run import Run
from guanxi.workflow.standing import Stand, standing
from guanxi.workflow.state import State


@dataclass(frozen=True, slots=True)
class Way:
    """One branch. `taken`: it was, or as things are will be."""

    name: str
    label: Label
    taken: bool
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One step, with its branches where it has any. `visits`: how often it was reached."""

    step: str
    label: Label
    type: str
    state: Stand
    visits: int
    ways: tuple[Way, ...] = ()


def picture(process: Process, state: State, now: datetime, facts: Facts) -> tuple[Node, ...]:
    """Every step in order, those not taken included."""
    run = Run(process, state, now, facts)
    return _nodes(run, process.steps, taken=True)


def _nodes(run: Run, steps: tuple[Step, ...], *, taken: bool) -> tuple[Node, ...]:
    return tuple(_node(run, step, taken=taken) for step in steps)


def _node(run: Run, step: Step, *, taken: bool) -> Node:
    mark = run.marks.get(step.name)
    state = standing(run, step, mark) if taken or mark is not None else "skipped"
    going = ways(run, step, mark) if taken and state != "skipped" else ()
    return Node(
        step.name,
        step.label,
        type_of(step),
        state,
        run.visits.get(step.name, 0),
        tuple(
            Way(b.name, b.label, b.name in going, _nodes(run, b.steps, taken=b.name in going))
            for b in branches_of(step)
        ),
    )


def outline(process: Process) -> tuple[Node, ...]:
    """The process before anything has happened: every branch can be taken, every step is to come."""
    return _planned(process.steps)


def _planned(steps: tuple[Step, ...]) -> tuple[Node, ...]:
    return tuple(
        Node(
            step.name,
            step.label,
            type_of(step),
            "todo",
            0,
            tuple(Way(one.name, one.label, True, _planned(one.steps)) for one in branches_of(step)),
        )
        for step in steps
    )


def type_of(step: Step) -> str:
    """The type of a step as definitions name it."""
    name = type(step).__name__
    return name[0].lower() + name[1:]
