"""Who is asked at a step, and who must not be.

Two rules hold whatever the policies say: nobody decides on their own submission, and the last editor of a
watched field does not approve it. Both are judged on the real and on the represented person. A task is no
consent: only separation keeps somebody from one.
"""

from collections.abc import Set as AbstractSet

from guanxi.definitions.flow.steps import Approve, Asking
from guanxi.definitions.who import Selector
from guanxi.rules.who import named
from guanxi.workflow.marks import Mark
from guanxi.workflow.run import Run


def barred(run: Run, step: Asking) -> set[int]:
    """Who may not decide a step: submitter, last editors of what it watches, deciders of separated steps."""
    people: set[int] = set()
    if isinstance(step, Approve):
        people = {run.submitter, run.sender}
        if run.editors:
            for field in {path.partition(".")[0] for path in run.place(step.name).watch}:
                people.update(run.editors.get(field, ()))
    for other in run.process.separated(step.name):
        people.update(run.deciders(other))
    return people


def candidates(run: Run, step: Asking, bad: AbstractSet[int]) -> tuple[int, ...]:
    """Whom the definition names, before stand-ins: the first selector for which somebody can be asked.

    When nobody can be asked for any selector, whom the first one names that names anybody.
    """
    return _naming(run, step, bad)[1]


def others_decided(run: Run, step: Asking, mark: Mark) -> bool:
    """Whether the people are those who decided another step, and others have decided it anew since."""
    if not mark.seats or not any(selector.decider_of for selector in step.by):
        return False
    selector, found = _naming(run, step, barred(run, step))
    return selector is not None and selector.decider_of is not None and not set(found) <= set(mark.people)


def _naming(run: Run, step: Asking, bad: AbstractSet[int]) -> tuple[Selector | None, tuple[int, ...]]:
    """The selector by which people are asked, and whom it names."""
    first: tuple[Selector | None, tuple[int, ...]] = (None, ())
    for selector in step.by:
        found = named(selector, run.asking(step.name))
        if any(stand_in(run, person, bad) is not None for person in found):
            return selector, found
        first = first if first[1] else (selector, found)
    return first


def eligible(run: Run, person: int, bad: AbstractSet[int]) -> bool:
    """Whether a person may be asked."""
    return person not in bad and run.organisation.active(person)


def stand_in(run: Run, person: int, bad: AbstractSet[int], *, deputies: bool = True) -> int | None:
    """The person, or who is asked instead under the policies; None: an administrator must assign.

    Who already stands in for another has no deputy: without `deputies`, only managers come in.
    """
    policies = run.process.policies
    if run.organisation.active(person):
        if person not in bad:
            return person
        return _next_manager(run, person, bad) if policies.approver_is_submitter == "nextManager" else None
    for how in policies.unavailable:
        if how == "deputy":
            found = _deputy(run, person, bad) if deputies else None
        else:
            found = _next_manager(run, person, bad)
        if found is not None:
            return found
    return None


def _deputy(run: Run, person: int, bad: AbstractSet[int]) -> int | None:
    deputy = run.organisation.deputy_of(person)
    return deputy if deputy is not None and eligible(run, deputy, bad) else None


def _next_manager(run: Run, person: int, bad: AbstractSet[int]) -> int | None:
    """The nearest manager above who may be asked; a circle in the organisation ends the search."""
    seen = {person}
    manager = run.organisation.manager_of(person)
    while manager is not None and manager not in seen:
        if eligible(run, manager, bad):
            return manager
        seen.add(manager)
        manager = run.organisation.manager_of(manager)
    return None
