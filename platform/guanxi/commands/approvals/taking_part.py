"""Everybody who takes part in an instance, and so may see it."""

from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.notices import administrators
from guanxi.commands.workspace import Turn
from guanxi.storage.comments import copies_of
from guanxi.storage.tasks import people_asked


async def participants(turn: Turn, case: Case) -> set[int]:
    """Submitter, all who were asked, who was sent a copy, and who manages processes."""
    asked = await people_asked(turn.session, case.instance.id)
    copies = await copies_of(turn.session, case.instance.id)
    own = {case.state.submitter, case.state.sender}
    return own | set(asked) | {one.user_id for one in copies} | set(administrators(turn, case))
