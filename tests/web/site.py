"""A running application with a client, for tests of the edge."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import httpx
from argon2 import PasswordHasher

from guanxi.cli.running import OPERATOR
from guanxi.clock import FixedClock
from guanxi.commands.people.add_user import add_user
from guanxi.commands.people.create_token import create_token
from guanxi.commands.people.views import UserChange
from guanxi.settings import from_environ
from guanxi.storage.credentials import set_password
from guanxi.studio.routes import STUDIO
from guanxi.web.app import create_app

ORIGIN = "http://localhost"
PASSWORD = "tea in the garden"
START = datetime(2026, 1, 31, 8, tzinfo=UTC)


class Site:
    """The application, its clock, and ways to be somebody."""

    def __init__(self, app, clock):
        self.app = app
        self.clock = clock
        self.http = self.client()

    @property
    def workspace(self):
        return self.app.state.workspace

    def client(self, base_url=ORIGIN, address="127.0.0.1", **headers):
        transport = httpx.ASGITransport(app=self.app, client=(address, 1234))
        return httpx.AsyncClient(transport=transport, base_url=base_url, headers=headers)

    async def person(self, name, *roles, manager=None, team=None, locale="en"):
        """Add somebody; the e-mail address follows from the name."""
        change = UserChange(
            name=name,
            email=email_of(name),
            roles=roles,
            manager_id=manager,
            team_id=team,
            locale=locale,
        )
        return await add_user(self.workspace, OPERATOR, change)

    async def with_password(self, name, *roles, **more):
        """Add somebody who has chosen `PASSWORD`; returns the id."""
        added = await self.person(name, *roles, **more)
        async with self.workspace.database.transaction() as session:
            await set_password(session, added.user.id, hash_of_password(), self.clock.now())
        return added.user.id

    async def api(self, user_id, days=30):
        """A client that acts with a token of the person."""
        token = await create_token(self.workspace, OPERATOR, user_id, "test", days)
        return self.client(Authorization=f"Bearer {token}")

    async def browser(self, name, **headers):
        """A browser in which the person has signed in."""
        browser = self.client(**{"Sec-Fetch-Site": "same-origin"} | headers)
        reply = await browser.post("/sign-in", data={"email": email_of(name), "password": PASSWORD})
        assert reply.status_code == 303, reply.text
        return browser


@cache
def hash_of_password():
    """Made with little work, which checking it then repeats: real hashes are slow by design."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def email_of(name):
    return f"{name.lower().replace(' ', '.')}@example.com"


@asynccontextmanager
async def open_site(url, folder: Path, seed="site", studio=False, **environ):
    settings = from_environ({"GUANXI_DATABASE_URL": url, "GUANXI_HOME": str(folder), **environ})
    clock = FixedClock(START, seed)
    app = create_app(settings, clock, areas=(STUDIO,) if studio else ())
    async with app.router.lifespan_context(app):
        yield Site(app, clock)
