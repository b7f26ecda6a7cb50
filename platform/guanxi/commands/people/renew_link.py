"""Make a new one-time link for somebody who lost the password, or let the first link run out."""

from guanxi.commands.actor import Actor
from guanxi.commands.audit import audit_event
from guanxi.commands.people.rights import require_people
from guanxi.commands.people.secrets import INVITATION_LENGTH, SECRET_BYTES, digest
from guanxi.commands.people.user_records import load_user, views_of
from guanxi.commands.people.views import AddedUser
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict
from guanxi.storage.credentials import add_invitation

NOT_ACTIVE = N_("Who is not active cannot sign in. Make the person active first.")


async def renew_link(workspace: Workspace, actor: Actor, user_id: int) -> AddedUser:
    """A new link; earlier ones stop working, a password works until the new link was used.

    Raises:
        Forbidden: the actor may not manage people.
        NotFound: no such person.
        Conflict: the person is not active.
    """

    async def work(turn: Turn) -> AddedUser:
        require_people(turn)
        record = await load_user(turn, user_id)
        if not record["active"]:
            raise Conflict(NOT_ACTIVE)
        secret = workspace.clock.token(SECRET_BYTES)
        until = turn.now + INVITATION_LENGTH
        await add_invitation(turn.session, digest(secret), user_id, turn.now, until)
        audit_event(turn, "user", user_id, "link", {})
        (view,) = await views_of(turn, [record])
        return AddedUser(view, secret, until)

    return await workspace.write(actor, work)
