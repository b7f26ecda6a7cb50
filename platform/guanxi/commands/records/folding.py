"""Which sections of a page are not shown on a record."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.workspace import Turn


def folded(turn: Turn, entity: str, record: Mapping[str, Any]) -> frozenset[str]:
    """The names of the sections of the detail layout whose condition does not hold for the record."""
    found = set()
    for section in turn.catalog.layout_for(entity, "detail").sections:
        condition = section.visible_when
        if condition is not None:
            # A new record has no moment of creation yet: missing, like any other value.
            known = {**dict.fromkeys(condition.reads), **record}
            if not condition.holds(known, turn.variables):
                found.add(section.name)
    return frozenset(found)
