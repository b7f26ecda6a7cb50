"""Rules over the whole record as the texts of a form, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.studio.typed import (
    Data,
    Typed,
    condition_of,
    condition_typed,
    free_name,
    label_of,
    labels_typed,
    name_from,
    positions,
)

NAME = "constraints"


def rules_typed(rules: Sequence[Data], types: Mapping[str, str]) -> Typed:
    """The texts of a form for the rules."""
    typed: Typed = {}
    for index, rule in enumerate(rules):
        head = f"{NAME}.{index}"
        typed[f"{head}.was"] = rule["name"]
        typed[f"{head}.kind"] = "unique" if "unique" in rule else "check"
        typed |= labels_typed(f"{head}.message", rule.get("message"))
        typed |= condition_typed(f"{head}.when", rule.get("when", ""), types)
        if "unique" in rule:
            for place, field in enumerate(rule["unique"]):
                typed[f"{head}.unique.{place}.field"] = field
        else:
            typed |= condition_typed(f"{head}.check", rule.get("check", ""), types)
    return typed


def rules_of(
    typed: Mapping[str, str], before: Sequence[Data], types: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The rules that a form describes, over those that it was opened on."""
    known = {rule["name"]: rule for rule in before}
    found: list[dict[str, Any]] = []
    for index in positions(typed, NAME):
        head = f"{NAME}.{index}"
        was = typed.get(f"{head}.was", "")
        old = known.get(was, {})
        message = label_of(typed, f"{head}.message", old.get("message"))
        taken = {*known, *(rule["name"] for rule in found)}
        rule: dict[str, Any] = {**old, "name": was or free_name(name_from(message or {}) or "rule", taken)}
        more: dict[str, Any] = {"message": message, "when": condition_of(typed, f"{head}.when", types)}
        if typed.get(f"{head}.kind") == "unique":
            places = [typed.get(f"{head}.unique.{n}.field", "") for n in positions(typed, f"{head}.unique")]
            more["unique"] = [field for field in places if field]
        else:
            more["check"] = condition_of(typed, f"{head}.check", types)
        for key, value in more.items():
            if value:
                rule[key] = value
            else:
                rule.pop(key, None)
        found.append(rule)
    return found


def with_new(typed: Typed, kind: str) -> Typed:
    """The form with one more rule."""
    number = len(positions(typed, NAME))
    head = f"{NAME}.{number}"
    first = f"{head}.unique.0.field" if kind == "unique" else f"{head}.check.0.field"
    mode = {} if kind == "unique" else {f"{head}.check.mode": "rows"}
    return typed | {f"{head}.was": "", f"{head}.kind": kind, first: "", **mode}
