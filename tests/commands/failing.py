"""Commands whose nth statement fails, and all that a database holds."""

from contextlib import asynccontextmanager

from guanxi.storage.database import Database

METHODS = ("fetch", "execute", "execute_many", "batch")


class Crash(Exception):
    """Nothing in the product expects this."""


class Steps:
    """Lets the nth step of every transaction fail: a statement, one kept for the end, or the commit."""

    def __init__(self, monkeypatch):
        self.failing, self.taken = 0, 0
        original = Database.transaction

        @asynccontextmanager
        async def transaction(database, pin=None):
            async with original(database, pin) as session:
                for name in METHODS:
                    setattr(session, name, self._counted(getattr(session, name)))
                # Only the databases' own sessions commit; who works in one cannot.
                setattr(session, "commit", self._commit(session, getattr(session, "commit")))  # noqa: B009, B010
                yield session

        monkeypatch.setattr(Database, "transaction", transaction)

    def fail_at(self, number):
        self.failing, self.taken = number, 0

    def _step(self):
        self.taken += 1
        if self.taken == self.failing:
            raise Crash

    def _counted(self, method):
        async def counted(*args):
            self._step()
            return await method(*args)

        return counted

    def _commit(self, session, commit):
        async def counted():
            for position in range(len(session._at_end)):
                self.taken += 1
                if self.taken == self.failing:
                    session._at_end.insert(position, ("SELECT no_such_column", ()))
                    return await commit()
            self._step()
            return await commit()

        return counted


async def everything(database):
    """All rows of all tables."""
    async with database.reading() as session:
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            if database.dialect == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = sorted(row[0] for row in await session.fetch(names))
        assert "g_audit" in tables
        held = {}
        for table in tables:
            rows = await session.fetch(f'SELECT * FROM "{table}"')
            held[table] = sorted(repr(tuple(row[place] for place in range(len(row)))) for row in rows)
        return held
