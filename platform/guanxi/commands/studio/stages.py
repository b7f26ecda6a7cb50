"""Changing the states of an entity in a draft, and the buttons of its records."""

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.fields import CHANGED, entity_in
from guanxi.definitions.uses import Use, state_uses, transition_uses
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem

Data = dict[str, Any]

NO_ACTION = N_("There is no such action in the draft. Somebody may have discarded it.")
TAKEN = N_("There is an action of this name already. Choose another.")
FIELD = "status"


def stages_in(definitions: Mapping[tuple[str, str], Any], entity: str) -> Data | None:
    """The stages of an entity; None where its records have no states."""
    found = (data for (kind, _), data in definitions.items() if kind == "stages")
    return next((data for data in found if data["of"] == entity), None)


def first_stages(definitions: Mapping[tuple[str, str], Any], entity: str) -> Data:
    """Stages as a beginning for an entity without any: open, then done."""
    fields = entity_in(definitions, entity)["fields"]
    field = next((name for name, one in fields.items() if one["type"] == "stage"), FIELD)
    taken = ("stages", entity) in definitions
    return {
        "kind": "stages",
        "name": f"{entity}_stages" if taken else entity,
        "of": entity,
        "field": field,
        "states": [
            {"name": "open", "label": {"en": "Open", "zh-CN": "进行中"}, "tint": "info"},
            {"name": "done", "label": {"en": "Done", "zh-CN": "已完成"}, "tint": "ok"},
        ],
        "transitions": {
            "finish": {"label": {"en": "Finish", "zh-CN": "完成"}, "from": ["open"], "to": "done"}
        },
    }


def change_stages(definitions: Definitions, data: Data, seen: str) -> None:
    """Put stages in place of those whose print was `seen`; an entity gets the field that holds the state.

    Raises:
        Conflict: they are others by now.
    """
    before = stages_in(definitions, data["of"])
    if print_of(before) != seen:
        raise Conflict(CHANGED)
    fields = entity_in(definitions, data["of"])["fields"]
    if data["field"] not in fields:
        label = {"en": "Status", "zh-CN": "状态"}
        fields[data["field"]] = {"type": "stage", "label": label, "index": True}
    definitions["stages", data["name"]] = data


def uses_left(draft: Drafted, before: Data, after: Data) -> Iterator[tuple[str, Use]]:
    """What outside of the stages still names a state or transition that is gone, with what it names."""
    if draft.catalog is None:
        return
    states = {one["name"] for one in before["states"]} - {one["name"] for one in after["states"]}
    for name in sorted(states):
        yield from ((name, one) for one in state_uses(draft.catalog, before["of"], name) if _outside(one))
    for name in sorted(before["transitions"].keys() - after["transitions"].keys()):
        yield from (
            (name, one) for one in transition_uses(draft.catalog, before["of"], name) if _outside(one)
        )


def _outside(use: Use) -> bool:
    return use.kind != "stages"


def action_in(definitions: Mapping[tuple[str, str], Any], entity: str, name: str) -> Data:
    """An action on records of an entity.

    Raises:
        NotFound: there is none.
    """
    found: Data | None = definitions.get(("action", name))
    if found is None or found["of"] != entity:
        raise NotFound(NO_ACTION)
    return found


def put_action(definitions: Definitions, data: Data, seen: str) -> None:
    """Put an action in place of the one whose print was `seen`; of a new one that is the print of None.

    Raises:
        Conflict: it is another one by now.
        Invalid: a new one has the name of another.
    """
    before = definitions.get(("action", data["name"]))
    if print_of(before) != seen:
        if seen == print_of(None):
            raise Invalid(TAKEN, [Problem("/name", "taken", TAKEN)])
        raise Conflict(CHANGED)
    definitions["action", data["name"]] = data
