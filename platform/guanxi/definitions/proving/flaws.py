"""What is wrong with a process: at which step, on which way, and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from guanxi.definitions.decisions.model import Decision
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Step, branches_of
from guanxi.errors import N_, Text

ON_WAY = N_("{text} The way there: {way}.")
LABEL = Text("{label}")
THEN = N_("{one} › {other}")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at a `step` (empty: the process as a whole), in the part under `key` of its document.

    `way` are the names of the steps and branches that lead there. A `warning` does not stop the publication.
    """

    step: str
    key: str
    text: Text
    hint: Text
    way: tuple[str, ...] = ()
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known around a process: the tables, and by process the others that it calls."""

    tables: Mapping[str, Decision]
    calls: Mapping[str, frozenset[str]]


def with_way(process: Process, flaw: Flaw) -> Flaw:
    """The flaw with the steps and branches on the way to its step, told in its text."""
    place = process.places.get(flaw.step)
    if place is None:
        return flaw
    way: list[str] = []
    said: Text | None = None
    steps = process.steps
    for name in (*(block for block, _ in place.up), flaw.step):
        here = next(number for number, one in enumerate(steps) if one.name == name)
        for one in steps[: here + 1]:
            way.append(one.name)
            said = LABEL(label=one.label) if said is None else THEN(one=said, other=one.label)
        branch = dict(place.up).get(name)
        if branch is not None:
            taken = next(one for one in branches_of(_step(process, name)) if one.name == branch)
            way.append(branch)
            said, steps = THEN(one=said, other=taken.label), taken.steps
    return replace(flaw, text=ON_WAY(text=flaw.text, way=said), way=tuple(way))


def _step(process: Process, name: str) -> Step:
    return process.places[name].step
