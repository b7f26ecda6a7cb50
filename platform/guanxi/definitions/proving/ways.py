"""Whether every step can be reached, and whether the process comes to an end."""

from collections.abc import Iterator

from guanxi.definitions.decisions.boxes import TooManyBoxes
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import (
    Approve,
    Asking,
    Branch,
    Call,
    Choose,
    Do,
    End,
    GoBack,
    Parallel,
    Race,
    Step,
    Wait,
    branches_of,
    walk,
)
from guanxi.definitions.proving.conditions import Question
from guanxi.definitions.proving.flaws import Flaw
from guanxi.errors import N_
from guanxi.expressions import Formula

AFTER = N_('Nothing comes to "{step}": "{before}" never lets the process go on.')
AFTER_HINT = N_('Move it before "{before}", or give "{before}" a condition.')
NO_END = N_('The process never ends: "{step}" sends it back each time.')
NO_END_HINT = N_("Give it a condition under which it goes on, or an end.")
SHORT = N_('"{step}" can never be done: {wanted} branches are to be done, and {can} can be.')
SHORT_HINT = N_("Ask for fewer branches, or let more of them come to their end.")
SPIN = N_('"{step}" goes back to "{to}" with nobody and nothing between that takes time or can change it.')
SPIN_HINT = N_("Go back to a step in which people decide, or wait in between.")
LEFT = N_('What "{step}" lets run on is cut off: nothing comes behind it, so the process ends there.')
LEFT_HINT = N_('Cancel the rest ("rest": "cancel"), or wait for all branches.')
NEVER = N_('"{step}" is never reached: its condition contradicts the conditions on the way to it.')
NEVER_ITSELF = N_('"{step}" is never reached: its condition never holds.')
SHADOWED = N_('The branch "{branch}" of "{step}" is never taken: wherever it would be, one before it is.')
DEAD_BRANCH = N_('The branch "{branch}" of "{step}" is never taken: its condition cannot hold there.')
WRITE_ORDER = N_("Put the narrower condition first, or correct one of them.")
CORRECT = N_("Correct the condition, or remove the step.")
BEGINS_NEVER = N_("The process is never run: its condition cannot hold.")
WAIT_NEVER = N_('"{step}" waits for ever: what it waits for can never hold.')
AT_ONCE = N_('"{exit}" ends the process as soon as it begins: it holds wherever the process is run.')
AT_ONCE_HINT = N_("Narrow the condition of the exit, or of the process.")


def structure(process: Process) -> Iterator[Flaw]:
    """Steps behind what never goes on, loops without a way out, joins that cannot be met."""
    yield from _sequence(process.steps)
    steps = list(walk(process.steps))
    backs = [one for one in steps if isinstance(one, GoBack)]
    ends = any(isinstance(one, End) for one in steps)
    rejects = any(isinstance(one, Approve) and not one.continues for one in steps)
    if backs and not _passes_all(process.steps) and not ends and not rejects:
        yield Flaw(backs[-1].name, "", NO_END(step=backs[-1].label), NO_END_HINT)
    for back in backs:
        if back.to in process.places and not _takes_time(process, back):
            text = SPIN(step=back.label, to=process.places[back.to].step.label)
            yield Flaw(back.name, "to", text, SPIN_HINT)
    last = process.steps[-1] if process.steps else None
    if isinstance(last, Parallel) and last.rest == "letRun" and last.join.kind != "all":
        yield Flaw(last.name, "rest", LEFT(step=last.label), LEFT_HINT)


def _sequence(steps: tuple[Step, ...]) -> Iterator[Flaw]:
    stopped: Step | None = None
    for one in steps:
        if stopped is not None:
            text = AFTER(step=one.label, before=stopped.label)
            yield Flaw(one.name, "", text, AFTER_HINT(before=stopped.label))
            break
        for branch in branches_of(one):
            yield from _sequence(branch.steps)
        short = _join(one) if isinstance(one, Parallel) else None
        if short is not None:
            yield short
        elif not passes(one):
            stopped = one


def _join(one: Parallel) -> Flaw | None:
    """What is wrong with a block of which too few branches can be done, and none ends the process."""
    wanted = one.join.quorum(len(one.branches))
    can = sum(_passes_all(branch.steps) for branch in one.branches)
    ending = any(isinstance(inner, End) for branch in one.branches for inner in branch.steps)
    if can >= wanted or ending or any(branch.when for branch in one.branches):
        return None
    return Flaw(one.name, "join", SHORT(step=one.label, wanted=wanted, can=can), SHORT_HINT)


def passes(step: Step) -> bool:
    """Whether the process can go on behind a step."""
    if step.when is not None:
        return True
    match step:
        case End() | GoBack():
            return False
        case Choose() | Race():
            return any(_passes_all(branch.steps) for branch in step.branches)
        case Parallel():
            can = sum(_passes_all(branch.steps) for branch in step.branches)
            return any(branch.when for branch in step.branches) or can >= step.join.quorum(len(step.branches))
        case _:
            return True


def _passes_all(steps: tuple[Step, ...]) -> bool:
    return all(map(passes, steps))


