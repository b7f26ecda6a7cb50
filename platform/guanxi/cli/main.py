"""The program and its commands."""

import logging
import os

import click

from guanxi import __version__
from guanxi.cli.audit import verify_audit
from guanxi.cli.changing import apply, diff, export, plan, rollback
from guanxi.cli.check import check
from guanxi.cli.deciding import decide
from guanxi.cli.demo import demo
from guanxi.cli.people import token, user
from guanxi.cli.purging import purge
from guanxi.cli.releases import init
from guanxi.cli.running import read_settings
from guanxi.cli.scenario import scenario
from guanxi.cli.secrets import secret
from guanxi.cli.serving import serve
from guanxi.cli.working import jobs, tick, work


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="guanxi")
def main() -> None:
    """Guanxi: a CRM platform whose entities, approvals and roles are JSON definitions.

    GUANXI_DATABASE_URL chooses the database, GUANXI_HOME the folder of the embedded one (default ./var).
    """
    level = read_settings(os.environ).log_level.upper()
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


for command in (
    init,
    serve,
    work,
    tick,
    jobs,
    secret,
    check,
    decide,
    scenario,
    plan,
    apply,
    diff,
    rollback,
    export,
    purge,
    user,
    token,
    verify_audit,
    demo,
):
    main.add_command(command)
