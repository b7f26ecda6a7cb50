"""Who holds open entries: consents that count again, and holders who may not decide any more."""

from collections.abc import Iterator
from dataclasses import replace

from guanxi.definitions.flow.steps import Approve, Asking
from guanxi.workflow.marks import Entry, Mark, Seat, people_in
from guanxi.workflow.outputs import Carried
from guanxi.workflow.people import barred, eligible, stand_in
from guanxi.workflow.run import Run


def carry_over(run: Run, step: Approve, mark: Mark) -> Mark:
    """Let consents that a holder gave at other steps to the same content count here, each once, recorded."""
    consents = list(_consents(run, step.name))
    if not consents:
        return mark
    bad, watch = barred(run, step), run.place(step.name).watch
    given = [
        (name, entry)
        for name, entry in consents
        if not bad.intersection(entry.deciders) and run.same(entry.saw, watch)
    ]
    if not given:
        return mark
    before = people_in(mark, answered=True)
    for name, consent in given:
        mark = _count(mark, name, consent, run)
    now = tuple(person for person in people_in(mark, answered=True) if person not in before)
    if now:
        run.outputs.append(Carried(step.name, now))
    return mark


def holders_stand(run: Run) -> bool:
    """Whether everybody who holds an open task may still answer it."""
    for task in run.tasks.values():
        step = run.place(task.step).step
        if not task.who or not isinstance(step, Asking):
            continue
        bad = barred(run, step) if task.kind == "decide" else set()
        if not all(eligible(run, person, bad) for person in task.who):
            return False
    return True


def refresh(run: Run, step: Asking, mark: Mark) -> Mark:
    """Replace holders of open entries who became inactive or barred, by policy; else the entry is held.

    Who is asked for advice and became inactive is asked no more.
    """
    bad = barred(run, step)
    seats = tuple(_refreshed(run, mark, seat, bad) for seat in mark.seats)
    stands = all(new is old for new, old in zip(seats, mark.seats, strict=True))
    return mark if stands else mark.put(seats, mark.outcome)


def _refreshed(run: Run, mark: Mark, seat: Seat, bad: set[int]) -> Seat:
    """Who is barred or has voted may not hold an entry; who has another may not come in for it."""
    line: list[Entry] = []
    for entry in seat.line:
        if entry.answer is not None:
            line.append(entry)
        elif entry.kind == "advise":
            line += [entry] if all(eligible(run, person, set()) for person in entry.who) else []
        else:
            line.append(_held_by(run, mark, entry, bad))
    same = len(line) == len(seat.line) and all(new is old for new, old in zip(line, seat.line, strict=True))
    return seat if same else seat.put(tuple(line))


def _held_by(run: Run, mark: Mark, entry: Entry, bad: set[int]) -> Entry:
    others = [e for seat in mark.seats for e in seat.line if e is not entry and e.kind == "decide"]
    voted = bad.union(*(e.deciders for e in others)) if others else bad
    if all(eligible(run, person, voted) for person in entry.who):
        return entry
    able = tuple(person for person in entry.who if eligible(run, person, voted))
    seated = voted.union(*(e.who for e in others if e.answer is None))
    own = entry.moved or entry.assigned is not None or entry.added is not None
    instead = (
        stand_in(run, person, seated, deputies=bool(own) or person in mark.people) for person in entry.who
    )
    who = able or tuple(person for person in instead if person is not None)[:1]
    return replace(entry, who=who, ask=entry.ask + 1)


def _consents(run: Run, but: str) -> Iterator[tuple[str, Entry]]:
    """The consents given in person at other steps, in document order."""
    for name, place in run.process.places.items():
        mark = run.marks.get(name)
        if mark is None or name == but or not isinstance(place.step, Approve):
            continue
        for seat in mark.seats:
            yield from ((name, e) for e in seat.line if e.answer == "approve" and e.carried is None)


def _count(mark: Mark, step: str, consent: Entry, run: Run) -> Mark:
    """Count a consent for the first open entry that its giver holds, unless the giver has voted here."""
    holder = consent.behalf or consent.by
    if holder is None or set(consent.deciders).intersection(people_in(mark, answered=True)):
        return mark
    for number, seat in enumerate(mark.seats):
        for i, entry in enumerate(seat.line):
            if entry.answer is None and entry.kind == "decide" and holder in entry.who:
                counted = replace(
                    entry,
                    answer="approve",
                    by=consent.by,
                    behalf=consent.behalf,
                    at=run.now,
                    comment="",
                    saw=consent.saw,
                    carried=step,
                )
                line = (*seat.line[:i], counted, *seat.line[i + 1 :])
                seats = (*mark.seats[:number], seat.put(line), *mark.seats[number + 1 :])
                return mark.put(seats, mark.outcome)
    return mark
