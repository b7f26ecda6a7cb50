"""`guanxi user add` and `guanxi token`: letting people and programs in."""

import click

from guanxi.cli.running import OPERATOR, run
from guanxi.commands.people.add_user import add_user
from guanxi.commands.people.create_token import create_token
from guanxi.commands.people.find_people import find_person, find_team
from guanxi.commands.people.renew_link import renew_link
from guanxi.commands.people.views import AddedUser, UserChange
from guanxi.commands.workspace import Workspace

_URL = click.option(
    "--url", default="http://127.0.0.1:8000", show_default=True, help="Where the server is reached."
)


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command()
@click.argument("name")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, help="A role's name; may be repeated.")
@click.option("--manager", default="", help="Name or e-mail of the manager.")
@click.option("--team", default="", help="Name of the team.")
@click.option("--locale", default="en", show_default=True, help="Language of pages: en or zh-CN.")
@_URL
def add(
    name: str, email: str, roles: tuple[str, ...], manager: str, team: str, locale: str, url: str
) -> None:
    """Add a person and print a one-time link, valid for 7 days, with which they choose their password."""

    async def work(workspace: Workspace) -> AddedUser:
        person = UserChange(
            name=name,
            email=email,
            roles=roles,
            manager_id=await find_person(workspace, OPERATOR, manager) if manager else None,
            team_id=await find_team(workspace, OPERATOR, team) if team else None,
            locale=locale,
        )
        return await add_user(workspace, OPERATOR, person)

    _tell_link(run(work), url)


@user.command()
@click.argument("name")
@_URL
def link(name: str, url: str) -> None:
    """Print a new one-time link for a person (NAME or e-mail) who lost the password. Earlier links end."""

    async def work(workspace: Workspace) -> AddedUser:
        return await renew_link(workspace, OPERATOR, await find_person(workspace, OPERATOR, name))

    _tell_link(run(work), url)


def _tell_link(added: AddedUser, url: str) -> None:
    click.echo(f"{added.user.name} may choose a password at {url.rstrip('/')}/welcome/{added.invitation}")


@click.command()
@click.argument("name")
@click.option("--label", default="command line", show_default=True, help="What the token is for.")
@click.option(
    "--days", default=90, show_default=True, type=click.IntRange(1, 3650), help="How long it is valid."
)
def token(name: str, label: str, days: int) -> None:
    """Make an API token for a person (NAME or e-mail) and print it last on its line.

    It is shown this once. A program sends it as `Authorization: Bearer TOKEN` and has the person's rights.
    """

    async def work(workspace: Workspace) -> str:
        person = await find_person(workspace, OPERATOR, name)
        return await create_token(workspace, OPERATOR, person, label, days)

    click.echo(f"Token of {name}, valid for {days} days: {run(work)}")
