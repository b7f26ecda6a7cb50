"""A process as a page draws it: from the engine's picture to boxes and lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import OTHERWISE, End, GoBack
from guanxi.definitions.labels import say
from guanxi.errors import N_, Text
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.flow_layout import across, down
from guanxi.web.rendering.views.flow import Flow, FlowStep, FlowWay
from guanxi.web.rendering.views.tasks import StepState
from guanxi.workflow.picture import Node, Way

START = {True: N_("Submitted"), False: N_("Start")}
ENDS: Mapping[str, tuple[Text, StepState]] = {
    "approved": (N_("Approved"), "done"),
    "rejected": (N_("Rejected"), "rejected"),
    "recalled": (N_("Recalled"), "cancelled"),
    "cancelled": (N_("Cancelled"), "cancelled"),
    "done": (N_("Done"), "done"),
}
TO_COME: StepState = "todo"
ELSE = N_("Otherwise")
BACK_TO = N_("Back to “{step}”")
PLANNED = N_("{count} steps.")
FAR = N_("{done} of {count} steps are behind it.")
NOW = N_("{far} Now: {steps}.")
ORDER: tuple[StepState, ...] = (
    "done", "carried", "now", "held", "rejected", "todo", "skipped", "cancelled",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What is drawn beside the steps.

    `people` are those asked or who decided, by step, as a text; `submitter` stands at the beginning. `status`
    is that of the instance, None of a process that is only planned. `href` gives where a step leads to.
    """

    people: Mapping[str, str] | None = None
    submitter: str = ""
    status: str | None = None
    href: Callable[[str], str] | None = None


def flow_view(
    process: Process, nodes: Sequence[Node], words: Catalog, drawn: Drawn, name: str = "flow"
) -> Flow:
    """The flow of `picture` (an instance), or of `outline` (a process that is only planned).

    `name` is the id of the drawing on its page.
    """
    maker = _Maker(process, words, drawn)
    steps = maker.whole(nodes)
    return Flow(
        name=name,
        title=say(process.label, words.language.tag),
        summary=_summary(nodes, words, planned=drawn.status is None),
        across=across(steps),
        down=down(steps),
        steps=steps,
        states=tuple(state for state in ORDER if state in {step.state for step in _all(steps)}),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    process: Process
    words: Catalog
    drawn: Drawn

    def whole(self, nodes: Sequence[Node]) -> tuple[FlowStep, ...]:
        """All steps, between where it begins and how it ends."""
        is_approval, begun = isinstance(self.process, Approval), self.drawn.status is not None
        start = FlowStep(
            name="",
            label=self.words.say(START[is_approval]),
            type="start",
            state="done" if begun else "todo",
            people=self.drawn.submitter,
        )
        steps = (start, *(self.step(node) for node in nodes))
        return (*steps, self._end(is_approval=is_approval)) if _goes_on(steps) else steps

    def step(self, node: Node) -> FlowStep:
        """One step with its branches."""
        step = self.process.places[node.step].step
        back = step.to if isinstance(step, GoBack) else ""
        return FlowStep(
            name=node.step,
            label=say(node.label, self.words.language.tag),
            type=node.type,
            state=_state(node),
            people=(self.drawn.people or {}).get(node.step, ""),
            note=self.words.say(BACK_TO(step=self.process.places[back].step.label)) if back else "",
            href=self.drawn.href(node.step) if self.drawn.href else "",
            back_to=back,
            ends=isinstance(step, End | GoBack) and step.when is None,
            ways=tuple(self._way(way) for way in node.ways),
        )

    def _way(self, way: Way) -> FlowWay:
        otherwise = way.name == OTHERWISE
        label = self.words.say(ELSE) if otherwise else say(way.label, self.words.language.tag)
        return FlowWay(label, way.taken, tuple(self.step(node) for node in way.nodes))

    def _end(self, *, is_approval: bool) -> FlowStep:
        usual = ENDS["approved" if is_approval else "done"][0]
        label, state = ENDS.get(self.drawn.status or "", (usual, TO_COME))
        return FlowStep(name="", label=self.words.say(label), type="finish", state=state)


def _state(node: Node) -> StepState:
    """A choice is over once its way is taken, however far that has come."""
    return "done" if node.type == "choose" and node.state in ("now", "held") else node.state


def _goes_on(steps: Sequence[FlowStep]) -> bool:
    """Whether anything can follow a sequence."""
    last = steps[-1] if steps else None
    if last is None:
        return True
    return not last.ends and (not last.ways or any(_goes_on(way.steps) for way in last.ways))


def _all(steps: Iterable[FlowStep]) -> Iterator[FlowStep]:
    for step in steps:
        yield step
        for way in step.ways:
            yield from _all(way.steps)


def _nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        for way in node.ways:
            yield from _nodes(way.nodes)


def _summary(nodes: Sequence[Node], words: Catalog, *, planned: bool) -> str:
    """In a sentence, for who does not see the drawing."""
    every = [node for node in _nodes(nodes) if not node.ways]
    if planned:
        return words.say(PLANNED(count=len(every)))
    done = [node for node in every if node.state in ("done", "carried", "skipped")]
    far = FAR(done=len(done), count=len(every))
    at = [say(node.label, words.language.tag) for node in every if node.state in ("now", "held")]
    separator = "、" if words.language.tag.startswith("zh") else ", "
    return words.say(NOW(far=far, steps=separator.join(at)) if at else far)
