"""The tables of procrastinate, brought to the version of the library by the files that it ships."""

from importlib import resources
from typing import Any

import orjson

SETTING = "procrastinate"


async def install_queue(connection: Any) -> None:
    """Create or upgrade procrastinate's tables; the workspace keeps which of its migrations was the last.

    The platform's own tables must be there; `connection` is one of asyncpg's.
    """
    files = sorted(
        (file for file in resources.files("procrastinate.sql").joinpath("migrations").iterdir()),
        key=lambda file: file.name,
    )
    names = [file.name for file in files if file.name.endswith(".sql")]
    async with connection.transaction():
        kept = await connection.fetchval("SELECT value FROM g_setting WHERE name = $1", SETTING)
        last = orjson.loads(kept) if kept is not None else None
        if last == names[-1]:
            return
        if last is None:
            await connection.execute(
                resources.files("procrastinate.sql").joinpath("schema.sql").read_text("utf-8")
            )
        for file in files:
            if last is not None and file.name in names and file.name > last:
                await connection.execute(file.read_text("utf-8"))
        await connection.execute(
            "INSERT INTO g_setting (name, value) VALUES ($1, $2) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            SETTING,
            orjson.dumps(names[-1]).decode(),
        )
