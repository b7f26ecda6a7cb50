"""`guanxi demo`: the base CRM with sample people and data, on this machine only."""

from collections.abc import Iterable

import click

from guanxi.cli.check import read_base
from guanxi.cli.releases import initialise_base
from guanxi.cli.running import OPERATOR, run
from guanxi.cli.sample_data import Sample, read_sample
from guanxi.cli.serving import LOOPBACK, listen
from guanxi.cli.story import StoryClock
from guanxi.commands.people.list_users import list_users
from guanxi.commands.workspace import Workspace
from guanxi.definitions.labels import say


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--only-data", is_flag=True, help="Make the data, but do not serve.")
def demo(port: int, only_data: bool) -> None:  # noqa: FBT001 - the command line's flag
    """Serve a workspace with sample people, whose password is printed, and sample data.

    The data is made once; what is changed afterwards is kept. It listens on this machine only, because
    everybody knows the password.
    """
    made, known = run(prepare)
    if made:
        click.echo("Made a workspace with sample people and data.")
    click.echo(_who_can_sign_in(port) if known else "This workspace has people of its own.")
    if not only_data:
        listen(LOOPBACK, port)


async def prepare(workspace: Workspace) -> tuple[bool, bool]:
    """Make the sample data where there is nobody yet; say whether, and whether the sample people are here."""
    await initialise_base(workspace)
    here = {user.email for user in await list_users(workspace, OPERATOR)}
    if not here:
        clock = StoryClock()
        telling = Workspace(workspace.database, clock, workspace.settings)
        await Sample(telling, clock).tell()
        return True, True
    return False, here >= {person["email"] for person in read_sample("people")["people"]}


def _who_can_sign_in(port: int) -> str:
    told = read_sample("people")
    base = {(document.kind, document.name): document.data for document in read_base()[0]}
    languages = base["entity", "user"]["fields"]["locale"]["options"]
    tongues = {option["name"]: option["label"] for option in languages}
    rows = [("Who", "Sign in with", "Role", "Language")]
    for person in told["people"]:
        roles = ", ".join(say(base["role", role]["label"], "en") for role in person["roles"])
        rows.append((person["name"], person["email"], roles, say(tongues[person["locale"]], "en")))
    return "\n".join(
        [f"Open http://{LOOPBACK}:{port} and sign in as one of:", "", *_table(rows), "",
         f"The password of each is: {told['password']}", ""]
    )  # fmt: skip


def _table(rows: Iterable[tuple[str, str, str, str]]) -> list[str]:
    # A Chinese character takes two columns of a terminal.
    return [
        f"  {who}{' ' * (16 - _columns(who))}{email:30}{role:16}{tongue}" for who, email, role, tongue in rows
    ]


def _columns(text: str) -> int:
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)
