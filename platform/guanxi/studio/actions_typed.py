"""Actions and transitions as the texts of a form, and back. What the form does not show is kept as it was."""

from collections.abc import Mapping
from typing import Any

from guanxi.studio.effects_typed import effects_of, effects_typed
from guanxi.studio.settings_typed import places_of, places_typed
from guanxi.studio.typed import (
    Data,
    Typed,
    condition_of,
    condition_typed,
    free_name,
    label_of,
    labels_typed,
    merged,
    name_from,
    positions,
)

STATES, TRANSITIONS = "states", "transitions"


def action_typed(action: Data, types: Mapping[str, str]) -> Typed:
    """The texts of a form for an action."""
    typed: Typed = {}
    for name in ("label", "help", "message"):
        typed |= labels_typed(name, action.get(name))
    typed |= condition_typed("when", action.get("when", ""), types)
    return typed | effects_typed("effects", action.get("effects", ()), types)


def action_of(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> dict[str, Any]:
    """The action that a form describes, over the one that it was opened on.

    Raises:
        Invalid: an effect is no JSON object.
    """
    said: dict[str, Any] = {
        name: label_of(typed, name, before.get(name)) for name in ("label", "help", "message")
    }
    said["when"] = condition_of(typed, "when", types)
    return {
        **merged(before, said),
        "effects": effects_of(typed, "effects", before.get("effects", ()), types),
    }


def stages_typed(stages: Data, types: Mapping[str, str]) -> Typed:
    """The texts of a form for states and transitions."""
    typed: Typed = {}
    for index, state in enumerate(stages[STATES]):
        head = f"{STATES}.{index}"
        typed |= {f"{head}.was": state["name"], f"{head}.name": state["name"]}
        typed |= {f"{head}.tint": state.get("tint", ""), **labels_typed(f"{head}.label", state.get("label"))}
    for index, (name, one) in enumerate(stages[TRANSITIONS].items()):
        head = f"{TRANSITIONS}.{index}"
        typed[f"{head}.was"] = name
        for label in ("label", "message"):
            typed |= labels_typed(f"{head}.{label}", one.get(label))
        typed |= {f"{head}.from.{state}": "true" for state in one["from"]}
        typed |= {f"{head}.{key}": one.get(key, "") for key in ("to", "through", "back", "approval")}
        typed[f"{head}.primary"] = "true" if one.get("primary") else "false"
        typed |= condition_typed(f"{head}.when", one.get("when", ""), types)
        typed |= places_typed(f"{head}.requires", one.get("requires", ()))
        typed |= effects_typed(f"{head}.effects", one.get("effects", ()), types)
    return typed


def stages_of(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> dict[str, Any]:
    """The stages that a form describes, over those that it was opened on.

    Raises:
        Invalid: an effect is no JSON object.
    """
    states = _states(typed, before)
    return {**before, STATES: states, TRANSITIONS: _transitions(typed, before, types)}


def _states(typed: Mapping[str, str], before: Data) -> list[dict[str, Any]]:
    known = {state["name"]: state for state in before[STATES]}
    found: list[dict[str, Any]] = []
    for index in positions(typed, STATES):
        head = f"{STATES}.{index}"
        was = typed.get(f"{head}.was", "")
        label = label_of(typed, f"{head}.label", known.get(was, {}).get("label"))
        name = was or typed.get(f"{head}.name", "").strip() or name_from(label or {})
        if name:
            own = was or free_name(name, {*known, *(state["name"] for state in found)})
            said = {"label": label, "tint": typed.get(f"{head}.tint", "")}
            found.append(merged({**known.get(was, {}), "name": own}, said))
    return found


def _transitions(
    typed: Mapping[str, str], before: Data, types: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    known = before[TRANSITIONS]
    found: dict[str, dict[str, Any]] = {}
    for index in positions(typed, TRANSITIONS):
        head = f"{TRANSITIONS}.{index}"
        was = typed.get(f"{head}.was", "")
        old = known.get(was, {})
        label = label_of(typed, f"{head}.label", old.get("label"))
        name = was or free_name(name_from(label or {}) or "move", {*known, *found})
        prefix = f"{head}.from."
        chosen = (key for key, text in typed.items() if key.startswith(prefix) and text == "true")
        ticked = [key.removeprefix(prefix) for key in chosen]
        starts = [state for state in old.get("from", ()) if state in ticked]
        said: dict[str, Any] = {
            "label": label,
            "from": [*starts, *(state for state in ticked if state not in starts)],
            **{key: typed.get(f"{head}.{key}", "") for key in ("to", "through", "back", "approval")},
            "when": condition_of(typed, f"{head}.when", types),
            "message": label_of(typed, f"{head}.message", old.get("message")),
            "requires": places_of(typed, f"{head}.requires"),
            "effects": effects_of(typed, f"{head}.effects", old.get("effects", ()), types),
            "primary": typed.get(f"{head}.primary") == "true",
        }
        found[name] = {**merged(old, said), "from": said["from"], "to": said["to"]}
    return found
