"""Steps that run other processes: one, or one for each row of a collection."""

from dataclasses import replace

from guanxi.definitions.flow.steps import Call
from guanxi.workflow.live import Live
from guanxi.workflow.marks import Mark
from guanxi.workflow.run import Run
from guanxi.workflow.seats import Result, tally
from guanxi.workflow.state import Child

GOOD = frozenset({"approved", "done"})
"""The ends of a sub-process that count as consent; recalled and cancelled are none."""

WHOLE = "0"
"""In place of a row's id: the sub-process is about the record itself."""


def call(run: Run, step: Call, mark: Mark, live: Live) -> Result:
    """Done when enough sub-processes ended well; they follow the rows when these change."""
    kids = {row: mark.kids.get(row) for row in _rows(run, step)}
    verdicts = [_verdict(outcome) for outcome in kids.values()]
    result = tally(verdicts, step.join.quorum(len(kids)))
    if result is Result.OPEN or step.join.kind == "none":
        for row, outcome in kids.items():
            if outcome is None:
                key = f"{step.name}#{mark.visit}.{row}"
                live.children[key] = Child(step.name, step.process, None if step.each is None else row)
    outcome = {Result.DONE: "approved", Result.NO: "rejected", Result.OPEN: None}[result]
    if kids != mark.kids or outcome != mark.outcome:
        run.marks[step.name] = replace(mark, kids=kids, outcome=outcome)
    return result


def _rows(run: Run, step: Call) -> tuple[str, ...]:
    """The rows that it goes through. Raises KeyError when the record was loaded without them."""
    if step.each is None:
        return (WHOLE,)
    return tuple(str(row["id"]) for row in run.facts.record[step.each])


def _verdict(outcome: str | None) -> Result:
    if outcome is None:
        return Result.OPEN
    return Result.DONE if outcome in GOOD else Result.NO
