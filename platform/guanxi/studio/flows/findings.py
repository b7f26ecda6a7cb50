"""What is wrong with a process, by the step that it is about: one list for all that judge it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.processes import APPROVAL, AUTOMATION
from guanxi.commands.studio.steps import steps_in
from guanxi.definitions.extension_paths import segments
from guanxi.definitions.flow.automation import Automation
from guanxi.definitions.flow.process import Process
from guanxi.definitions.proving import warnings_of
from guanxi.studio.heads import spot_of, trouble_of
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.values import Link

Data = Mapping[str, Any]
TABLE = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong: at a step, or with the whole where `step` is empty.

    `way` are the steps and branches that lead there, `links` to where it is mended or seen. What only warns
    does not stop the publication. `tag` is the language of the text.
    """

    step: str
    text: str
    hint: str = ""
    way: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    warning: bool = False
    tag: str = ""


def findings_of(draft: Drafted, process: Data, tag: str, words: Catalog) -> list[Finding]:
    """Everything that is wrong with a process of the draft, in the order of its steps.

    What the tables that it asks lack is said at the steps that ask them.
    """
    order = {step["name"]: place for place, step in enumerate(steps_in(process))}
    found = [*_compiled(draft, process, tag, words), *_warnings(draft, process, words)]
    return sorted(found, key=lambda one: order.get(one.step, -1))


def _compiled(draft: Drafted, process: Data, tag: str, words: Catalog) -> Iterator[Finding]:
    """What the compiler says of the process and of its tables."""
    names = {step["name"] for step in steps_in(process)}
    for problem in draft.problems:
        spot = spot_of(draft, problem)
        if (spot.kind, spot.name) == (process["kind"], process["name"]):
            step = step_of(spot.path, names)
            if problem.told is None:
                yield Finding(step=step, text=problem.message, hint=problem.hint, tag="en")
            else:
                yield Finding(step=step, text=words.say(problem.told))
        elif spot.kind == TABLE:
            trouble = trouble_of(draft, problem, tag)
            for step in _askers(process, spot.name):
                link = Link(trouble.where, trouble.href)
                yield Finding(step=step, text=trouble.message, hint=trouble.hint, links=(link,), tag="en")


def _warnings(draft: Drafted, process: Data, words: Catalog) -> Iterator[Finding]:
    """What should be looked at, once everything compiles."""
    for owner, flaw in warnings_of(draft.catalog) if draft.catalog is not None else ():
        if (_kind(owner), owner.name) == (process["kind"], process["name"]):
            text, hint = words.say(flaw.text), words.say(flaw.hint)
            yield Finding(step=flaw.step, text=text, hint=hint, way=flaw.way, warning=True)


def _kind(owner: Process) -> str:
    return AUTOMATION if isinstance(owner, Automation) else APPROVAL


def step_of(path: str, names: set[str]) -> str:
    """The step that a path within a process leads into: the innermost that it names."""
    parts = segments(path)
    held = [part for before, part in pairwise(parts) if before in ("steps", "otherwise")]
    return next((part for part in reversed(held) if part in names), "")


def _askers(process: Data, table: str) -> list[str]:
    """The steps that ask a table for people or for a span of time."""
    return [step["name"] for step in steps_in(process) if _mentions(_own(step), table)]


def _own(step: Data) -> Data:
    return {key: value for key, value in step.items() if key not in ("branches", "otherwise")}


def _mentions(value: Any, table: str) -> bool:
    if isinstance(value, Mapping):
        return value.get(TABLE) == table or any(_mentions(one, table) for one in value.values())
    return isinstance(value, list) and any(_mentions(one, table) for one in value)
