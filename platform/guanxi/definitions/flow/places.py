"""Where each step stands in its process, and which record paths it hangs on."""

from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.definitions.flow.powers import FILLED
from guanxi.definitions.flow.steps import Approve, Asking, Step, branches_of, conditions, walk
from guanxi.expressions.steps import STEP_FUNCTIONS


@dataclass(frozen=True, slots=True)
class Place:
    """A step as the engine finds it by name.

    `inside`: the names of the step and of all steps within it: what goes when the step is chosen otherwise.
    `behind`: those, and all that follow in the same sequence with all within them: what is cleared when the
    process goes back to this step. `before`: the steps that it can go back to from here, nearest last: those
    earlier in the same sequence or in one around it, and not what is within them.
    `up`: the branches around the step, outermost first, each the name of the block and of the branch.
    `chose`: the paths that decide whether and whom it asks, or which way it takes; `came_out`: the variables
    of other steps that do, as in `outcome:legal`.
    `watch`: the paths that a consent given here is bound to.
    """

    step: Step
    inside: tuple[str, ...]
    behind: tuple[str, ...]
    before: tuple[str, ...]
    up: tuple[tuple[str, str], ...]
    chose: tuple[str, ...]
    watch: tuple[str, ...]
    came_out: tuple[str, ...] = ()


def index(
    steps: tuple[Step, ...], declared: tuple[str, ...] = (), derived: frozenset[str] = frozenset()
) -> Mapping[str, Place]:
    """The place of every step by name, in document order.

    Consents are bound to what is `declared`, and to what is `derived` from what the process reads, unless a
    step names its own. What this step or a later one fills in is derived for nobody before it: otherwise
    every task would ask again those who have consented.
    """
    found: dict[str, Place] = {}
    _sequence(steps, (), (), frozenset(), _Bound(frozenset(declared), derived), found)
    return {step.name: found[step.name] for step in walk(steps)}


@dataclass(frozen=True, slots=True)
class _Bound:
    """What consents are bound to, declared and derived."""

    declared: frozenset[str]
    derived: frozenset[str]


def _sequence(
    steps: tuple[Step, ...],
    before: tuple[str, ...],
    up: tuple[tuple[str, str], ...],
    later: frozenset[str],
    bound: _Bound,
    found: dict[str, Place],
) -> None:
    """Note the places of a sequence; `later` are the fields that are filled in behind what is around it."""
    behind: tuple[str, ...] = ()
    for number in reversed(range(len(steps))):
        step = steps[number]
        inside = tuple(inner.name for inner in walk((step,)))
        earlier = before + tuple(one.name for one in steps[:number])
        for branch in branches_of(step):
            _sequence(branch.steps, earlier, (*up, (step.name, branch.name)), later, bound, found)
        later |= _filled(step)
        behind = inside + behind
        chose, watch = _paths(step, later, bound)
        found[step.name] = Place(step, inside, behind, earlier, up, chose, watch, _came_out(step))


def _filled(step: Step) -> frozenset[str]:
    """The fields that people fill in at a step or within it."""
    asking = [inner for inner in walk((step,)) if isinstance(inner, Asking)]
    return frozenset(name for one in asking for name, access in one.fields.items() if access in FILLED)


def _paths(step: Step, later: frozenset[str], bound: _Bound) -> tuple[tuple[str, ...], tuple[str, ...]]:
    chose = frozenset().union(*(condition.reads for condition in conditions(step)))
    if isinstance(step, Asking):
        chose = chose.union(*(selector.reads for selector in step.by))
    watch = _without(bound.derived, later) | bound.declared
    if isinstance(step, Approve) and step.watch is not None:
        watch = frozenset(step.watch)
    return tuple(sorted(_without(chose, later))), tuple(sorted(watch))


def _came_out(step: Step) -> tuple[str, ...]:
    named = frozenset[str]().union(*(condition.variables for condition in conditions(step)))
    return tuple(
        sorted(name for function in STEP_FUNCTIONS for name in named if name.startswith(f"{function}:"))
    )


def _without(paths: frozenset[str], later: frozenset[str]) -> frozenset[str]:
    return frozenset(path for path in paths if path.partition(".")[0] not in later)
