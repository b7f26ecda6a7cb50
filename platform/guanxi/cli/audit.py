"""`guanxi verify-audit`: has anybody touched the record of what happened?"""

import click

from guanxi.cli.running import OPERATOR, run
from guanxi.commands.upkeep.verify_audit import verify_audit as verify
from guanxi.commands.workspace import Workspace
from guanxi.storage.verifying import Verification


@click.command("verify-audit")
@click.option(
    "--head", default=None, metavar="DIGEST", help="The head that was noted earlier: finds a cut-off end too."
)
def verify_audit(head: str | None) -> None:
    """Check the hash chain over the audit. Ends with 1 and names the first wrong row if it does not hold."""

    async def work(workspace: Workspace) -> Verification:
        return await verify(workspace, OPERATOR, head)

    state = run(work)
    if state.broken is not None:
        raise click.ClickException(f"The audit chain does not hold. {state.broken.message}")
    click.echo(f"The audit chain holds: {state.sealed} rows. Head: {state.head}")
