"""Every folder of tests/scenarios is a story about approvals; here played through the pure engine."""

from pathlib import Path

import pytest

from tests.scenarios.play import Player

FOLDERS = sorted(path.parent for path in Path("tests/scenarios").glob("*/steps.json"))


def test_there_are_stories_to_play() -> None:
    assert len(FOLDERS) >= 15


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_story_goes_as_told(folder: Path) -> None:
    player = Player(folder)
    player.play()
    assert player.rows, "a story in which nothing was accepted shows nothing"
