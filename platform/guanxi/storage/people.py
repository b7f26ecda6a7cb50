"""People as the platform itself looks at them."""

from collections.abc import Collection, Mapping

from guanxi.definitions import Catalog
from guanxi.storage.session import Session
from guanxi.storage.titles import titles


async def titles_of_users(session: Session, catalog: Catalog, ids: Collection[int]) -> Mapping[int, str]:
    """The names of users, by id."""
    return await titles(session, catalog.entities["user"], ids)


async def every_user(session: Session) -> list[int]:
    """Everybody by id, inactive people included."""
    return [row["id"] for row in await session.fetch("SELECT id FROM e_user ORDER BY id")]
