"""Handing a task on: for good, for an advice, to oneself out of several, back to several."""

from dataclasses import replace

from guanxi.errors import N_
from guanxi.workflow.acting import Asked, check_reach, said, task_of
from guanxi.workflow.deciding import next_id
from guanxi.workflow.events import Ask, Claim, Delegate, Release, Transfer
from guanxi.workflow.marks import Entry
from guanxi.workflow.refusals import NotAllowed
from guanxi.workflow.run import Run


def transfer(run: Run, event: Transfer) -> None:
    """Another holds the task in the place of who hands it on; who held it before is kept."""
    asked = task_of(run, event, decides=False)
    if asked.entry.kind == "advise":
        raise NotAllowed(N_("You were asked for information here, so the task is not yours to hand on."))
    check_reach(run, asked.step, "transfer", event.who)
    holder = event.by if event.behalf is None else event.behalf
    others = tuple(person for person in asked.entry.who if person not in (holder, event.who))
    _change(
        run,
        asked,
        replace(asked.entry, who=(*others, event.who), moved=(*asked.entry.moved, holder), offered=()),
    )


def delegate(run: Run, event: Delegate) -> None:
    """Somebody else looks first and gives an advice; the decision stays with the holder."""
    asked = task_of(run, event, decides=False)
    check_reach(run, asked.step, "delegate", event.who)
    _in_front(run, asked, event.who, event.by)


def ask(run: Run, event: Ask) -> None:
    """Somebody, perhaps the submitter, is asked for information; the task waits for the reply."""
    asked = task_of(run, event, decides=False)
    check_reach(run, asked.step, "ask", event.who)
    said(event.comment, N_("Write what you want to know."))
    _in_front(run, asked, event.who, event.by)


def claim(run: Run, event: Claim) -> None:
    """One of several holders takes the task; the others leave it until it is released."""
    asked = task_of(run, event, decides=False)
    if len(asked.entry.who) == 1:
        raise NotAllowed(N_("Nobody else holds this task, so there is nothing to claim."))
    _change(run, asked, replace(asked.entry, who=(event.by,), offered=asked.entry.who))


def release(run: Run, event: Release) -> None:
    """All who could take a claimed task hold it again."""
    asked = task_of(run, event, decides=False)
    if not asked.entry.offered:
        raise NotAllowed(N_("This task was not claimed, so there is nothing to release."))
    _change(run, asked, replace(asked.entry, who=asked.entry.offered, offered=()))


def _change(run: Run, asked: Asked, entry: Entry) -> None:
    """Put the entry, under a new key, so that a form that is still open elsewhere cannot decide."""
    run.put_entry(asked.step.name, asked.seat, replace(entry, ask=entry.ask + 1))


def _in_front(run: Run, asked: Asked, who: int, by: int) -> None:
    line = run.marks[asked.step.name].seats[asked.seat].line
    here = next(i for i, entry in enumerate(line) if entry.id == asked.entry.id)
    new = Entry(next_id(line), (who,), kind="advise", added=by)
    waiting = replace(asked.entry, ask=asked.entry.ask + 1)
    run.put_line(asked.step.name, asked.seat, (*line[:here], new, waiting, *line[here + 1 :]))
