"""What of a record may be told to somebody who looks at its process."""

from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.standing_in import people_of
from guanxi.commands.records.finding import find_record
from guanxi.commands.records.relations import Related, relate
from guanxi.commands.records.showing import shows_of
from guanxi.commands.workspace import Turn
from guanxi.errors import NotFound
from guanxi.expressions import Shows
from guanxi.records.needs import needs_of, needs_of_paths
from guanxi.storage.tasks import took_part


async def shows_of_case(turn: Turn, case: Case) -> Shows:
    """What the actor may see of the record; who may not read it sees nothing of what it holds."""
    try:
        _, right = await find_record(turn, case.entity, case.instance.record_id)
    except NotFound:
        return lambda _: False
    entity, related = case.entity, Related()
    needs = needs_of(entity) | needs_of_paths(entity, case.process.reads)
    await relate(turn, entity, case.record, needs, related)
    return shows_of(turn, entity, case.record, right.fields, related)


async def shows_on_card(turn: Turn, case: Case) -> Shows:
    """What of the record the approval may show to the actor.

    Whom it asks sees all that it declares to show: nobody decides on what they cannot see. For everybody else
    (the submitter too, even when asked for information) their own rights count.
    """
    people = await people_of(turn)
    own = turn.actor.user_id in (case.state.submitter, case.state.sender)
    if not own and await took_part(turn.session, case.instance.id, people):
        return lambda _: True
    return await shows_of_case(turn, case)
