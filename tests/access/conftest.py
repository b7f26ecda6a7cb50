import pytest

from tests.access.world import World
from tests.web.site import open_site


@pytest.fixture
async def world(database_url, tmp_path):
    """The small workspace, on both databases."""
    async with open_site(database_url, tmp_path) as site:
        yield await World(site).fill()
