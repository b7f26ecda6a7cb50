"""Reading an action: its condition, and its effects in front of the entities that they write to."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.action import Action
from guanxi.definitions.compiling import Compiling
from guanxi.definitions.labels import humanised
from guanxi.definitions.read_effects import read_effects
from guanxi.definitions.read_input import read_input
from guanxi.definitions.stages import Stages
from guanxi.expressions.types import BOOLEAN

Data = Mapping[str, Any]
RESERVED = frozenset({"recall"})


def read_action(data: Data, stages: Stages | None, compiling: Compiling) -> Action | None:
    """Compile an action document that its meta-schema has accepted; None where its entity is not sound."""
    if not compiling.known("entity", data["of"], "/of"):
        return None
    entity = compiling.entity(data["of"])
    if entity is None:
        return None
    transitions = stages.transitions if stages else ()
    if data["name"] in transitions or data["name"] in RESERVED:
        message = f'{entity.name} has a transition "{data["name"]}" already'
        compiling.problem("/name", message, "give the action another name")
    asked, root = read_input(data.get("input"), entity.name, data["name"], "/input", compiling)
    return Action(
        name=data["name"],
        of=entity.name,
        label=data.get("label") or humanised(data["name"]),
        help=data.get("help"),
        when=compiling.optional(data, "when", entity.name, BOOLEAN, ""),
        message=data.get("message"),
        input=asked,
        effects=read_effects(data["effects"], entity, root, transitions, "/effects", compiling),
    )
