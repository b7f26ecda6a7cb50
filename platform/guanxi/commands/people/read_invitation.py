"""Look at a one-time link without using it up."""

from guanxi.commands.people.secrets import digest
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, Gone
from guanxi.storage.credentials import Invited, find_invitation

GONE = N_("This link has been used or has expired. Ask your administrator for a new one.")


async def read_invitation(workspace: Workspace, token: str) -> Invited:
    """Whom the link is for.

    Raises:
        Gone: it was used, has expired, or never was one.
    """
    async with workspace.database.reading() as session:
        invited = await find_invitation(session, digest(token), workspace.clock.now())
    if invited is None:
        raise Gone(GONE)
    return invited
