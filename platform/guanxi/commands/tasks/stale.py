"""A task that is not open any more: say who decided it, and when."""

from guanxi.commands.workspace import Turn
from guanxi.errors import N_, Conflict
from guanxi.storage.people import titles_of_users
from guanxi.workflow import AlreadyDecided, TaskClosed

APPROVED_BY = N_("{name} has approved this already ({at} UTC). There is nothing left to decide here.")
REJECTED_BY = N_("{name} has rejected this already ({at} UTC). There is nothing left to decide here.")


async def decided_already(turn: Turn, refusal: AlreadyDecided | TaskClosed) -> Conflict:
    """The refusal with the name of who was faster."""
    if not isinstance(refusal, AlreadyDecided) or refusal.by is None or refusal.at is None:
        return refusal
    names = await titles_of_users(turn.session, turn.catalog, {refusal.by})
    said = APPROVED_BY if refusal.answer == "approve" else REJECTED_BY
    refusal.message = said(name=names.get(refusal.by, f"#{refusal.by}"), at=f"{refusal.at:%Y-%m-%d %H:%M}")
    return refusal
