"""Every folder of tests/scenarios is a story; here played through the pure engine."""

from pathlib import Path

import pytest

from guanxi.scenarios import play, read_scenario
from tests.scenarios.pure import PureWorld

FOLDERS = sorted(path.parent for path in Path("tests/scenarios").glob("*/steps.json"))


def test_there_are_stories_to_play() -> None:
    assert len(FOLDERS) >= 140


@pytest.mark.parametrize("stored", [False, True], ids=["kept", "stored"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
async def test_the_story_goes_as_told(folder: Path, *, stored: bool) -> None:
    scenario = read_scenario(folder)
    world = PureWorld(scenario, stored=stored)
    assert await play(scenario, world) is None
