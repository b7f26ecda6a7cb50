"""What of an entity a person may know at all, whatever the record."""

from guanxi.commands.actor import Actor
from guanxi.definitions.catalog import Catalog
from guanxi.errors import N_, NotFound
from guanxi.rules.access import Access, level_in


def visible_entity(catalog: Catalog, actor: Actor, name: str) -> Access:
    """The person's grants on an entity.

    Raises:
        NotFound: there is no such entity, or no grant to read it: the answer is the same.
    """
    entity = catalog.entities.get(name)
    access = actor.access(catalog, entity, {}) if entity is not None else None
    if access is None or not access.may("read"):
        raise NotFound(N_("There are no records of this kind, or they are not visible to you."))
    return access


def readable_fields(access: Access) -> set[str]:
    """Fields that are more than hidden on some row."""
    scope = access.scope()
    return {name for name in access.entity.fields if scope.seen_somewhere(name)}


def writable_fields(access: Access) -> set[str]:
    """Fields that may be written on some row."""
    grants = [grant for grant in access.grants if grant.can & {"create", "update"}]
    return {
        name for name in access.entity.fields if any(level_in(grant, name) == "write" for grant in grants)
    }
