import pytest

from tests.commands.releases.shop import open_shop


@pytest.fixture
async def shop(database_url, tmp_path):
    """A workspace in which cars are kept."""
    async with open_shop(database_url, tmp_path) as shop:
        yield shop
