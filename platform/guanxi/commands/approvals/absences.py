"""Absences as people see them, and who may look after whose."""

from guanxi.commands.approvals.card import person
from guanxi.commands.process_views import AbsenceView
from guanxi.commands.workspace import Turn
from guanxi.errors import N_, NotFound
from guanxi.storage.absences import Absence
from guanxi.storage.people import titles_of_users

NO_PERSON = N_("There is no such person, or it is not for you to change.")


async def refuse_strangers(turn: Turn, person_id: int) -> None:
    """Raise NotFound unless it is about the actor, or the actor looks after people."""
    if person_id == turn.actor.user_id:
        return
    known = await titles_of_users(turn.session, turn.catalog, {person_id})
    if not turn.actor.may(turn.catalog, "people") or person_id not in known:
        raise NotFound(NO_PERSON)


async def absence_view(turn: Turn, absence: Absence) -> AbsenceView:
    """An absence with names."""
    ids = {absence.user_id, absence.deputy_id}
    people = await titles_of_users(turn.session, turn.catalog, ids)
    return AbsenceView(
        person(absence.user_id, people),
        person(absence.deputy_id, people),
        absence.first_day,
        absence.last_day,
        absence.first_day <= turn.today <= absence.last_day,
    )
