"""How far a delivery is: noted before it is sent, and after."""

from guanxi.commands.messaging.telling import ABOUT
from guanxi.commands.workspace import Workspace
from guanxi.delivery.outcome import Doubtful, NotDelivered, Rejected
from guanxi.storage.audit import AuditRow, append
from guanxi.storage.deliveries import Delivery, begin_sending, delivery_of, end_sending
from guanxi.storage.jobs import GiveUp

ENDED = ("sent", "skipped")
MESSAGE_FAILED = "message failed"
"""The verb in the audit of a message about a record that could not be sent."""


async def begin(workspace: Workspace, delivery_id: int) -> Delivery | None:
    """The delivery, noted as being sent; None when there is nothing (more) to send.

    `state` of what is returned is the one before.
    """
    async with workspace.database.transaction() as session:
        delivery = await delivery_of(session, delivery_id)
        if delivery is None or delivery.state in ENDED or not await begin_sending(session, delivery):
            return None
        return delivery


async def end(workspace: Workspace, delivery: Delivery, state: str, status: int | None = None) -> None:
    """Note that it ended well."""
    async with workspace.database.transaction() as session:
        await end_sending(session, delivery.id, state, workspace.clock.now(), status)


async def failed(workspace: Workspace, delivery: Delivery, error: NotDelivered, *, last: bool) -> Exception:
    """Note why it did not arrive, and return what its job is to end with."""
    state = "doubtful" if isinstance(error, Doubtful) else "waiting"
    if state == "waiting" and (last or isinstance(error, Rejected)):
        state = "failed"
    async with workspace.database.transaction() as session:
        now = workspace.clock.now()
        await end_sending(session, delivery.id, state, now, error.status, str(error))
        if state == "failed" and "message" in delivery.content:
            message, entity, record = (delivery.content[name] for name in ABOUT)
            detail = {"message": message, "delivery": delivery.id}
            append(session, AuditRow(now, None, "system", MESSAGE_FAILED, entity, int(record), detail))
    return error if state == "waiting" else GiveUp(str(error))
