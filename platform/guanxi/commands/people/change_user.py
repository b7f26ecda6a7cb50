"""Change a person or the roles held."""

from guanxi.commands.actor import Actor
from guanxi.commands.audit import audit_event
from guanxi.commands.people.rights import require_people
from guanxi.commands.people.user_records import (
    all_writable,
    check_roles,
    load_user,
    payload_of,
    user_entity,
    views_of,
)
from guanxi.commands.people.views import UNCHANGED, UserChange, UserView
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.saving import refuse_problems, update_prepared
from guanxi.commands.records.versions import WHICH_VERSION
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict, VersionMismatch, VersionRequired
from guanxi.storage.records import lock_record
from guanxi.storage.role_members import anybody_holds, count_version, roles_of, set_roles
from guanxi.storage.sessions import end_sessions_of

CHANGED_SINCE = N_("Somebody has changed this person since you read it. Read it again.")
LAST_ONE = N_("This is the last person who manages people. Give the role to somebody else first.")


async def change_user(
    workspace: Workspace, actor: Actor, user_id: int, change: UserChange, version: int | None
) -> UserView:
    """Change what is mentioned. With other roles, or none any more, the person has to sign in again.

    Raises:
        Forbidden: the actor may not manage people.
        NotFound: no such person.
        VersionRequired, VersionMismatch: the version is not said, or is not the one that is stored.
        Invalid: with every problem at once.
        Conflict: nobody would be left who manages people.
    """

    async def work(turn: Turn) -> UserView:
        require_people(turn)
        entity = user_entity(turn)
        await lock_record(turn.session, entity, user_id)
        before = await load_user(turn, user_id)
        _refuse_stale(before["version"], version)
        if change.roles is not UNCHANGED:
            check_roles(turn, change.roles)
        prepared = await prepare(turn, entity, payload_of(change), before, all_writable(entity), form=False)
        await refuse_problems(turn, entity, prepared, before)
        await update_prepared(turn, entity, before, prepared, "changed")
        if change.roles is not UNCHANGED:
            await _change_roles(turn, user_id, change.roles)
        if not prepared.record["active"]:
            await end_sessions_of(turn.session, user_id)
        await _refuse_nobody_left(turn)
        (view,) = await views_of(turn, [await load_user(turn, user_id)])
        return view

    return await workspace.write(actor, work)


def _refuse_stale(stored: int, version: int | None) -> None:
    if version is None:
        raise VersionRequired(WHICH_VERSION)
    if version != stored:
        raise VersionMismatch(CHANGED_SINCE)


async def _change_roles(turn: Turn, user_id: int, roles: tuple[str, ...]) -> None:
    held = (await roles_of(turn.session, [user_id])).get(user_id, ())
    if set(held) == set(roles):
        return
    await set_roles(turn.session, user_id, roles)
    await count_version(turn.session, user_id)
    # A session begun with other rights ends, so that a stolen one does not grow with its owner.
    await end_sessions_of(turn.session, user_id)
    audit_event(turn, "user", user_id, "roles", {"before": sorted(held), "after": sorted(roles)})


async def _refuse_nobody_left(turn: Turn) -> None:
    roles = [role.name for role in turn.catalog.roles.values() if "people" in role.may]
    if not await anybody_holds(turn.session, roles):
        raise Conflict(LAST_ONE)
