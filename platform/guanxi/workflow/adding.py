"""Approvers who are added to a step, and taken out again. Adding can only make a step stricter."""

from dataclasses import replace

from guanxi.errors import N_
from guanxi.workflow.acting import check_reach, task_of
from guanxi.workflow.deciding import next_id
from guanxi.workflow.events import Add, Remove
from guanxi.workflow.marks import Entry, Seat
from guanxi.workflow.refusals import NotAllowed, NotRunning
from guanxi.workflow.run import Run


def add(run: Run, event: Add) -> None:
    """Before or after, the new one joins the adder's own seat, so one vote never becomes two.

    Beside, a seat of its own that must consent besides the quorum, so the others cannot be outvoted by it.
    """
    asked = task_of(run, event, decides=False)
    if asked.entry.kind == "advise":
        raise NotAllowed(N_("You were asked for information here, so you cannot add an approver."))
    check_reach(run, asked.step, "add", event.who)
    mark = run.marks[asked.step.name]
    if event.where == "beside":
        seat = Seat((Entry(0, (event.who,), added=event.by),), must=True)
        run.marks[asked.step.name] = mark.put((*mark.seats, seat), mark.outcome)
        return
    line = mark.seats[asked.seat].line
    here = next(i for i, entry in enumerate(line) if entry.id == asked.entry.id)
    new = Entry(next_id(line), (event.who,), added=event.by)
    if event.where == "after":
        changed = (*line[: here + 1], new, *line[here + 1 :])
    else:
        changed = (*line[:here], new, replace(asked.entry, ask=asked.entry.ask + 1), *line[here + 1 :])
    run.put_line(asked.step.name, asked.seat, changed)


def remove(run: Run, event: Remove) -> None:
    """Take out an entry that oneself added and nobody has answered; a seat stays, though it is empty."""
    mark = run.marks.get(event.step)
    if run.status != "running" or mark is None:
        raise NotRunning(N_("This step is not open, so nobody can be taken out of it."))
    for number, seat in enumerate(mark.seats):
        for entry in seat.line:
            if entry.added == event.by and entry.answer is None and event.who in entry.who:
                run.put_line(event.step, number, tuple(e for e in seat.line if e is not entry))
                return
    raise NotAllowed(N_("You can take out only whom you added yourself, and who has not answered yet."))
