"""What comes from outside: a timer is due, a named event, the end of a sub-process, an edit."""

from collections.abc import Iterator
from dataclasses import replace

from guanxi.definitions.flow.powers import Deadline
from guanxi.definitions.flow.steps import Asking, Wait
from guanxi.errors import N_
from guanxi.rules.who import named_by_any
from guanxi.workflow.events import ChildEnded, Edit, NamedEvent, Timer
from guanxi.workflow.marks import Entry, people_in
from guanxi.workflow.outputs import Remind
from guanxi.workflow.people import barred
from guanxi.workflow.reconcile import reconcile
from guanxi.workflow.refusals import NotAwaited, NotRunning
from guanxi.workflow.run import Run
from guanxi.workflow.seats import asked
from guanxi.workflow.submitting import NOT_RUNNING
from guanxi.workflow.waits import matches, note_early


def fire(run: Run, event: Timer) -> None:
    """A timer fires once, and not before its time; what it closed before is refused."""
    due = run.timers.get(event.key)
    if due is None or due > run.now:
        raise NotAwaited(N_("This timer is not due, or what it was set for is closed."))
    name, _, rest = event.key.partition("#")
    step, mark = run.place(name).step, run.marks[name]
    if isinstance(step, Wait):
        run.marks[name] = replace(mark, done=True)
    elif isinstance(step, Asking):
        deadline = next(one for one in step.deadlines if one.name == rest.partition("/")[2])
        run.marks[name] = replace(mark, fired=(*mark.fired, deadline.name))
        _pass(run, step, deadline)


def hear(run: Run, event: NamedEvent) -> None:
    """Let every step that waits for the event go on, or keep it for one that will."""
    if run.status != "running":
        raise NotRunning(NOT_RUNNING)
    if any(one.event == event.name for one in run.process.exits):
        run.end("cancelled")
        return
    waits = [place.step for place in run.process.places.values() if isinstance(place.step, Wait)]
    heard = False
    for step in waits:
        if step.name in run.waits and matches(step, event.name, event.data, run):
            run.marks[step.name] = replace(run.marks[step.name], done=True)
            heard = True
    if heard:
        return
    if any(step.accept_early and step.event == event.name for step in waits):
        note_early(run, event.name, event.data)
    elif not event.broadcast:
        raise NotAwaited(N_("Nothing waits for this event now."))


def child_ended(run: Run, event: ChildEnded) -> None:
    """Note how a sub-process ended; one that nobody waits for any more is refused."""
    child = run.children.get(event.key)
    if child is None:
        raise NotAwaited(N_("Nobody waits for this sub-process any more."))
    mark = run.marks[child.step]
    row = event.key.partition("#")[2].partition(".")[2]
    run.marks[child.step] = replace(mark, kids={**mark.kids, row: event.outcome})


def edit(run: Run, event: Edit) -> None:
    """Note who changed what; while it runs, ask again where it matters."""
    if run.status not in ("running", "returned"):
        raise NotRunning(NOT_RUNNING)
    people = (event.by,) if event.behalf is None else (event.by, event.behalf)
    run.editors.update(dict.fromkeys(event.fields, people))
    if run.status == "running":
        reconcile(run)


def _pass(run: Run, step: Asking, deadline: Deadline) -> None:
    """What a deadline does to every open entry. One that decides leaves vacant seats to an administrator."""
    mark = run.marks[step.name]
    open_ = asked(step, mark)
    to = _others(run, step, deadline)
    if deadline.do == "remind":
        holders = dict.fromkeys(person for _, entry in open_ for person in entry.who)
        run.outputs.append(Remind(step.name, to or tuple(holders), deadline.name))
        return
    shares = _shared(to, sum(entry.kind == "decide" for _, entry in open_))
    for number, entry in open_:
        line = run.marks[step.name].seats[number].line
        if deadline.do in ("approve", "reject"):
            run.put_line(step.name, number, _decided(run, line, deadline))
        elif entry.kind == "decide" and (share := next(shares, ())):
            who = share if deadline.do == "reassign" else tuple(sorted({*entry.who, *share}))
            if who != entry.who:
                run.put_entry(step.name, number, replace(entry, who=who, ask=entry.ask + 1, offered=()))


def _shared(people: tuple[int, ...], seats: int) -> Iterator[tuple[int, ...]]:
    """Whom each open seat gets: one person has one vote, so of several seats each gets somebody else."""
    return iter((people,)) if seats == 1 else ((person,) for person in people)


def _others(run: Run, step: Asking, deadline: Deadline) -> tuple[int, ...]:
    """Whom a deadline brings in: nobody who may not decide, or has a vote already."""
    found = named_by_any(deadline.to, run.asking(step.name))
    if deadline.do == "remind":
        return tuple(person for person in found if run.organisation.active(person))
    bad = barred(run, step).union(people_in(run.marks[step.name], answered=False))
    return tuple(person for person in found if person not in bad and run.organisation.active(person))


def _decided(run: Run, line: tuple[Entry, ...], deadline: Deadline) -> tuple[Entry, ...]:
    """The line with every entry decided by the deadline; as it is, where an entry has nobody."""
    if any(entry.answer is None and entry.kind == "decide" and not entry.who for entry in line):
        return line
    saw = run.values(run.process.seen)
    return tuple(
        entry
        if entry.answer is not None
        else replace(entry, answer=deadline.do, at=run.now, saw=saw, deadline=deadline.name)
        for entry in line
        if entry.answer is not None or entry.kind == "decide"
    )
