"""What an automation says as a whole, as the texts of a form, and back. The steps stay as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.studio.flows.beginning_words import BEGINS, SEGMENTED, TIMED
from guanxi.studio.flows.step_typed import may_of, may_typed, span_of, span_typed
from guanxi.studio.flows.who_typed import who_of, who_typed
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

PEOPLE = ("admins", "visibleTo")
SIDES = ("before", "after")
_TEXTS = ("due", "at", "day", "entered", "event", "failed")
_USUAL_DEPTH = 8


def automation_typed(automation: Data, types: Mapping[str, str]) -> Typed:
    """The texts of a form for what holds of the whole automation."""
    typed: Typed = {
        **labels_typed("label", automation.get("label")),
        **labels_typed("help", automation.get("help")),
        **_on_typed(automation["on"], types),
    }
    for key in ("when", "where"):
        typed |= condition_typed(key, automation.get(key, ""), types)
    typed |= {key: automation.get(key, "") for key in ("calendar", "again")}
    typed["depth"] = str(automation.get("depth", ""))
    typed["active"] = "true" if automation.get("active", True) else "false"
    for index, one in enumerate(automation.get("exits", ())):
        head = f"exits.{index}"
        typed |= {f"{head}.was": one["name"], **labels_typed(f"{head}.label", one.get("label"))}
        typed |= {f"{head}.event": one.get("event", "")}
        typed |= condition_typed(f"{head}.when", one.get("when", ""), types)
    for key in PEOPLE:
        typed |= who_typed(key, automation.get(key, ()))
    return typed | may_typed(automation.get("may", {}))


def automation_of(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> dict[str, Any]:
    """The automation that a form describes, over the one that it was opened on.

    Raises:
        Invalid: a text is no JSON object.
    """
    said: dict[str, Any] = {key: label_of(typed, key, before.get(key)) for key in ("label", "help")}
    said["on"] = _on(typed, before.get("on", {}), types)
    said["when"] = condition_of(typed, "when", types)
    said["where"] = condition_of(typed, "where", types) if typed.get("on.kind") in SEGMENTED else ""
    said["calendar"] = typed.get("calendar", "")
    again, depth = typed.get("again", ""), typed.get("depth", "").strip()
    said["again"] = again if again != "always" or "again" in before else ""
    said["depth"] = (int(depth) if depth.isascii() and depth.isdigit() else _USUAL_DEPTH) if depth else None
    said["exits"] = _exits(typed, before.get("exits", ()), types)
    said["may"] = may_of(typed, before.get("may", {}))
    said |= {key: who_of(typed, key, before.get(key, ())) for key in PEOPLE}
    found = merged(before, said)
    found.pop("active", None)
    if typed.get("active") != "true":
        found["active"] = False
    elif "active" in before:
        found["active"] = True
    return found


def _on_typed(on: Data, types: Mapping[str, str]) -> Typed:
    typed: Typed = {"on.kind": next(key for key in BEGINS if key in on)}
    typed |= {f"on.{key}": on.get(key, "") for key in _TEXTS}
    changed = on.get("changed", ())
    typed |= places_typed("on.changed", changed if isinstance(changed, list) else ())
    typed |= condition_typed("on.becomes", on.get("becomes", ""), types)
    side = next((key for key in SIDES if key in on), "")
    typed |= {"on.side": side, **span_typed("on.span", on.get(side))} if side else {"on.side": ""}
    decided = on.get("decided", {})
    typed |= {"on.approval": decided.get("approval", ""), "on.outcome": decided.get("outcome", "")}
    return typed | span_typed("on.every", on.get("every"))


def _on(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> dict[str, Any]:
    """What begins it: the kind that was chosen, with what belongs to it."""
    kind = typed.get("on.kind") or next(iter(BEGINS))
    found = {key: value for key, value in before.items() if key.startswith("x-")}
    found[kind] = _begins(typed, kind, before, types)
    side = typed.get("on.side", "")
    if kind == "due" and side in SIDES:
        found[side] = span_of(typed, "on.span") or ""
    if kind in TIMED and typed.get("on.at", "").strip():
        found["at"] = typed["on.at"].strip()
    return found


def _begins(typed: Mapping[str, str], kind: str, before: Data, types: Mapping[str, str]) -> Any:
    match kind:
        case "changed":
            return places_of(typed, "on.changed") or True
        case "becomes":
            return condition_of(typed, "on.becomes", types)
        case "every":
            return span_of(typed, "on.every") or ""
        case "decided":
            said = {"approval": typed.get("on.approval", ""), "outcome": typed.get("on.outcome", "")}
            return {"approval": "", **merged(before.get("decided", {}), said)}
        case "created" | "deleted":
            return True
    return typed.get(f"on.{kind}", "").strip()


def _exits(
    typed: Mapping[str, str], before: Sequence[Data], types: Mapping[str, str]
) -> list[dict[str, Any]]:
    known = {one["name"]: one for one in before}
    taken, found = set(known), []
    for index in positions(typed, "exits"):
        head = f"exits.{index}"
        old = known.get(typed.get(f"{head}.was", ""), {})
        label = label_of(typed, f"{head}.label", old.get("label"))
        name = old.get("name") or free_name(name_from(label or {}) or "exit", taken)
        taken.add(name)
        said = {
            "label": label,
            "event": typed.get(f"{head}.event", "").strip(),
            "when": condition_of(typed, f"{head}.when", types),
        }
        found.append(merged({**old, "name": name}, said))
    return found
