import shutil

import pytest

from tests.web.site import open_site


@pytest.fixture
async def site(database_url, tmp_path):
    """The application on a workspace in which the base CRM is live and nobody is there yet."""
    async with open_site(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def edge(sqlite_templates, tmp_path):
    """Like `site`, for what never reaches the database: on SQLite only."""
    path = tmp_path / "edge.sqlite3"
    shutil.copy(sqlite_templates["base"], path)
    async with open_site(f"sqlite://{path}", tmp_path) as opened:
        yield opened
