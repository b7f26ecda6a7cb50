"""Whether what is waited for can come: deadlocks, races that are over at once, deadlines that never come."""

from collections.abc import Iterator, Mapping

from guanxi.definitions.flow.powers import Deadline
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.spans import AnySpan, Span
from guanxi.definitions.flow.steps import (
    Asking,
    Do,
    End,
    GoBack,
    Race,
    Step,
    Wait,
    branches_of,
    conditions,
    walk,
)
from guanxi.definitions.proving.flaws import Flaw, Known
from guanxi.errors import N_
from guanxi.expressions.nodes import Both, Compare, Node, Variable, Within, children
from guanxi.expressions.steps import steps_asked

LATER = N_('"{step}" asks how "{other}" ended, which comes only after it: that is never known there.')
LATER_HINT = N_('Ask about an earlier step, or move "{step}" behind "{other}".')
DEADLOCK = N_('"{step}" and "{other}" wait for each other, so neither is ever done.')
DEADLOCK_HINT = N_("Let one of them wait for something else.")
AT_ONCE = N_('"{step}" is won by "{branch}" at once: its first step waits for nothing.')
AT_ONCE_HINT = N_("Begin the branch with a step that takes time, or do without the race.")
SLOWER = N_('The branch "{branch}" of "{step}" never wins: "{other}" waits for a shorter time.')
SLOWER_HINT = N_("Shorten it, or remove the branch.")
OVER = N_('The deadline "{deadline}" of "{step}" never comes: "{other}" has decided before it.')
OVER_HINT = N_('Put it before "{other}".')
TO_HOLDERS = N_('The deadline "{deadline}" hands "{step}" to those who have it already.')
TO_HOLDERS_HINT = N_("Name others.")
CIRCLE = N_('"{step}" calls "{process}", which calls this process again, and so on without an end.')
CIRCLE_HINT = N_("Break the circle.")

_MINUTES: Mapping[str, int] = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080}


def waits(process: Process, known: Known) -> Iterator[Flaw]:
    """Everything of a process that waits for what cannot come, or does not wait where it should."""
    for step in walk(process.steps):
        yield from _later(process, step)
        if isinstance(step, Race):
            yield from _race(step)
        if isinstance(step, Asking):
            yield from _deadlines(step)
        called = getattr(step, "process", None)
        if called is not None and process.name in _reached(called, known):
            yield Flaw(step.name, "process", CIRCLE(step=step.label, process=called), CIRCLE_HINT)
    yield from _deadlocks(process)


def _later(process: Process, step: Step) -> Iterator[Flaw]:
    asked = [*conditions(step), *([step.condition] if isinstance(step, Wait) and step.condition else [])]
    for condition in asked:
        for name in steps_asked("outcome", condition.variables):
            other = process.places.get(name)
            inside = other is not None and step.name in other.before
            if other is not None and (inside or name == step.name):
                text = LATER(step=step.label, other=other.step.label)
                yield Flaw(step.name, "when", text, LATER_HINT(step=step.label, other=other.step.label))


def _deadlocks(process: Process) -> Iterator[Flaw]:
    """Steps that wait for each other from branches beside each other."""
    for step in walk(process.steps):
        for name in _waits_for(step):
            path = _way_back(process, name, step.name, set())
            if path is not None and step.name < path:
                other = process.places[path].step
                yield Flaw(step.name, "when", DEADLOCK(step=step.label, other=other.label), DEADLOCK_HINT)


def _way_back(process: Process, name: str, to: str, seen: set[str]) -> str | None:
    """The step by which `name` waits for `to`, through whatever comes before it."""
    if name in seen or name not in process.places:
        return None
    seen.add(name)
    before = process.places[name].before
    for one in (name, *before):
        for awaited in _waits_for(process.places[one].step):
            if awaited == to or to in process.places[awaited].before:
                return one
            found = _way_back(process, awaited, to, seen)
            if found is not None:
                return found
    return None


def _waits_for(step: Step) -> list[str]:
    """The steps without whose end a wait is never over."""
    if not isinstance(step, Wait) or step.condition is None:
        return []
    return sorted(_needed(step.condition.tree))


def _needed(node: Node) -> frozenset[str]:
    match node:
        case Both(operands=many):
            return frozenset[str]().union(*map(_needed, many))
        case Compare() | Within():
            asked = [one.name for one in children(node) if isinstance(one, Variable)]
            return frozenset(steps_asked("outcome", asked))
        case _:
            return frozenset()


def _race(race: Race) -> Iterator[Flaw]:
    first: list[tuple[int, str]] = []
    for number, branch in enumerate(branches_of(race)):
        step = branch.steps[0] if branch.steps else None
        key = f"branches/{number}"
        if isinstance(step, Do | End | GoBack) and step.when is None:
            yield Flaw(race.name, key, AT_ONCE(step=race.label, branch=branch.label), AT_ONCE_HINT)
        span = _minutes(step.span) if isinstance(step, Wait) and step.at is None else None
        if span is not None:
            first.append((span, branch.name))
    shortest = min(first, default=None)
    for number, branch in enumerate(branches_of(race)):
        mine = next((span for span, name in first if name == branch.name), None)
        if shortest is not None and mine is not None and mine > shortest[0]:
            other = next(one for one in race.branches if one.name == shortest[1])
            text = SLOWER(step=race.label, branch=branch.label, other=other.label)
            yield Flaw(race.name, f"branches/{number}", text, SLOWER_HINT)


def _deadlines(step: Asking) -> Iterator[Flaw]:
    deciding = [one for one in step.deadlines if one.do in ("approve", "reject")]
    final = [(span, one) for one in deciding if (span := _minutes(one.after)) is not None]
    for number, one in enumerate(step.deadlines):
        key, span = f"deadlines/{number}", _minutes(one.after)
        before = next((other for after, other in final if span is not None and after < span), None)
        if before is not None:
            text = OVER(deadline=one.name, step=step.label, other=before.name)
            yield Flaw(step.name, key, text, OVER_HINT(other=before.name))
        if one.do in ("reassign", "escalate") and _same(one, step):
            yield Flaw(step.name, key, TO_HOLDERS(deadline=one.name, step=step.label), TO_HOLDERS_HINT)


def _same(deadline: Deadline, step: Asking) -> bool:
    return bool(deadline.to) and deadline.to == step.by


def _minutes(span: AnySpan | None) -> int | None:
    """How long a fixed span of usual time is; None where that depends."""
    if not isinstance(span, Span) or span.working or span.unit not in _MINUTES:
        return None
    return span.amount * _MINUTES[span.unit]


def _reached(name: str, known: Known) -> frozenset[str]:
    """The processes that a process calls, itself and those that they call among them."""
    found, new = {name}, [name]
    while new:
        for called in known.calls.get(new.pop(), frozenset()) - found:
            found.add(called)
            new.append(called)
    return frozenset(found)
