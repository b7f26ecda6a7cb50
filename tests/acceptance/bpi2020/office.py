"""A workspace in which travel is declared: the definitions applied, and a person for every role."""

from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from guanxi.cli.check import read_base, read_paths
from guanxi.cli.running import OPERATOR
from guanxi.clock import FixedClock
from guanxi.commands.actor import Actor
from guanxi.commands.people.add_user import add_user
from guanxi.commands.people.views import UserChange
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.initialise import initialise
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Document
from guanxi.settings import from_environ
from tests.acceptance.bpi2020.acts import ROLES

DEFINITIONS = Path(__file__).parent / "definitions"
START = datetime(2017, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Office:
    """The workspace, its clock, and who acts for a role."""

    workspace: Workspace
    clock: FixedClock
    people: Mapping[str, Actor]

    def at(self, moment: datetime) -> None:
        """Let it be that moment."""
        self.clock.advance(moment - self.clock.now())


def documents() -> list[Document]:
    """The base CRM with the definitions beside this file."""
    base, problems = read_base()
    own, wrong = read_paths((DEFINITIONS,))
    assert not problems + wrong, problems + wrong
    return base + own


@asynccontextmanager
async def open_office(url: str, folder: Path):
    """Make a workspace in a database, empty or with the base CRM, and close it at the end."""
    settings = from_environ({"GUANXI_DATABASE_URL": url, "GUANXI_HOME": str(folder)})
    clock = FixedClock(START, "travel")
    workspace = await Workspace.open(settings, clock)
    try:
        await initialise(workspace, read_base()[0])
        await apply_plan(workspace, OPERATOR, await plan_change(workspace, OPERATOR, documents()))
        yield Office(workspace, clock, {role: await _person(workspace, role) for role in ROLES})
    finally:
        await workspace.close()


async def _person(workspace: Workspace, role: str) -> Actor:
    name = role.replace("_", " ").title()
    change = UserChange(name=name, email=f"{role}@example.com", roles=(role,))
    added = await add_user(workspace, OPERATOR, change)
    return Actor(added.user.id, name, email=f"{role}@example.com", roles=frozenset({role}))
