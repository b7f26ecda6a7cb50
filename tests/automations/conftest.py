import pytest

from tests.commands.office import open_office
from tests.web.site import open_site


@pytest.fixture
async def office(database_url, tmp_path):
    """A workspace with people of two teams, a customer and a product, and a clock that the test moves."""
    async with open_site(database_url, tmp_path) as site:
        yield await open_office(site)
