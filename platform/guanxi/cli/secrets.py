"""`guanxi secret`: what webhooks are signed with."""

import click

from guanxi.cli.running import OPERATOR, run
from guanxi.commands.secrets.list_secrets import list_secrets
from guanxi.commands.secrets.store_secret import store_secret
from guanxi.commands.workspace import Workspace


@click.group()
def secret() -> None:
    """Keep secrets with which webhooks are signed."""


@secret.command("set")
@click.argument("name")
@click.option("--value", prompt="Secret", hide_input=True, confirmation_prompt=True)
def set_(name: str, value: str) -> None:
    """Keep a secret under NAME. It is asked for, and never shown again."""

    async def work(workspace: Workspace) -> None:
        await store_secret(workspace, OPERATOR, name, value)

    run(work)
    click.echo(f"Kept: {name}")


@secret.command("list")
def list_() -> None:
    """Show the names of the secrets."""

    async def work(workspace: Workspace) -> list[str]:
        return await list_secrets(workspace, OPERATOR)

    for name in run(work):
        click.echo(name)
