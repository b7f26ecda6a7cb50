"""The engine agrees with an automaton that knows nothing of it on every trace, however it was mangled."""

import pytest

from tests.acceptance.bpi2020.automaton import accepts
from tests.acceptance.bpi2020.log import read_log
from tests.acceptance.bpi2020.made import IMPOSSIBLE, POSSIBLE, xes
from tests.acceptance.bpi2020.mutants import mutants
from tests.acceptance.bpi2020.office import open_office
from tests.acceptance.bpi2020.pure import possible
from tests.acceptance.bpi2020.replay import FILE, replay
from tests.acceptance.shared import required

EVERY = 4
"""Of the mutants, one in so many goes through the commands."""


def disagreements(traces):
    return [trace for trace in traces if accepts(trace) != possible(trace)]


def test_the_automaton_knows_what_is_possible():
    assert all(accepts(trace) for trace in POSSIBLE)
    assert not any(accepts(trace) for trace in IMPOSSIBLE.values())


def test_the_engine_agrees_on_every_mutant():
    traces = mutants([*POSSIBLE, *IMPOSSIBLE.values()])
    accepted = sum(accepts(trace) for trace in traces)
    assert len(traces) > 1_000
    assert 0 < accepted < len(traces) / 2
    assert disagreements(traces) == []


@pytest.mark.slow
def test_the_engine_agrees_on_every_mutant_of_the_real_log():
    variants = {case.trace for case in read_log(required(FILE))}
    assert disagreements(variants) == []
    assert disagreements(mutants(sorted(variants))) == []


@pytest.mark.slow
async def test_the_commands_agree_on_mutants(database_url, tmp_path):
    path = tmp_path / "log.xes"
    path.write_text(xes(mutants(POSSIBLE)[::EVERY]), encoding="utf-8")
    cases = list(read_log(path))
    assert len(cases) > 150
    async with open_office(database_url, tmp_path) as office:
        outcome = await replay(office, cases)
    expected = {case.name for case in cases if not accepts(case.trace)}
    assert outcome.refused.keys() == expected
