"""Say when somebody is away, and who then decides for them."""

from datetime import date

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.absences import absence_view, refuse_strangers
from guanxi.commands.audit import audit_event
from guanxi.commands.process_views import AbsenceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Invalid, Problem
from guanxi.storage.absences import Absence
from guanxi.storage.absences import set_absence as keep_absence
from guanxi.storage.organisation import load_organisation

BACKWARDS = N_("The last day is before the first.")
NOT_SELF = N_("Choose somebody else: nobody stands in for themselves.")
NOT_ACTIVE = N_("This person is not active. Choose somebody who can sign in.")
NOT_SAVED = N_("This was not saved. Correct what is marked and save again.")


async def set_absence(
    workspace: Workspace,
    actor: Actor,
    person_id: int,
    deputy_id: int,
    first_day: date,
    last_day: date,
) -> AbsenceView:
    """Keep the absence of the actor, or of anybody for who looks after people, in place of the one before.

    On these days, both included, the deputy decides what the person is asked; what the person holds for
    others as their deputy stays with the person. Raises NotFound, or Invalid with every problem.
    """

    async def work(turn: Turn) -> AbsenceView:
        await refuse_strangers(turn, person_id)
        organisation = await load_organisation(turn.session)
        problems = []
        if last_day < first_day:
            problems.append(Problem("/last_day", "order", BACKWARDS))
        if deputy_id == person_id:
            problems.append(Problem("/deputy", "self", NOT_SELF))
        elif not organisation.active(deputy_id):
            problems.append(Problem("/deputy", "inactive", NOT_ACTIVE))
        if problems:
            raise Invalid(NOT_SAVED, problems)
        absence = Absence(person_id, deputy_id, first_day, last_day)
        await keep_absence(turn.session, absence)
        detail = {"deputy": deputy_id, "first_day": str(first_day), "last_day": str(last_day)}
        audit_event(turn, "user", person_id, "absence set", detail)
        return await absence_view(turn, absence)

    return await workspace.write(actor, work)
