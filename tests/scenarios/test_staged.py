"""Stories through the public commands, on both databases; the pure engine plays all of them."""

from pathlib import Path

import pytest

from guanxi.clock import SystemClock
from guanxi.scenarios import play, read_scenario
from guanxi.scenarios.staged import staged
from guanxi.storage.throwaway import throwaway_database

STORIES = (
    "action_choose_people",
    "an_inactive_holder_is_replaced",
    "control_flow_08_multi_merge",
    "control_flow_12_instances_without_synchronization",
    "control_flow_14_instances_known_at_run_time",
    "control_flow_15_instances_not_known_before",
    "control_flow_27_complete_instances",
    "interaction_04_a_return_to_the_submitter",
    "interaction_07_removing",
    "interaction_08_delegating_and_asking",
    "interaction_10_a_recall_at_any_time_cancels_the_rest",
    "interaction_10_a_recall_while_sub_processes_run",
    "interaction_26_escalation",
    "interaction_31_an_event_for_a_finished_wait",
    "resource_41_visibility_of_what_is_allocated",
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request: pytest.FixtureRequest) -> str | None:
    """The server to play on; None: in a file."""
    return request.getfixturevalue("postgres_server") if request.param == "postgres" else None


@pytest.mark.parametrize("name", STORIES)
async def test_the_story_goes_as_told(name: str, server: str | None) -> None:
    story = read_scenario(Path("tests/scenarios") / name)
    async with (
        throwaway_database(server, f"guanxi_{SystemClock().unique_id().hex}") as url,
        staged(story, story.definitions, url) as world,
    ):
        assert await play(story, world) is None
