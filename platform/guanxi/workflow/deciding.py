"""Answers: a decision, an advice, a task left out."""

from dataclasses import replace

from guanxi.definitions.flow.steps import Approve, Task
from guanxi.errors import N_, Invalid, Problem
from guanxi.workflow.acting import Asked, check_reach, said, task_of
from guanxi.workflow.events import Decide, Reply, Skip
from guanxi.workflow.marks import ADVICE, Entry
from guanxi.workflow.refusals import NotAllowed
from guanxi.workflow.run import Run

WHY = N_("Say why, so that the submitter knows what to change.")


def decide(run: Run, event: Decide) -> None:
    """Write the answer of a person into the entry that they hold."""
    asked = task_of(run, event, decides=True)
    _check_answer(asked, event)
    if event.add is not None:
        check_reach(run, asked.step, "add", event.add)
        _add_after(run, asked, event.add, event.by)
    decided = Entry(
        id=asked.entry.id,
        who=asked.entry.who,
        ask=asked.entry.ask,
        answer=event.answer,
        by=event.by,
        behalf=event.behalf,
        at=run.now,
        comment=event.comment.strip(),
        saw=run.values(run.process.seen),
        assigned=asked.entry.assigned,
        added=asked.entry.added,
        moved=asked.entry.moved,
        offered=asked.entry.offered,
    )
    run.put_entry(asked.step.name, asked.seat, decided)


def reply(run: Run, event: Reply) -> None:
    """Give the information that somebody was asked for; the task goes back to who asked."""
    asked = task_of(run, event, decides=False)
    if asked.entry.kind != "advise":
        raise NotAllowed(N_("You are asked for a decision here, not for information."))
    comment = said(event.comment, N_("Write what you were asked for."))
    answered = replace(asked.entry, answer=ADVICE, by=event.by, at=run.now, comment=comment)
    run.put_entry(asked.step.name, asked.seat, answered)


def skip(run: Run, event: Skip) -> None:
    """Leave a task out, where the definition allows it; nobody leaves out an approval."""
    asked = task_of(run, event, decides=True)
    if not isinstance(asked.step, Task) or not asked.step.may.skip:
        raise NotAllowed(N_("This step cannot be left out."))
    run.marks[asked.step.name] = replace(run.marks[asked.step.name], skipped=True)


def next_id(line: tuple[Entry, ...]) -> int:
    """The number of a new entry of a line."""
    return max((entry.id for entry in line), default=-1) + 1


def _check_answer(asked: Asked, event: Decide) -> None:
    step = asked.step
    answers = ["approve", "reject"] if isinstance(step, Approve) else [one.name for one in step.outcomes]
    if event.answer not in answers:
        problem = N_("Choose one of the answers that are offered.")
        raise Invalid(problem, [Problem("/answer", "unknown", problem)])
    if isinstance(step, Approve) and event.answer == "reject" and not event.comment.strip():
        raise Invalid(N_("To reject, a comment is needed."), [Problem("/comment", "required", WHY)])


def _add_after(run: Run, asked: Asked, who: int, by: int) -> None:
    line = run.marks[asked.step.name].seats[asked.seat].line
    here = next(i for i, entry in enumerate(line) if entry.id == asked.entry.id)
    new = Entry(next_id(line), (who,), added=by)
    run.put_line(asked.step.name, asked.seat, (*line[: here + 1], new, *line[here + 1 :]))
