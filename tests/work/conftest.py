import pytest

from tests.web.site import open_site


@pytest.fixture
async def site(database_url, tmp_path):
    """A workspace whose clock is moved by the test."""
    async with open_site(database_url, tmp_path) as opened:
        yield opened
