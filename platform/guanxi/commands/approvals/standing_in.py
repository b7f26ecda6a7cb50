"""For whom somebody acts who is the deputy of a person that is away today."""

from guanxi.commands.approvals.case import Case
from guanxi.commands.workspace import Turn
from guanxi.storage.absences import represented_by


def behalf_of(turn: Turn, case: Case, key: str) -> int | None:
    """Whom the actor represents at an open task: nobody, where the actor holds it in person.

    Who cannot act for a holder today represents nobody, and is then refused like everybody else.
    """
    task = case.state.tasks.get(key) if case.instance.seq else None
    person = turn.actor.user_id
    if task is None or person is None or person in task.who:
        return None
    day, organisation = turn.today, case.facts.organisation
    return next((one for one in task.who if organisation.deputy_on(one, day) == person), None)


async def people_of(turn: Turn) -> tuple[int, ...]:
    """The actor, and everybody for whom the actor stands in today."""
    person = turn.actor.user_id or 0
    return (person, *await represented_by(turn.session, person, turn.today))
