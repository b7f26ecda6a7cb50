"""What an approval says as a whole, as the texts of a form, and back. The steps stay as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.studio.effects_typed import effects_of, effects_typed
from guanxi.studio.flows.step_typed import may_of, may_typed
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

EFFECTS = ("onSubmitted", "onApproved", "onRejected", "onReturned", "onRecalled", "onCancelled")
PEOPLE = ("admins", "visibleTo")
CHOSEN = {"approverIsSubmitter": "hold", "sameApproverAgain": "ask", "recall": "never", "resubmit": "askAll"}
"""The policies of which one value is chosen, with the usual one, which need not be said."""
STAND_INS = ("deputy", "manager")
SHOWN = ("value", "was", "limit", "of")


def rules_typed(approval: Data, types: Mapping[str, str]) -> Typed:
    """The texts of a form for what holds of the whole approval."""
    policies = approval.get("policies", {})
    typed: Typed = {
        **labels_typed("label", approval.get("label")),
        **labels_typed("help", approval.get("help")),
    }
    typed |= condition_typed("when", approval.get("when", ""), types)
    typed |= {"calendar": approval.get("calendar", ""), **places_typed("watch", approval.get("watch", ()))}
    typed |= {f"policies.{key}": policies.get(key, "") for key in CHOSEN}
    typed |= {f"unavailable.{one}": "true" for one in policies.get("unavailable", ())}
    for number, group in enumerate(policies.get("separate", ())):
        typed |= places_typed(f"separate.{number}.steps", group) | {f"separate.{number}.was": "1"}
    for index, one in enumerate(approval.get("show", ())):
        head = f"show.{index}"
        typed |= {f"{head}.known": one["name"], **labels_typed(f"{head}.label", one.get("label"))}
        typed |= {f"{head}.{key}": one.get(key, "") for key in SHOWN}
    for key in PEOPLE:
        typed |= who_typed(key, approval.get(key, ()))
    for key in EFFECTS:
        typed |= effects_typed(key, approval.get(key, ()), types)
    return typed | may_typed(approval.get("may", {}))


def rules_of(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> dict[str, Any]:
    """The approval that a form describes, over the one that it was opened on.

    Raises:
        Invalid: a text is no JSON object.
    """
    said: dict[str, Any] = {key: label_of(typed, key, before.get(key)) for key in ("label", "help")}
    said |= {"when": condition_of(typed, "when", types), "calendar": typed.get("calendar", "")}
    said |= {"watch": places_of(typed, "watch"), "policies": _policies(typed, before.get("policies", {}))}
    said |= {"show": _show(typed, before.get("show", ())), "may": may_of(typed, before.get("may", {}))}
    said |= {key: who_of(typed, key, before.get(key, ())) for key in PEOPLE}
    said |= {key: effects_of(typed, key, before.get(key, ()), types) for key in EFFECTS}
    return merged(before, said)


def _policies(typed: Mapping[str, str], before: Data) -> dict[str, Any]:
    said: dict[str, Any] = {
        key: ""
        if key not in before and typed.get(f"policies.{key}") == usual
        else typed.get(f"policies.{key}", "")
        for key, usual in CHOSEN.items()
    }
    said["unavailable"] = [one for one in STAND_INS if typed.get(f"unavailable.{one}") == "true"]
    if list(before.get("unavailable", ())) == said["unavailable"][::-1]:
        said["unavailable"] = list(before.get("unavailable", ()))
    groups = [places_of(typed, f"separate.{number}.steps") for number in positions(typed, "separate")]
    said["separate"] = [group for group in groups if group]
    return merged(before, said)


def _show(typed: Mapping[str, str], before: Sequence[Data]) -> list[dict[str, Any]]:
    known = {one["name"]: one for one in before}
    taken, found = set(known), []
    for index in positions(typed, "show"):
        head = f"show.{index}"
        old = known.get(typed.get(f"{head}.known", ""), {})
        label = label_of(typed, f"{head}.label", old.get("label"))
        name = old.get("name") or free_name(name_from(label or {}) or "fact", taken)
        taken.add(name)
        said: dict[str, Any] = {key: typed.get(f"{head}.{key}", "").strip() for key in SHOWN}
        found.append(
            {"name": name, "value": said["value"], **merged(old, {"label": label, **said, "name": name})}
        )
    return found
