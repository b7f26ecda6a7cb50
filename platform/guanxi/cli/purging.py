"""`guanxi purge`: dropping what releases gone by have left."""

import json

import click

from guanxi.cli.running import OPERATOR, run
from guanxi.commands.releases.purge import purge as carry_out
from guanxi.commands.releases.purging import PurgePlan, plan_purge

SHOWN = 12


@click.command()
@click.argument("plan", default="")
@click.option("--plan", "only_plan", is_flag=True, help="Show what would go, and the name of this plan.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def purge(plan: str, *, only_plan: bool, as_json: bool) -> None:
    """Drop the columns and tables that releases gone by have left, by the PLAN that --plan has shown.

    PLAN is the beginning of its name. What is dropped cannot be got back: going back to a release that had it
    finds nothing there, and its plan says so.
    """
    if not (plan or only_plan or as_json):
        raise click.UsageError("Look at the plan with --plan, then write its name.")
    if only_plan or as_json:
        made = run(lambda workspace: plan_purge(workspace, OPERATOR))
        click.echo(json.dumps(made.to_json(), indent=2) if as_json else _text(made))
        return
    done = run(lambda workspace: carry_out(workspace, OPERATOR, plan))
    click.echo(f"{len(done.items)} columns and tables are gone.")


def _text(plan: PurgePlan) -> str:
    if not plan.items:
        return "There is nothing to purge."
    lines = [f"Plan {plan.digest[:SHOWN]}: {len(plan.items)} columns and tables would go"]
    for one in plan.items:
        place = ".".join(part for part in (one.leftover.table, one.leftover.column) if part)
        lines.append(f"  {place}: {one.field or 'of a publishing that was given up'}, {one.rows} rows")
        if one.releases:
            some = ", ".join(digest[:SHOWN] for digest in one.releases[:5])
            more = f" and {len(one.releases) - 5} more" if len(one.releases) > 5 else ""
            lines.append(f"    no way back with these values to: {some}{more}")
    return "\n".join([*lines, f"Carry it out with: guanxi purge {plan.digest[:SHOWN]}"])
