"""A workspace: one database with its live catalog, and the way in which every write is carried out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from guanxi.clock import Clock
from guanxi.commands.actor import Actor
from guanxi.commands.catalogs import Catalogs
from guanxi.commands.pending import Pending
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Conflict, Unavailable
from guanxi.rules.access import Access, Scope
from guanxi.settings import Settings
from guanxi.storage.database import Database
from guanxi.storage.faults import ConstraintBroken, Deadlocked, ReleaseMoved
from guanxi.storage.session import Session

T = TypeVar("T")
PIN_ATTEMPTS = 5
SAME_MOMENT = N_("Somebody saved the same at this moment. Look at it, and try again.")


@dataclass(frozen=True)
class Turn:
    """What one command works with: its session, the catalog it pinned, who acts, and the moment."""

    session: Session
    catalog: Catalog
    catalogs: Catalogs
    actor: Actor
    now: datetime
    zone: ZoneInfo
    stored: Catalog | None = None
    """The catalog by which records are kept, where `catalog` is one that is not live yet."""
    closing: "list[Callable[[Turn], Awaitable[None]]]" = field(default_factory=list)
    """What is still to be done, once each, before the transaction ends."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What those in `closing` are to know, by a name of theirs."""
    followed: list[tuple[Entity, dict[str, Any], tuple[str, ...]]] = field(default_factory=list)
    """Other records whose formulas have another value by what was saved, with the fields that differ."""
    pending: list[Pending] = field(default_factory=list)
    """What is still to follow from what processes did, in its order."""
    mails: bool = False
    """Whether there is a mail account, so that notices go out as mails, too."""
    _access: dict[str, Access] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        """The day in the workspace's time zone."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def variables(self) -> dict[str, Any]:
        """The variables of every expression: who, when, and in which time zone days begin."""
        return {"me": self.actor.user_id, "now": self.now, "today": self.today, "zone": self.zone.key}

    def access(self, entity_name: str) -> Access:
        """What the actor may do with the records of an entity."""
        if entity_name not in self._access:
            entity = self.catalog.entities[entity_name]
            self._access[entity_name] = self.actor.access(self.catalog, entity, self.variables)
        return self._access[entity_name]

    def reach(self, entity_name: str) -> Scope:
        """The rows of an entity that the actor may read."""
        return self.access(entity_name).scope("read")


class Workspace:
    """An open workspace. One a process; the catalog is loaded once for each release that goes live."""

    def __init__(self, database: Database, clock: Clock, settings: Settings) -> None:
        self.database = database
        self.clock = clock
        self.settings = settings
        self.catalogs = Catalogs()

    @classmethod
    async def open(cls, settings: Settings, clock: Clock) -> "Workspace":
        """Open the database that the settings name."""
        return cls(await Database.open(settings.database_url, settings.pool_size), clock, settings)

    async def close(self) -> None:
        """Close the database."""
        await self.database.close()

    async def live(self) -> Catalog:
        """The live catalog. Raises Unavailable before the first release."""
        release = await self.database.live_release()
        if release is None:
            raise Unavailable("This workspace has no release yet: run `guanxi init`.")
        known = self.catalogs.known(release.digest)
        if known is not None:
            return known
        async with self.database.reading() as session:
            return await self.catalogs.get(session, release.digest)

    async def read(self, actor: Actor, work: Callable[[Turn], Awaitable[T]]) -> T:
        """Run work that only reads."""
        catalog = await self.live()
        async with self.database.reading() as session:
            return await work(self._turn(session, catalog, actor))

    async def write(self, actor: Actor, work: Callable[[Turn], Awaitable[T]]) -> T:
        """Run work in one transaction on the live catalog.

        It runs again when a release moves the catalog away, when somebody wrote the same unique value or
        removed a referred record between its look and its write (looking again finds what they did), and when
        it waited for somebody who waited for it.
        """
        collided: ConstraintBroken | None = None
        deadlocked: Deadlocked | None = None
        for _ in range(PIN_ATTEMPTS):
            catalog = await self.live()
            try:
                async with self.database.transaction(catalog.digest) as session:
                    turn = self._turn(session, catalog, actor)
                    result = await work(turn)
                    for close in turn.closing:
                        await close(turn)
                    return result
            except ReleaseMoved:
                # The database says so before this process is told.
                self.database.look_again()
            except ConstraintBroken as broken:
                collided = broken
            except Deadlocked as waited:
                deadlocked = waited
        if deadlocked is not None:
            raise deadlocked
        if collided is not None:
            raise Conflict(SAME_MOMENT) from collided
        raise Unavailable("The configuration is being published. Try again in a moment.")

    def _turn(self, session: Session, catalog: Catalog, actor: Actor) -> Turn:
        return Turn(
            session,
            catalog,
            self.catalogs,
            actor,
            self.clock.now(),
            self.settings.timezone,
            mails=self.settings.mail is not None,
        )
