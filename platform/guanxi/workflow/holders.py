"""Who holds open entries: consents that count again, and holders who may not decide any more."""

from collections.abc import Iterator
from dataclasses import replace

from guanxi.definitions.flow.steps import Approve
from guanxi.workflow.people import barred, eligible, stand_in
from guanxi.workflow.run import Run, people_in
from guanxi.workflow.state import Entry, Mark, Seat


def carry_over(run: Run, step: Approve, mark: Mark) -> Mark:
    """Let consents that a holder gave at other steps to the same content count here, each once, recorded."""
    bad, watch = barred(run, step), run.place(step.name).watch
    given = [
        (name, entry)
        for name, entry in _consents(run, step.name)
        if not bad.intersection(_deciders(entry)) and run.same(entry.saw, watch)
    ]
    for name, consent in given:
        mark = _count(mark, name, consent, run)
    return mark


def holders_stand(run: Run) -> bool:
    """Whether everybody who holds an open task may still decide it."""
    for task in run.tasks.values():
        step = run.place(task.step).step
        if not isinstance(step, Approve):
            return False
        bad = barred(run, step)
        if not all(eligible(run, person, bad) for person in task.who):
            return False
    return True


def refresh(run: Run, step: Approve, mark: Mark) -> Mark:
    """Replace holders of open entries who became inactive or barred, by policy; else the entry is held."""
    bad = barred(run, step)
    seats = []
    for number, seat in enumerate(mark.seats):
        voted, seated = bad, bad
        if len(mark.seats) > 1:
            voted = bad.union(people_in(mark, answered=True, but=number))
            seated = bad.union(people_in(mark, answered=False, but=number))
        seats.append(_refreshed(run, seat, voted, seated))
    return (
        mark
        if all(new is old for new, old in zip(seats, mark.seats, strict=True))
        else mark.put(tuple(seats), mark.outcome)
    )


def _refreshed(run: Run, seat: Seat, bad: set[int], seated: set[int]) -> Seat:
    """Whoever is `bad` may not hold an entry; whoever is `seated` may not come in as a stand-in."""
    line = list(seat.line)
    for i, entry in enumerate(line):
        if entry.answer is not None or all(eligible(run, person, bad) for person in entry.who):
            continue
        able = tuple(person for person in entry.who if eligible(run, person, bad))
        instead = (stand_in(run, person, seated) for person in entry.who)
        who = able or tuple(person for person in instead if person is not None)[:1]
        line[i] = replace(entry, who=who, ask=entry.ask + 1)
    return seat if all(new is old for new, old in zip(line, seat.line, strict=True)) else Seat(tuple(line))


def _consents(run: Run, but: str) -> Iterator[tuple[str, Entry]]:
    """The consents given in person at other steps, in document order."""
    for name in run.approval.places:
        mark = run.marks.get(name)
        if mark is None or name == but:
            continue
        for seat in mark.seats:
            yield from ((name, e) for e in seat.line if e.answer == "approve" and e.carried is None)


def _deciders(entry: Entry) -> set[int]:
    return {person for person in (entry.by, entry.behalf) if person is not None}


def _count(mark: Mark, step: str, consent: Entry, run: Run) -> Mark:
    """Count a consent for the first open entry that its giver holds, unless the giver has voted here."""
    holder = consent.behalf or consent.by
    if holder is None or _deciders(consent).intersection(people_in(mark, answered=True)):
        return mark
    for number, seat in enumerate(mark.seats):
        for i, entry in enumerate(seat.line):
            if entry.answer is None and holder in entry.who:
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
                seats = (*mark.seats[:number], Seat(line), *mark.seats[number + 1 :])
                return mark.put(seats, mark.outcome)
    return mark
