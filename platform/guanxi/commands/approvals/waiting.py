"""Who has a record now: the people whose decision its running approval waits for."""

from guanxi.commands.views import PersonView
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.storage.instances import last_instance
from guanxi.storage.people import titles_of_users
from guanxi.storage.tasks import holders_of, open_tasks_of


async def waiting_people(turn: Turn, entity: Entity, record_id: int) -> tuple[tuple[PersonView, ...], bool]:
    """The people asked now, and whether some task is held because nobody may decide it."""
    instance = await last_instance(turn.session, entity.name, record_id)
    if instance is None or instance.status != "running":
        return (), False
    tasks = await open_tasks_of(turn.session, instance.id)
    holders = await holders_of(turn.session, [task.id for task in tasks])
    ids = dict.fromkeys(person for people in holders.values() for person in people)
    names = await titles_of_users(turn.session, turn.catalog, set(ids))
    people = tuple(PersonView(id_, names.get(id_) or f"#{id_}") for id_ in ids)
    return people, any(task.status == "held" for task in tasks)
