"""What the audit says about a record's fields."""

from collections.abc import Mapping

from guanxi.definitions.entity import Entity
from guanxi.storage.audit import audit_of
from guanxi.storage.session import Session


async def last_editors(session: Session, entity: Entity, record_id: int) -> Mapping[str, tuple[int, ...]]:
    """The person who last wrote each field, a lines field as a whole.

    Fields that the system wrote last are left out.

    Rows of the running transaction are not among them: they are written with its commit.
    """
    found: dict[str, tuple[int, ...]] = {}
    for row in reversed(await audit_of(session, entity.name, record_id)):
        paths = [str(change[0]) for change in row.detail.get("changes", ())]
        names = [*row.detail.get("values", ()), *(path.partition("/")[0] for path in paths)]
        for name in names:
            field = name.partition(".")[0]
            if row.actor_id is None:
                found.pop(field, None)
            else:
                found[field] = (row.actor_id,)
    return found
