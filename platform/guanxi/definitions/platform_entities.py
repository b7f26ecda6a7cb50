"""What the platform itself reads of people and teams: definitions may add to it, and not take it away."""

from collections.abc import Mapping

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.entity import Entity

Needed = Mapping[str, tuple[str, str | None]]

NEEDED: Mapping[str, Needed] = {
    "user": {
        "name": ("text", None),
        "email": ("text", None),
        "manager": ("reference", "user"),
        "team": ("reference", "team"),
        "active": ("boolean", None),
        "locale": ("select", None),
    },
    "team": {
        "name": ("text", None),
        "parent_team": ("reference", "team"),
        "manager": ("reference", "user"),
    },
}
"""The type, and the entity referred to, of each field: signing in, roles and approvals read them."""


def check_platform_entity(entity: Entity, compiling: Compiling) -> None:
    """Note every field that the platform needs and that is not there as it needs it."""
    for name, (kind, to) in NEEDED.get(entity.name, {}).items():
        field = entity.fields.get(name)
        wanted = f"{kind} to {to}" if to else kind
        if field is None:
            hint = f'add "{name}", a field of type {wanted}'
            compiling.problem("/fields", f'the platform needs the field "{name}" of {entity.name}', hint)
        elif (field.type, field.to) != (kind, to) and name not in compiling.workshop.broken:
            message = f'the platform needs "{name}" of {entity.name} as {wanted}'
            compiling.problem(f"/fields/{name}", message, f"make it {wanted}")
    email = entity.fields.get("email") if entity.name == "user" else None
    if email is not None and not email.unique:
        message = "two people with one email could not sign in"
        compiling.problem("/fields/email", message, 'write "unique": true')
