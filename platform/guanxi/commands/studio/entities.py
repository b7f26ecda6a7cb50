"""Adding an entity to a draft, with who may work with it and where it is found."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.studio.drafting import Definitions
from guanxi.errors import N_, Invalid, NotFound, Problem

Data = dict[str, Any]

TAKEN = N_("There is an entity of this name already. Choose another.")
NO_GROUP = N_("There is no such group in the navigation any more. Choose another.")
EVERYTHING = ["read", "create", "update", "delete"]
SHARES: dict[str, list[Data]] = {
    "read": [{"rows": "all", "can": ["read"]}],
    "own": [{"rows": "own", "can": EVERYTHING, "actions": ["*"]}],
    "all": [{"rows": "all", "can": EVERYTHING, "actions": ["*"]}],
}
"""What a role can be given of a new entity: to read all records, to work with its own, to work with all."""


def add_entity(definitions: Definitions, data: Data, shares: Mapping[str, str], group: str) -> None:
    """Add an entity; `shares` say by role what it gets of it, `group` (`pack/group`) where it is found.

    Layouts are made from its fields until somebody declares one.

    Raises:
        Invalid: the name is taken.
        NotFound: the group is gone.
    """
    name = data["name"]
    if ("entity", name) in definitions:
        raise Invalid(TAKEN, [Problem("/name", "taken", TAKEN)])
    definitions["entity", name] = data
    for role, share in shares.items():
        if share in SHARES and ("role", role) in definitions:
            definitions["role", role].setdefault("grants", {})[name] = [dict(one) for one in SHARES[share]]
    if group:
        pack, _, wanted = group.partition("/")
        groups = definitions.get(("pack", pack), {}).get("navigation", ())
        found = next((one for one in groups if one["name"] == wanted), None)
        if found is None:
            raise NotFound(NO_GROUP)
        found["entities"].append(name)


def new_entity(
    name: str, labels: Mapping[str, Any], title: tuple[str, Mapping[str, str]], *, owned: bool
) -> Data:
    """A new entity with the field that names its records, and with an owner if it is `owned`."""
    field, label = title
    fields: Data = {field: {"type": "text", "label": dict(label), "required": True, "index": True}}
    if owned:
        fields["owner"] = {
            "type": "reference",
            "label": {"en": "Owner", "zh-CN": "负责人"},
            "to": "user",
            "required": True,
            "default": "= me",
            "choices": "active",
        }
    return {"kind": "entity", "name": name, **labels, "title": field, "fields": fields}
