"""Steps in which nobody is asked: effects, and waits for a time, a condition or a named event."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from guanxi.definitions.flow.steps import Do, Wait
from guanxi.workflow.content import remembered
from guanxi.workflow.live import Live
from guanxi.workflow.marks import Mark
from guanxi.workflow.run import Run
from guanxi.workflow.seats import Result
from guanxi.workflow.state import Early

TIMER = "time"
"""The name of the timer of a wait."""


def do(run: Run, step: Do, mark: Mark) -> Result:
    """Effects, given out once a visit."""
    if not mark.done:
        run.carry_out(step.effects, f"{step.name}#{mark.visit}")
        run.marks[step.name] = replace(mark, done=True)
    return Result.DONE


def wait(run: Run, step: Wait, mark: Mark, live: Live) -> Result:
    """Done when its time has come, its condition holds, or its event was there."""
    if mark.done:
        return Result.DONE
    if step.name not in run.waits:
        mark = replace(mark, since=run.now)
    mark = run.marks[step.name] = replace(mark, done=_over(run, step, mark, live))
    if not mark.done:
        live.waits.append(step.name)
    return Result.DONE if mark.done else Result.OPEN


def matches(step: Wait, name: str, data: Mapping[str, Any], run: Run) -> bool:
    """Whether an event is the one that a step waits for."""
    if step.event != name:
        return False
    wanted = {key: run.evaluate(v.formula) if v.formula else v.literal for key, v in step.match.items()}
    return all(key in data and remembered(data[key]) == remembered(v) for key, v in wanted.items())


def _over(run: Run, step: Wait, mark: Mark, live: Live) -> bool:
    if step.condition is not None:
        return run.holds(step.condition)
    if step.event is not None:
        return step.accept_early and _came_early(run, step)
    key = f"{step.name}#{mark.visit}/{TIMER}"
    due = run.timers.get(key) if step.until is None else None
    due = due or _due(run, step, mark)
    if due is not None and due <= run.now:
        return True
    if due is not None:
        live.timers[key] = due
    return False


def _came_early(run: Run, step: Wait) -> bool:
    """Whether the event came before; it counts for one wait."""
    for number, event in enumerate(run.early):
        if matches(step, event.name, event.data, run):
            run.early = (*run.early[:number], *run.early[number + 1 :])
            return True
    return False


def _due(run: Run, step: Wait, mark: Mark) -> datetime | None:
    """When it is over; None as long as the record does not say."""
    given = run.after(step.span, mark.since) if step.span is not None else None
    if step.until is not None:
        value = run.evaluate(step.until)
        if isinstance(value, date) and not isinstance(value, datetime):
            return run.answers.start(value, step.at or time())
        given = value if isinstance(value, datetime) else None
    return given if given is None or step.at is None else run.answers.onward(given, step.at)


def note_early(run: Run, name: str, data: Mapping[str, Any]) -> None:
    """Keep an event for the step that will wait for it."""
    run.early = (*run.early, Early(name, data))
