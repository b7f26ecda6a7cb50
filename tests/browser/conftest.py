"""A Chromium and a server for each database; every page must stay free of script errors."""

import asyncio
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.server import serving, token_of
from tests.browser.site import Site
from tests.postgres import find_or_start

REQUIRED = os.environ.get("GUANXI_REQUIRE_BROWSER") == "1"
NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]
HERE = Path(__file__).parent
_numbers = count(1)


def pytest_collection_modifyitems(items):
    """Mark what drives a browser, and what needs PostgreSQL."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        database = getattr(item, "callspec", None) and item.callspec.params.get("database")
        if database == "postgres":
            item.add_marker(pytest.mark.postgres)


def find_browser() -> str | None:
    """The Chromium of this machine."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@pytest.fixture(scope="package")
def chromium():
    """A Chromium without a window.

    Ends with these tests: Playwright keeps an event loop running in its thread, in which no other may run.
    """
    path = find_browser()
    if path is None:
        reason = f"No browser: none of {', '.join(NAMES)} is installed."
        if REQUIRED:
            pytest.fail(f"{reason} GUANXI_REQUIRE_BROWSER=1 asks for one.")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def sqlite_address(tmp_path_factory):
    """A server on SQLite with the sample data."""
    home = tmp_path_factory.mktemp("sqlite")
    with serving(f"sqlite://{home / 'guanxi.sqlite3'}", home) as address:
        yield address


@pytest.fixture(scope="package")
def postgres_address(tmp_path_factory):
    """A server on PostgreSQL with the sample data."""
    server_block = find_or_start()
    server = _apart(server_block.__enter__)
    try:
        yield from _on_own_database(server, tmp_path_factory.mktemp("postgres"))
    finally:
        _apart(server_block.__exit__, None, None, None)


def _on_own_database(server: str, home: Path):
    with _own_database(server) as url, serving(url, home) as address:
        yield address


@contextmanager
def _own_database(server: str):
    name = f"guanxi_browser_{os.getpid()}_{next(_numbers)}"
    _on_server(server, f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _apart(work, *arguments):
    """Do it in a thread without Playwright's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *arguments).result()


def _on_server(url: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    _apart(lambda: asyncio.run(run()))


@pytest.fixture(scope="package")
def sqlite_site(sqlite_address, chromium):
    """The sample workspace on SQLite."""
    return Site(sqlite_address, chromium)


@pytest.fixture(scope="package")
def postgres_site(postgres_address, chromium):
    """The sample workspace on PostgreSQL."""
    return Site(postgres_address, chromium)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request):
    """On which database the journey runs."""
    return request.param


@pytest.fixture
def site(request, database):
    """The sample workspace on each database; what people do in it stays for the tests that follow."""
    yield from _watched(request.getfixturevalue(f"{database}_site"))


@pytest.fixture
def pages(sqlite_site):
    """The sample workspace for what only looks at pages: on one database."""
    yield from _watched(sqlite_site)


@pytest.fixture
def busy_site(chromium, tmp_path):
    """A sample workspace of its own on PostgreSQL, served by four processes; and a token of Li Wei."""
    server_block = find_or_start()
    server = _apart(server_block.__enter__)
    try:
        with _own_database(server) as url, serving(url, tmp_path, "--workers", "4") as address:
            site = Site(address, chromium)
            yield from ((one, token_of(url, tmp_path, "li.wei@example.com")) for one in _watched(site))
    finally:
        _apart(server_block.__exit__, None, None, None)


@pytest.fixture
def shots():
    """Keeps a picture for a person to look at, in the folder that GUANXI_SHOTS names; else does nothing."""
    folder = os.environ.get("GUANXI_SHOTS")

    def keep(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep


def _watched(site: Site):
    yield site
    assert site.close_pages() == []
