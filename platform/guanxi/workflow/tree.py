"""Deriving the tree: which steps are open, done or no, and so what is open in them."""

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.places import Place
from guanxi.definitions.flow.steps import (
    Approve,
    Asking,
    Call,
    Choose,
    Do,
    End,
    GoBack,
    Parallel,
    Race,
    Step,
    Task,
    Wait,
)
from guanxi.workflow.asking import ask_people
from guanxi.workflow.blocks import choose, parallel, race
from guanxi.workflow.children import call
from guanxi.workflow.live import Ended, Live, WentBack
from guanxi.workflow.marks import Mark, people_in
from guanxi.workflow.outputs import Reask
from guanxi.workflow.people import others_decided
from guanxi.workflow.routes import chosen_from, follow, skips
from guanxi.workflow.run import Run
from guanxi.workflow.seats import Result
from guanxi.workflow.state import Task as OpenTask
from guanxi.workflow.waits import do, wait


def derive(run: Run) -> None:
    """Walk the tree; put what is open in the draft, and end it when all is decided."""
    if run.status == "running" and any(run.holds(one.condition) for one in run.process.exits):
        run.end("cancelled")
    live = _walked(run) if run.status == "running" else Live()
    if run.status != "running":
        live = Live()
    run.tasks, run.timers, run.children = live.tasks, live.timers, live.children
    run.waits = tuple(live.waits)


def sequence(run: Run, steps: tuple[Step, ...], live: Live) -> Result:
    """Up to the first step that is not done."""
    for step in steps:
        result = _node(run, step, live)
        if result is not Result.DONE:
            return result
    return Result.DONE


def _walked(run: Run) -> Live:
    """What is open; a step that goes back lets the walk begin again, as often as the process allows."""
    while True:
        live = Live()
        try:
            result = sequence(run, run.process.steps, live)
        except WentBack:
            continue
        except Ended as end:
            run.end(end.status)
        else:
            if result is Result.NO:
                run.end("rejected")
            elif result is Result.DONE:
                run.end("approved" if isinstance(run.process, Approval) else "done")
        return live


def _node(run: Run, step: Step, live: Live) -> Result:
    mark, place = run.marks.get(step.name), run.process.places[step.name]
    if mark is not None and place.came_out:
        mark = _as_steps_came_out(run, place, mark)
    if mark is not None and isinstance(step, Asking) and others_decided(run, step, mark):
        if given := people_in(mark, answered=True):
            run.outputs.append(Reask(step.name, given, {}))
        mark = None
    mark = mark or _enter(run, place)
    if mark.skipped:
        return Result.DONE
    result = _by_type(run, step, mark, live)
    if result is Result.NO and isinstance(step, Approve | Call) and step.continues:
        return Result.DONE
    return result


def _by_type(run: Run, step: Step, mark: Mark, live: Live) -> Result:
    match step:
        case Approve() | Task():
            return ask_people(run, step, mark, live)
        case Choose():
            return choose(run, step, mark, live, sequence)
        case Parallel():
            return parallel(run, step, mark, live, sequence)
        case Race():
            return race(run, step, mark, live, sequence)
        case Call():
            return call(run, step, mark, live)
        case Do():
            return do(run, step, mark)
        case Wait():
            return wait(run, step, mark, live)
        case GoBack():
            return _go_back(run, step, mark, live)
        case End():
            raise Ended(step.outcome)


def _enter(run: Run, place: Place) -> Mark:
    """A fresh mark: what the step was chosen from is remembered, so that a change is noticed."""
    name = place.step.name
    visit = run.visits[name] = run.visits.get(name, 0) + 1
    mark = run.marks[name] = Mark(visit, run.now, chosen_from(run, place), skipped=skips(run, place.step))
    return mark


def _as_steps_came_out(run: Run, place: Place, mark: Mark) -> Mark | None:
    """The mark, or what it becomes when the steps that it was chosen by came out otherwise."""
    if all(run.variables[name] == mark.chose.get(name) for name in place.came_out):
        return mark
    return follow(run, place, mark)


def _go_back(run: Run, step: GoBack, mark: Mark, live: Live) -> Result:
    """Clear the target and all behind it; when it was visited as often as allowed, it is held."""
    if run.visits.get(step.to, 0) >= step.max:
        live.tasks[f"{step.name}#{mark.visit}"] = OpenTask(step.name, (), "hold")
        return Result.OPEN
    run.clear(run.place(step.to).behind)
    raise WentBack
