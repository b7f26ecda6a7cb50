import pytest

from tests.studio.office import open_office
from tests.web.site import open_site


@pytest.fixture
async def office(database_url, tmp_path):
    """A site with Studio, an administrator in a browser, and a rep with browser and API."""
    async with open_site(database_url, tmp_path, studio=True) as site:
        yield await open_office(site)
