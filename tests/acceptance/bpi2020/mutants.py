"""Every trace that one slip makes of another: two events swapped, one dropped, done twice, or replaced."""

from collections.abc import Iterable, Iterator, Sequence

from tests.acceptance.bpi2020.automaton import STATES

ACTIVITIES = sorted({activity for ways in STATES.values() for activity in ways})


def mutants(traces: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """All of them, each once, in a fixed order."""
    return list(dict.fromkeys(mutant for trace in traces for mutant in _of(tuple(trace))))


def _of(trace: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for place, activity in enumerate(trace):
        before, after = trace[:place], trace[place + 1 :]
        yield before + after
        yield (*before, activity, activity, *after)
        if after:
            yield (*before, after[0], activity, *after[1:])
        for other in ACTIVITIES:
            yield (*before, other, *after)
