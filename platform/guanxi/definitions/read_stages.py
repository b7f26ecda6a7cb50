"""Reading the stages of an entity: states, and the transitions between them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.labels import humanised
from guanxi.definitions.options import options_of
from guanxi.definitions.read_effects import read_effects
from guanxi.definitions.read_input import read_input
from guanxi.definitions.stages import Stages, Transition
from guanxi.definitions.suggestions import nearest
from guanxi.expressions.types import BOOLEAN

Data = Mapping[str, Any]


def read_stages(data: Data, approvals: Mapping[str, Data], compiling: Compiling) -> Stages:
    """Compile a stages document that its meta-schema has accepted; `approvals` are documents by name."""
    compiling.distinct(data["states"], "/states")
    of, states = data["of"], {state["name"] for state in data["states"]}
    if compiling.known("entity", of, "/of"):
        _check_field(data, compiling)
    transitions = {}
    for name, item in data["transitions"].items():
        pointer = f"/transitions/{name}"
        _check_states(item, states, of, pointer, compiling)
        _check_approval(item, of, approvals, pointer, compiling)
        transition = _transition(name, item, of, pointer, compiling)
        transitions[name] = _with_effects(transition, item, of, data["transitions"], compiling)
    _check_reachable(data, compiling)
    return Stages(
        name=data["name"],
        of=of,
        field=data["field"],
        states=options_of(data["states"]),
        transitions=MappingProxyType(transitions),
    )


def _with_effects(
    plain: Transition, item: Data, of: str, transitions: Iterable[str], compiling: Compiling
) -> Transition:
    """What is asked for, and what happens besides; nothing where the entity is not sound."""
    entity, pointer = compiling.entity(of), f"/transitions/{plain.name}"
    if entity is None:
        return plain
    asked, root = read_input(item.get("input"), of, plain.name, f"{pointer}/input", compiling)
    effects = read_effects(
        item.get("effects", ()), entity, root, transitions, f"{pointer}/effects", compiling
    )
    return replace(plain, input=asked, effects=effects)


def _transition(name: str, item: Data, of: str, pointer: str, compiling: Compiling) -> Transition:
    entity = compiling.entity(of)
    for index, field in enumerate(item.get("requires", ()) if entity else ()):
        compiling.one_of(
            field, entity.fields if entity else (), Part("field", of), f"{pointer}/requires/{index}"
        )
    return Transition(
        name=name,
        label=item.get("label") or humanised(name),
        from_=tuple(item["from"]),
        to=item["to"],
        through=item.get("through"),
        back=item.get("back"),
        approval=item.get("approval"),
        when=compiling.optional(item, "when", of, BOOLEAN, pointer),
        message=item.get("message"),
        requires=tuple(item.get("requires", ())),
        primary=item.get("primary", False),
    )


def _check_field(data: Data, compiling: Compiling) -> None:
    entity = compiling.entity(data["of"])
    if entity is None:
        return
    stage_fields = {name for name, field in entity.fields.items() if field.type == "stage"}
    name = data["field"]
    known = entity.fields if name in entity.fields else stage_fields
    if compiling.one_of(name, known, Part("field", data["of"]), "/field") and name not in stage_fields:
        compiling.problem("/field", f'the field "{name}" is not of type stage', nearest("", stage_fields))


def _check_states(item: Data, states: set[str], of: str, pointer: str, compiling: Compiling) -> None:
    part = Part("state", of, "state")
    for index, name in enumerate(item["from"]):
        compiling.one_of(name, states, part, f"{pointer}/from/{index}")
    for key in ("to", "through", "back"):
        if key in item:
            compiling.one_of(item[key], states, part, f"{pointer}/{key}")


def _check_approval(
    item: Data, of: str, approvals: Mapping[str, Data], pointer: str, compiling: Compiling
) -> None:
    name = item.get("approval")
    if name is None:
        for key in ("through", "back"):
            if key in item:
                compiling.problem(
                    f"{pointer}/{key}", f'"{key}" is for a transition with an approval', "remove it"
                )
        return
    for key in ("through", "back"):
        if key not in item:
            compiling.problem(
                pointer, f'"{key}" is missing: the approval needs it', f'write "{key}": the state'
            )
    if item.get("through") in item["from"]:
        compiling.problem(
            f"{pointer}/through", "a transition cannot wait in the state it starts from", "add a state"
        )
    if compiling.known("approval", name, f"{pointer}/approval") and name in approvals:
        other = approvals[name].get("of")
        judged = {of, other} <= compiling.catalog_names("entity")
        if other != of and judged:
            message = f'the approval "{name}" is about {other}, not about {of}'
            compiling.problem(f"{pointer}/approval", message, f"name an approval of {of}")


def _states_of(item: Data) -> list[str]:
    """All states that a transition names."""
    return [*item["from"], *(item[key] for key in ("to", "through", "back") if key in item)]


def _check_reachable(data: Data, compiling: Compiling) -> None:
    """Every state can be reached from the first by transitions, or no record would ever be in it."""
    named = {name for item in data["transitions"].values() for name in _states_of(item)}
    if not named <= {state["name"] for state in data["states"]}:
        return  # a misspelt state is told already
    reached, grown = {data["states"][0]["name"]}, True
    while grown:
        size = len(reached)
        for item in data["transitions"].values():
            if reached.intersection(item["from"]):
                reached |= {item[key] for key in ("to", "through", "back") if key in item}
        grown = len(reached) > size
    for index, state in enumerate(data["states"]):
        if state["name"] not in reached:
            message = f'no transition leads to the state "{state["name"]}"'
            compiling.problem(f"/states/{index}", message, "add a transition to it, or remove the state")
