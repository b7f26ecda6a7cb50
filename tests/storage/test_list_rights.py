"""A kept statement must not outlive the rights that it was written for."""

import pytest

from guanxi.rules.access import Person, Scope
from guanxi.storage.list_columns import rights_of


@pytest.mark.parametrize(
    ("entity", "path", "leads_to"),
    [
        ("order", "account.owner.name", {"account", "user"}),
        ("order", "lines.product.cost", {"product"}),
        ("account", "orders.owner.name", {"order", "user"}),
        ("account", "orders.lines.product.cost", {"order", "product"}),
        ("order", "created_by.name", {"user"}),
    ],
)
def test_the_rights_of_every_entity_on_the_way_count(base_catalog, entity, path, leads_to):
    person = Person(1)

    def reach(name):
        return Scope(base_catalog.entities[name], person, ())

    rights = rights_of(base_catalog, reach(entity), {path}, reach)
    assert {name for name, _ in rights.others or ()} == leads_to
