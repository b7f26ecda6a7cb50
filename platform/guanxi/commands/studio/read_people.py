"""Whom definitions can name: the active people by their e-mail addresses, and the teams."""

from dataclasses import dataclass

from guanxi.commands.actor import Actor
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.organisation import load_organisation
from guanxi.storage.people import titles_of_users

MOST = 300
"""More cannot be chosen from one list: then addresses are typed."""


@dataclass(frozen=True, slots=True)
class Nameable:
    """A person whom a definition can name."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class WhoThereIs:
    """The active people by name (none where there are too many to choose from), and the names of teams."""

    people: tuple[Nameable, ...]
    teams: tuple[str, ...]


async def read_people(workspace: Workspace, actor: Actor) -> WhoThereIs:
    """Everybody who can be named.

    Raises:
        Forbidden: the actor may not change the configuration.
    """

    async def work(turn: Turn) -> WhoThereIs:
        require_studio(turn.catalog, actor)
        organisation = await load_organisation(turn.session)
        active = {id_: one.email for id_, one in organisation.people.items() if one.active and one.email}
        if len(active) > MOST:
            active = {}
        titles = await titles_of_users(turn.session, turn.catalog, set(active))
        people = [Nameable(id_, titles.get(id_, email), email) for id_, email in active.items()]
        teams = sorted(one.name for one in organisation.teams.values())
        return WhoThereIs(tuple(sorted(people, key=lambda one: one.name)), tuple(teams))

    return await workspace.read(actor, work)
