"""Databases for the tests: each test has its own, from a template, on SQLite and on PostgreSQL.

`database_url` names a workspace in which the base CRM is live; `bare_url` one with the platform's tables
only. `database` and `bare_database` are those, open.
"""

import asyncio
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guanxi import resources
from guanxi.definitions import compile_catalog, read_folder
from guanxi.storage import Database, migrate
from guanxi.storage.releases import publish
from tests.lending import Lending, named, on_server
from tests.postgres import find_or_start

MOMENT = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Tests that share a server run in one process."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from tests.scheduling import ByGroup

    return ByGroup(config, log)


@pytest.fixture(scope="session")
def base_catalog():
    """The catalog of the base CRM."""
    documents, problems = read_folder(resources.folder("schemas"), resources.folder("workflows"))
    assert not problems, problems
    return compile_catalog(documents)


@pytest.fixture(scope="session")
def postgres_server():
    """The URL of a PostgreSQL server on which databases can be made."""
    with find_or_start() as url:
        yield url


async def _prepare(url, catalog):
    database = await Database.open(url, pool_size=2)
    try:
        await migrate(database)
        if catalog is not None:
            await publish(database, catalog, at=MOMENT, over=None)
    finally:
        await database.close()


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory, base_catalog):
    folder = tmp_path_factory.mktemp("templates")
    files = {"bare": folder / "bare.sqlite3", "base": folder / "base.sqlite3"}
    asyncio.run(_prepare(f"sqlite://{files['bare']}", None))
    asyncio.run(_prepare(f"sqlite://{files['base']}", base_catalog))
    return files


@pytest.fixture(scope="session")
def postgres_lendings(postgres_server, base_catalog):
    lendings = {}
    for kind in ("bare", "base"):
        name = f"guanxi_test_{kind}_{os.getpid()}"
        asyncio.run(on_server(postgres_server, f'CREATE DATABASE "{name}"'))
        asyncio.run(_prepare(named(postgres_server, name), base_catalog if kind == "base" else None))
        lendings[kind] = Lending(postgres_server, name)
    yield lendings
    for lending in lendings.values():
        asyncio.run(lending.close())


def _fresh(kind: str, which: str, request, tmp_path: Path):
    if which == "sqlite":
        path = tmp_path / f"{kind}.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_templates")[kind], path)
        yield f"sqlite://{path}"
        return
    lending = request.getfixturevalue("postgres_lendings")[kind]
    name = asyncio.run(lending.lend())
    yield named(lending.server, name)
    asyncio.run(lending.take_back(name))


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def bare_url(request, tmp_path):
    """A database with the platform's tables and no release."""
    yield from _fresh("bare", request.param, request, tmp_path)


@pytest.fixture
def bare_sqlite_url(request, tmp_path):
    """`bare_url`, for what only a file can do."""
    yield from _fresh("bare", "sqlite", request, tmp_path)


@pytest.fixture
def bare_postgres_url(request, tmp_path):
    """`bare_url`, for what only a server can do."""
    yield from _fresh("bare", "postgres", request, tmp_path)


@pytest.fixture(params=BOTH)
def database_url(request, tmp_path):
    """A database in which the base CRM is live."""
    yield from _fresh("base", request.param, request, tmp_path)


@pytest.fixture
async def bare_database(bare_url):
    """`bare_url`, open."""
    database = await Database.open(bare_url, pool_size=4)
    yield database
    await database.close()


@pytest.fixture
async def database(database_url):
    """`database_url`, open."""
    database = await Database.open(database_url, pool_size=4)
    yield database
    await database.close()
