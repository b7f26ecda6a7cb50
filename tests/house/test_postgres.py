"""The tests find a PostgreSQL or start one; they never go without."""

import asyncio

import asyncpg
import pytest

from tests import postgres


def _ask(url: str, question: str) -> object:
    async def ask():
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(ask())


def test_a_server_of_our_own_starts_sorts_as_we_rely_on_and_stops():
    with postgres.own_server() as url:
        assert _ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert _ask(url, "SHOW server_encoding") == "UTF8"
        assert _ask(url, "SELECT 'Z' < 'a' COLLATE \"C\"")
    with pytest.raises(OSError):  # noqa: PT011 - the refusal's text is the operating system's
        _ask(url, "SELECT 1")


def test_a_named_server_that_cannot_be_used_fails_the_run(monkeypatch):
    monkeypatch.setenv(postgres.VARIABLE, "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(RuntimeError, match="create databases"), postgres.find_or_start():
        pass


def test_where_nothing_listens_nothing_is_found():
    assert postgres.find(port=1) is None
