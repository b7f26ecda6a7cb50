"""Secrets of the workspace: written and used, never listed with their values."""

from guanxi.storage.session import Session


async def set_secret(session: Session, name: str, value: str) -> None:
    """Keep a secret under a name, in the place of the one before."""
    await session.execute(
        "INSERT INTO g_secret (name, value) VALUES ($1, $2) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value,
    )


async def secret_of(session: Session, name: str) -> str | None:
    """The secret of a name, for signing only."""
    value: str | None = await session.value("SELECT value FROM g_secret WHERE name = $1", name)
    return value


async def secret_names(session: Session) -> list[str]:
    """Which secrets there are."""
    return [row["name"] for row in await session.fetch("SELECT name FROM g_secret ORDER BY name")]