def _takes_time(process: Process, back: GoBack) -> bool:
    """Whether anybody or anything acts between going back and being here again, or its condition counts."""
    here = process.places[back.name]
    between = {back.to, *process.places[back.to].behind} & {back.to, *here.before}
    inside = {inner for name in between for inner in process.places[name].inside}
    around = {block for block, _ in here.up} & set(process.places[back.to].behind)
    held = [process.places[name].step for name in inside | around]
    held += [one for block in around for one in walk((process.places[block].step,))]
    return any(isinstance(one, Asking | Call | Wait | Do | Race) for one in held)


def conditions(process: Process) -> Iterator[Flaw]:
    """Conditions that cannot hold where they stand."""
    reading = _Reading(process)
    start = (process.when,) if process.when is not None and isinstance(process, Approval) else ()
    if process.when is not None and reading.impossible(Question((process.when,))):
        yield Flaw("", "when", BEGINS_NEVER, CORRECT)
        return
    for number, one in enumerate(process.exits):
        if one.condition is not None and reading.impossible(Question(start, (one.condition,))):
            yield Flaw("", f"exits/{number}", AT_ONCE(exit=one.name), AT_ONCE_HINT)
    yield from reading.sequence(process.steps, Question(start))


class _Reading:
    """Follows the conditions through a process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._ends = {
            f"outcome:{one.name}": ("approved",)
            for one in walk(process.steps)
            if isinstance(one, Approve | Call)
            and not one.continues
            and (isinstance(one, Approve) or one.kind == "approval")
        }
        self._labels = {f"outcome:{one.name}": one.label for one in walk(process.steps)}

    def impossible(self, question: Question) -> bool:
        """Whether it is proved that there are no such values."""
        try:
            return question.possible(self._ends, self._labels) is None
        except TooManyBoxes:
            return False

    def sequence(self, steps: tuple[Step, ...], way: Question) -> Iterator[Flaw]:
        """The flaws of a sequence that is reached under what `way` says."""
        for one in steps:
            if one.when is not None and self.impossible(Question((*way.holds, one.when), way.fails)):
                alone = self.impossible(Question((one.when,)))
                text = NEVER_ITSELF if alone else NEVER
                yield Flaw(one.name, "when", text(step=one.label), CORRECT)
                continue
            if isinstance(one, Wait) and one.condition and self.impossible(Question((one.condition,))):
                yield Flaw(one.name, "when", WAIT_NEVER(step=one.label), CORRECT)
            inner = way if one.when is None else Question((*way.holds, one.when), way.fails)
            yield from self._branches(one, inner)
            way = self._kept(one, way)

    def _branches(self, step: Step, way: Question) -> Iterator[Flaw]:
        earlier: tuple[Formula, ...] = ()
        for number, branch in enumerate(branches_of(step)):
            taken = self._taken(step, branch, way, earlier)
            if self.impossible(taken):
                if branch.when is not None or branch.steps:
                    yield self._dead(step, branch, number, way)
            else:
                yield from self.sequence(branch.steps, taken)
            if isinstance(step, Choose) and branch.when is not None:
                earlier = (*earlier, branch.when)

    def _dead(self, step: Step, branch: Branch, number: int, way: Question) -> Flaw:
        held = (*way.holds, branch.when) if branch.when else way.holds
        shadowed = not self.impossible(Question(held, way.fails))
        text = (SHADOWED if shadowed else DEAD_BRANCH)(step=step.label, branch=branch.label)
        key = "otherwise" if branch.when is None else f"branches/{number}/when"
        return Flaw(step.name, key, text, WRITE_ORDER if shadowed else CORRECT)

    @staticmethod
    def _taken(step: Step, branch: Branch, way: Question, earlier: tuple[Formula, ...]) -> Question:
        held = way.holds if branch.when is None else (*way.holds, branch.when)
        return (
            Question(held, (*way.fails, *earlier)) if isinstance(step, Choose) else Question(held, way.fails)
        )

    def _kept(self, step: Step, way: Question) -> Question:
        """What still holds behind a step: not what it lets change."""
        changed = {name for inner in walk((step,)) for name in _filled(inner)}
        effects = any(isinstance(inner, Do | Approve | Call) and _acts(inner) for inner in walk((step,)))
        pauses = any(isinstance(inner, Asking | Wait | Call | Race) for inner in walk((step,)))
        free = effects or (pauses and not isinstance(self._process, Approval))

        def stays(one: Formula) -> bool:
            if any(
                name in ("now", "today") or name.startswith(("outcome:", "visits:")) for name in one.variables
            ):
                return not pauses
            return not free and not any(path.partition(".")[0] in changed for path in one.reads)

        return Question(tuple(filter(stays, way.holds)), tuple(filter(stays, way.fails)))


def _filled(step: Step) -> frozenset[str]:
    if not isinstance(step, Asking):
        return frozenset()
    return frozenset(name for name, access in step.fields.items() if access in ("editable", "required"))


def _acts(step: Do | Approve | Call) -> bool:
    if isinstance(step, Approve):
        return bool(step.on_entered or step.on_approved or step.on_rejected)
    return True
