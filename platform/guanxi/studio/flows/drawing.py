"""A process of the draft as it is drawn: from the definition itself, so that a broken one is seen, too."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from guanxi.commands.studio.steps import branches_in, steps_in
from guanxi.definitions.flow.steps import OTHERWISE
from guanxi.errors import N_
from guanxi.studio.flows.words import Names
from guanxi.web.pages.flow_view import BACK_TO, ELSE, ENDS, PLANNED, START
from guanxi.web.rendering.flow_layout import across, down
from guanxi.web.rendering.views.flow import Flow, FlowStep, FlowWay

Data = Mapping[str, Any]
NOT_RIGHT = N_("Not right yet")


def drawn(
    process: Data, names: Names, wrong: Collection[str], href: Callable[[str], str], start: str = ""
) -> Flow:
    """The whole flow; a box leads to its step, and says so where something is `wrong`.

    `start` is the button that begins it, or what it begins with.
    """
    steps = [_step(one, names, wrong, href) for one in process["steps"]]
    is_approval = process["kind"] == "approval"
    usual = ENDS["approved" if is_approval else "done"][0]
    begin = FlowStep(name="", label=names.say(START[is_approval]), type="start", state="todo", people=start)
    end = FlowStep(name="", label=names.say(usual), type="finish", state="todo")
    whole = [begin, *steps, *([end] if _goes_on(steps) else [])]
    return Flow(
        name="flow",
        title=names.label(process, process["name"]),
        summary=names.say(PLANNED(count=len(list(steps_in(process))))),
        across=across(whole),
        down=down(whole),
        steps=whole,
        states=(),
    )


def _step(step: Data, names: Names, wrong: Collection[str], href: Callable[[str], str]) -> FlowStep:
    back = step.get("to", "") if step["type"] == "goBack" else ""
    return FlowStep(
        name=step["name"],
        label=names.label(step, step["name"]),
        type=step["type"],
        state="todo",
        people=names.people(step.get("by", ())),
        note=names.say(NOT_RIGHT) if step["name"] in wrong else names.say(BACK_TO(step=back)) if back else "",
        href=href(step["name"]),
        back_to=back if back in {one["name"] for one in steps_in(names.process)} else "",
        ends=step["type"] in ("end", "goBack") and "when" not in step,
        ways=[
            FlowWay(
                names.say(ELSE) if key.endswith(f".{OTHERWISE}") else names.label(branch, branch["name"]),
                True,
                [_step(one, names, wrong, href) for one in inner],
            )
            for key, branch, inner in branches_in(step)
        ],
    )


def _goes_on(steps: Sequence[FlowStep]) -> bool:
    """Whether anything can follow a sequence."""
    if not steps:
        return True
    last = steps[-1]
    return not last.ends and (not last.ways or any(_goes_on(way.steps) for way in last.ways))
