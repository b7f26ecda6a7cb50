"""Logs are replayed through the commands; what cannot be is refused with its reason."""

import gzip
from decimal import Decimal

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.upkeep.seal_audit import seal_audit
from guanxi.commands.upkeep.verify_audit import verify_audit
from tests.acceptance.bpi2020.automaton import accepts
from tests.acceptance.bpi2020.log import BadLog, read_log
from tests.acceptance.bpi2020.made import IMPOSSIBLE, POSSIBLE, xes
from tests.acceptance.bpi2020.office import open_office
from tests.acceptance.bpi2020.replay import FILE, replay
from tests.acceptance.shared import required

SAMPLE = 500


def written(path, traces):
    path.write_bytes(gzip.compress(xes(traces).encode()))
    return path


def test_a_log_is_read_case_by_case(tmp_path):
    cases = list(read_log(written(tmp_path / "log.xes.gz", POSSIBLE)))
    assert [case.trace for case in cases] == list(POSSIBLE)
    assert [case.amount for case in cases][:2] == [Decimal("0.12"), Decimal("1.12")]
    assert all(a.at < b.at for case in cases for a, b in zip(case.events, case.events[1:], strict=False))


def test_a_case_without_events_is_no_case(tmp_path):
    with pytest.raises(BadLog, match="0 events"):
        list(read_log(written(tmp_path / "log.xes.gz", [()])))


async def test_what_is_possible_is_accepted_and_audited(database_url, tmp_path):
    cases = list(read_log(written(tmp_path / "log.xes.gz", POSSIBLE)))
    async with open_office(database_url, tmp_path) as office:
        outcome = await replay(office, cases)
        assert outcome.refused == {}
        await seal_audit(office.workspace)
        checked = await verify_audit(office.workspace, OPERATOR)
        assert (checked.broken, checked.unsealed) == (None, 0)
    assert str(outcome).startswith(f"accepted {len(POSSIBLE)} of {len(POSSIBLE)}, ")


async def test_what_is_impossible_is_refused(database_url, tmp_path):
    assert not any(accepts(trace) for trace in IMPOSSIBLE.values())
    cases = list(read_log(written(tmp_path / "log.xes.gz", IMPOSSIBLE.values())))
    async with open_office(database_url, tmp_path) as office:
        outcome = await replay(office, cases)
    accepted = [why for why, case in zip(IMPOSSIBLE, cases, strict=True) if case.name not in outcome.refused]
    assert accepted == []


async def test_an_activity_that_the_definitions_do_not_know_is_named(database_url, tmp_path):
    cases = list(read_log(written(tmp_path / "log.xes.gz", [("ARCHIVED by ROBOT",)])))
    async with open_office(database_url, tmp_path) as office:
        outcome = await replay(office, cases)
    assert outcome.refused == {"declaration 0": "unknown activity ARCHIVED by ROBOT"}


@pytest.mark.slow
async def test_a_sample_of_the_real_log(database_url, tmp_path):
    every = list(read_log(required(FILE)))
    cases = every[:: len(every) // SAMPLE]
    async with open_office(database_url, tmp_path) as office:
        outcome = await replay(office, cases)
    possible = {case.name for case in cases if accepts(case.trace)}
    assert {case.name for case in cases} - outcome.refused.keys() == possible
    assert len(possible) >= len(cases) - 3
