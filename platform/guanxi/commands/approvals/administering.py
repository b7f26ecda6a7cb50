"""Whether somebody manages, or may look at, the instances of a process."""

from guanxi.commands.approvals.case import Case
from guanxi.commands.workspace import Turn
from guanxi.rules.who import named_by_any
from guanxi.workflow.run import Run


def administers(turn: Turn, case: Case) -> bool:
    """Whether the actor manages the instances of the process: its `admins`, else who has the right."""
    if not case.process.admins:
        return turn.actor.may(turn.catalog, "process")
    run = Run(case.process, case.state, turn.now, case.facts)
    return turn.actor.user_id in named_by_any(case.process.admins, run.asking(""))


def looks_on(turn: Turn, case: Case) -> bool:
    """Whether the actor is among those to whom the process shows its instances besides who takes part."""
    if not case.process.visible_to:
        return False
    run = Run(case.process, case.state, turn.now, case.facts)
    return turn.actor.user_id in named_by_any(case.process.visible_to, run.asking(""))
