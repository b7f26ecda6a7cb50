"""Which fields a unique value was refused for, when somebody else was faster than our own look."""

from guanxi.definitions.entity import Entity
from guanxi.storage.faults import ConstraintBroken
from guanxi.storage.indexes import indexes_of


def broken_fields(entity: Entity, broken: ConstraintBroken) -> tuple[str, ...]:
    """The fields of the entity whose values are taken together; empty when it was about something else."""
    for index in indexes_of(entity):
        names = tuple(column.name for column in index.columns)
        on_sqlite = broken.table == entity.table and broken.columns == names
        if index.unique and (broken.constraint == index.name or on_sqlite):
            return tuple(column.key for column in index.columns)
    return ()
