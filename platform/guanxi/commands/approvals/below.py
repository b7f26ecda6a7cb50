"""Whether anybody has decided in the sub-processes of an instance."""

from guanxi.commands.approvals.case import Case
from guanxi.commands.workspace import Turn
from guanxi.storage.tasks import decided_in_children


async def decided_below(turn: Turn, case: Case) -> bool:
    """Whether somebody has; only instances with running sub-processes are looked into."""
    return bool(case.state.children) and await decided_in_children(turn.session, case.instance.id)
