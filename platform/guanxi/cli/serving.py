"""`guanxi serve`: the web server."""

import click
import uvicorn

from guanxi.cli.running import read_settings, run
from guanxi.commands.workspace import Workspace

LOOPBACK = "127.0.0.1"
GRACE = 10
"""Seconds that running requests get when the server is told to stop."""


@click.command()
@click.option(
    "--host", default=LOOPBACK, show_default=True, help="Address to listen on; 0.0.0.0 for every one."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Server processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve pages and API.

    Without --host only this machine can reach it. For others put a proxy with a certificate in front and name
    its host in GUANXI_ALLOWED_HOSTS: people can sign in over https only.
    """
    run(Workspace.live)
    listen(host, port, workers)


def listen(host: str, port: int, workers: int = 1) -> None:
    """Run the server until it is told to stop."""
    uvicorn.run(
        "guanxi.cli.application:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level=read_settings().log_level,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
