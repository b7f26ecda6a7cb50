"""What the reader was told."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.messaging.list_notifications import list_notifications
from guanxi.commands.messaging.read_notifications import read_notifications
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.work import NotificationRow, NotificationsPage

HERE = "/notifications"


async def show(request: Request) -> Response:
    """The newest first. Looking at them, or following one, marks none as read: a program may look, too."""
    context = context_of(request)
    found = await list_notifications(context.workspace, context.signed_in)
    rows = [
        NotificationRow(
            title=one.title,
            at=one.at,
            body=one.body,
            href=one.href,
            read_href="" if one.read else f"{HERE}/{one.id}/read",
        )
        for one in found
    ]
    page = NotificationsPage(rows=rows, unread=sum(not one.read for one in found))
    return await framed(request, "notifications.html", page)


async def read_all(request: Request) -> Response:
    """All are marked as read."""
    context = context_of(request)
    await read_notifications(context.workspace, context.signed_in)
    return onward(HERE, "read")


async def read_one(request: Request) -> Response:
    """One is marked as read."""
    context = context_of(request)
    await read_notifications(context.workspace, context.signed_in, id_of(request.path_params["id"]))
    return onward(HERE)
