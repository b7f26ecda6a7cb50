"""The stories through the public commands, in a file; those of the awkward moments on a server, too."""

from pathlib import Path

import pytest

from guanxi.scenarios import play, read_scenario
from guanxi.scenarios.staged import staged

FOLDERS = sorted(path.parent for path in Path("tests/scenarios").glob("*/steps.json"))
# A publication leaves running instances under their definition; these two tell how the engine moves them.
MOVED = {"interaction_28_publishing_while_a_timer_is_pending", "interaction_29_moving_to_a_new_version"}
STAGED = [folder for folder in FOLDERS if folder.name not in MOVED]
AWKWARD = [
    folder
    for folder in STAGED
    if folder.name.startswith(("interaction_1", "interaction_2", "an_", "control_flow_15"))
]


def name_of(folder: Path) -> str:
    return folder.name


async def difference(folder: Path, url: str) -> object:
    story = read_scenario(folder)
    async with staged(story, story.definitions, url) as world:
        return await play(story, world)


@pytest.mark.parametrize("folder", STAGED, ids=name_of)
async def test_the_story_goes_as_told(folder: Path, bare_sqlite_url: str) -> None:
    assert await difference(folder, bare_sqlite_url) is None


@pytest.mark.postgres
@pytest.mark.parametrize("folder", AWKWARD, ids=name_of)
async def test_the_story_goes_as_told_on_a_server(folder: Path, bare_postgres_url: str) -> None:
    assert await difference(folder, bare_postgres_url) is None
