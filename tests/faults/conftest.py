import pytest

from tests.web.crm import make_crm
from tests.web.site import open_site


@pytest.fixture
async def site(database_url, tmp_path):
    """The application on a workspace in which the base CRM is live."""
    async with open_site(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def crm(site):
    """People, a customer and a product on it."""
    return await make_crm(site)
