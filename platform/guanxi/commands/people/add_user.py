"""Add a person."""

from guanxi.commands.actor import Actor
from guanxi.commands.audit import audit_event
from guanxi.commands.people.rights import require_people
from guanxi.commands.people.secrets import INVITATION_LENGTH, SECRET_BYTES, digest
from guanxi.commands.people.user_records import all_writable, check_roles, payload_of, user_entity, views_of
from guanxi.commands.people.views import UNCHANGED, AddedUser, UserChange
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.saving import insert_prepared, refuse_problems
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.credentials import add_invitation
from guanxi.storage.role_members import set_roles


async def add_user(workspace: Workspace, actor: Actor, person: UserChange) -> AddedUser:
    """Add a person with roles, and a one-time link to choose a password. No password is made.

    Raises:
        Forbidden: the actor may not manage people.
        Invalid: with every problem at once (an unknown role, an e-mail address that is taken, ...).
    """

    async def work(turn: Turn) -> AddedUser:
        require_people(turn)
        entity = user_entity(turn)
        roles = () if person.roles is UNCHANGED else person.roles
        check_roles(turn, roles)
        prepared = await prepare(turn, entity, payload_of(person), None, all_writable(entity), form=False)
        await refuse_problems(turn, entity, prepared, None)
        await insert_prepared(turn, entity, prepared)
        await set_roles(turn.session, prepared.record["id"], roles)
        audit_event(turn, entity.name, prepared.record["id"], "roles", {"before": [], "after": sorted(roles)})
        secret = workspace.clock.token(SECRET_BYTES)
        until = turn.now + INVITATION_LENGTH
        await add_invitation(turn.session, digest(secret), prepared.record["id"], turn.now, until)
        (view,) = await views_of(turn, [prepared.record])
        return AddedUser(view, secret, until)

    return await workspace.write(actor, work)
