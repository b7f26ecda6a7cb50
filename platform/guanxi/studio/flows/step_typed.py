"""A step as the texts of a form, and back. What the form does not show is kept as it was."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.definitions.flow.steps import OTHERWISE
from guanxi.studio.effects_typed import effects_of, effects_typed
from guanxi.studio.flows.step_words import SPAN
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

POWERS = ("transfer", "delegate", "add", "ask", "cc")
"""What people may do with a task, each with whom it may concern."""
FLAGS = ("remind", "comment", "skip")
USUAL = {"remind": True, "comment": True, "skip": False}
EFFECTS: Mapping[str, Sequence[str]] = {
    "approve": ("onEntered", "onApproved", "onRejected"),
    "do": ("effects",),
}
ASKING = ("approve", "task")
BRANCHED = ("choose", "parallel", "race")
_TEXTS: Mapping[str, Sequence[str]] = {
    "wait": ("until", "at", "event"),
    "call": ("process", "forEach", "ifRejected"),
    "approve": ("ifRejected",),
    "parallel": ("rest",),
    "goBack": ("to",),
    "end": ("outcome",),
}
USUALLY = {"ifRejected": "reject", "rest": "cancel"}
WAITS = ("for", "until", "event", "when")


def step_typed(step: Data, types: Mapping[str, str]) -> Typed:
    """The texts of a form for a step; `types` are those of the fields that conditions may name."""
    type_ = step["type"]
    typed: Typed = {"type": type_, **labels_typed("label", step.get("label"))}
    typed |= condition_typed("when", step.get("when", ""), types)
    typed |= {key: str(step.get(key, "")) for key in _TEXTS.get(type_, ())}
    if type_ in ASKING:
        typed |= who_typed("by", step.get("by", ())) | may_typed(step.get("may", {}))
        typed |= span_typed("due", step.get("due")) | _deadlines_typed(step.get("deadlines", ()))
        for index, (field, access) in enumerate(step.get("fields", {}).items()):
            typed |= {f"fields.{index}.field": field, f"fields.{index}.access": access}
    if type_ == "approve":
        typed |= _need_typed(step.get("need", "any")) | places_typed("watch", step.get("watch", ()))
    for key in ("branches", "outcomes"):
        for index, one in enumerate(step.get(key, ())):
            head = f"{key}.{index}"
            typed |= {f"{head}.was": one["name"], **labels_typed(f"{head}.label", one.get("label"))}
            typed |= condition_typed(f"{head}.when", one.get("when", ""), types)
    for key in EFFECTS.get(type_, ()):
        typed |= effects_typed(key, step.get(key, ()), types)
    if type_ == "wait":
        typed["waits"] = next((key for key in WAITS if key in step), "for")
        typed |= span_typed("for", step.get("for"))
        typed["acceptEarly"] = "true" if step.get("acceptEarly") else "false"
    if "join" in step:
        typed |= _join_typed(step["join"])
    if type_ == "goBack":
        typed["max"] = str(step.get("max", ""))
    return typed


def step_of(typed: Mapping[str, str], before: Data, types: Mapping[str, str]) -> dict[str, Any]:
    """The step that a form describes, over the one that it was opened on.

    Raises:
        Invalid: a text is no JSON object.
    """
    type_ = typed.get("type", "approve")
    kept = dict(before) if before.get("type") == type_ else _bare(before)
    said: dict[str, Any] = {"label": label_of(typed, "label", before.get("label"))}
    said["when"] = condition_of(typed, "when", types)
    said |= {key: _unless_usual(typed, key, before) for key in _TEXTS.get(type_, ())}
    if type_ in ASKING:
        said |= _asking(typed, before, type_)
    if type_ == "task":
        said["outcomes"] = _named(typed, "outcomes", before.get("outcomes", ()))
    if type_ in BRANCHED:
        said["branches"] = _branches(typed, before, type_, types)
    for key in EFFECTS.get(type_, ()):
        said[key] = effects_of(typed, key, before.get(key, ()), types)
    if type_ == "wait":
        said |= _waiting(typed, condition_of(typed, "when", types))
    if type_ in ("parallel", "call"):
        said["join"] = _join(typed, before)
    if type_ == "goBack":
        said["max"] = _number(typed.get("max", "")) or 2
    found = merged({**kept, "type": type_}, said)
    if type_ == "choose":
        found.setdefault(OTHERWISE, [])
    return found


def may_typed(may: Data) -> Typed:
    """The texts of a form for what people may do besides deciding; a power that is not named is as usual."""
    typed: Typed = {f"may.return.{one}": "true" for one in may.get("return", ())}
    typed["may.told"] = "true" if "return" in may else "false"
    for key in POWERS:
        typed |= who_typed(f"may.{key}", may.get(key, ()))
        typed[f"may.{key}_told"] = "true" if key in may else "false"
    for key in FLAGS:
        typed[f"may.{key}"] = "" if key not in may else str(may[key]).lower()
    return typed


def may_of(typed: Mapping[str, str], before: Data) -> dict[str, Any]:
    """What people may do as a form describes it; nothing of what neither it nor the definition says."""
    said: dict[str, Any] = {}
    returns = [key.removeprefix("may.return.") for key, it in typed.items() if _ticked(key, it)]
    if returns or typed.get("may.told") == "true":
        said["return"] = returns
    for key in POWERS:
        people = who_of(typed, f"may.{key}", before.get(key, ()))
        if people or typed.get(f"may.{key}_told") == "true":
            said[key] = people
    said |= {key: typed[f"may.{key}"] == "true" for key in FLAGS if typed.get(f"may.{key}")}
    return {**{key: value for key, value in before.items() if key.startswith("x-")}, **said}


def span_typed(name: str, span: Any) -> Typed:
    """A span of time as an amount and a unit, else as text; what a table gives, as JSON."""
    match = SPAN.fullmatch(span) if isinstance(span, str) else None
    if match:
        return {f"{name}.amount": match[1], f"{name}.unit": match[2]}
    text = span if isinstance(span, str) else json.dumps(span, ensure_ascii=False) if span else ""
    return {f"{name}.amount": text, f"{name}.unit": "text" if text else ""}


def span_of(typed: Mapping[str, str], name: str) -> Any:
    """The span that a form describes; nothing of an empty amount."""
    amount, unit = typed.get(f"{name}.amount", "").strip(), typed.get(f"{name}.unit", "")
    if not amount:
        return None
    if unit == "text":
        return json.loads(amount) if _is_object(amount) else amount
    return f"{amount} {unit or 'day'}{'' if amount == '1' else 's'}"


def _asking(typed: Mapping[str, str], before: Data, type_: str) -> dict[str, Any]:
    fields = {
        typed[f"fields.{index}.field"]: typed.get(f"fields.{index}.access") or "visible"
        for index in positions(typed, "fields")
        if typed.get(f"fields.{index}.field")
    }
    said: dict[str, Any] = {
        "by": who_of(typed, "by", before.get("by", ())),
        "may": may_of(typed, before.get("may", {})),
        "due": span_of(typed, "due"),
        "deadlines": _deadlines(typed, before.get("deadlines", ())),
        "fields": fields,
    }
    if type_ == "approve":
        said |= {"need": _need(typed, before), "watch": places_of(typed, "watch")}
    return said


def _need_typed(need: Any) -> Typed:
    if isinstance(need, str):
        return {"need.kind": need, "need.number": ""}
    [(kind, number)] = ((key, value) for key, value in need.items() if not key.startswith("x-"))
    return {"need.kind": kind, "need.number": str(number)}


def _need(typed: Mapping[str, str], before: Data) -> Any:
    kind = typed.get("need.kind") or "any"
    if kind == "any" and "need" not in before:
        return None
    if kind in ("atLeast", "percent"):
        return {kind: _number(typed.get("need.number", "")) or 1}
    return kind


def _join_typed(join: Any) -> Typed:
    if isinstance(join, str):
        return {"join.kind": join, "join.number": ""}
    return {"join.kind": "atLeast", "join.number": str(join["atLeast"])}


def _join(typed: Mapping[str, str], before: Data) -> Any:
    kind = typed.get("join.kind", "")
    if kind == "all" and "join" not in before:
        return None
    return {"atLeast": _number(typed.get("join.number", "")) or 1} if kind == "atLeast" else kind


def _deadlines_typed(deadlines: Sequence[Data]) -> Typed:
    typed: Typed = {}
    for index, one in enumerate(deadlines):
        head = f"deadlines.{index}"
        typed |= {f"{head}.was": one["name"], f"{head}.do": one["do"]}
        typed |= span_typed(f"{head}.after", one["after"]) | who_typed(f"{head}.to", one.get("to", ()))
    return typed


def _deadlines(typed: Mapping[str, str], before: Sequence[Data]) -> list[dict[str, Any]]:
    known = {one["name"]: one for one in before}
    taken, found = set(known), []
    for index in positions(typed, "deadlines"):
        head = f"deadlines.{index}"
        old = known.get(typed.get(f"{head}.was", ""), {})
        do = typed.get(f"{head}.do") or "remind"
        name = old.get("name") or free_name(do, taken)
        taken.add(name)
        to = who_of(typed, f"{head}.to", old.get("to", ()))
        said = {"name": name, "after": span_of(typed, f"{head}.after") or "", "do": do}
        found.append(merged({**old, **said}, {"to": to}))
    return found


def _branches(
    typed: Mapping[str, str], before: Data, type_: str, types: Mapping[str, str]
) -> list[dict[str, Any]]:
    found = _named(typed, "branches", before.get("branches", ()))
    for one, index in zip(found, positions(typed, "branches"), strict=True):
        one.setdefault("steps", [])
        when = condition_of(typed, f"branches.{index}.when", types)
        one.pop("when", None)
        if type_ == "choose" or (when and type_ == "parallel"):
            one["when"] = when
    return found


def _named(typed: Mapping[str, str], name: str, before: Sequence[Data]) -> list[dict[str, Any]]:
    """The elements of a list with a name and a label each."""
    known = {one["name"]: one for one in before}
    taken = {*known, OTHERWISE}
    found: list[dict[str, Any]] = []
    for index in positions(typed, name):
        old = known.get(typed.get(f"{name}.{index}.was", ""), {})
        label = label_of(typed, f"{name}.{index}.label", old.get("label"))
        own = old.get("name") or free_name(name_from(label or {}) or f"way_{len(found) + 1}", taken)
        taken.add(own)
        found.append(merged({**old, "name": own}, {"label": label}))
    return found


def _waiting(typed: Mapping[str, str], condition: str) -> dict[str, Any]:
    """What a wait waits for: one of the four, and what belongs to it."""
    waits = typed.get("waits") or "for"
    said: dict[str, Any] = dict.fromkeys((*WAITS, "at", "acceptEarly"))
    said[waits] = {
        "for": span_of(typed, "for"),
        "when": condition,
    }.get(waits, typed.get(waits, "").strip())
    if waits in ("for", "until"):
        said["at"] = typed.get("at", "").strip()
    if waits == "event":
        said["acceptEarly"] = typed.get("acceptEarly") == "true"
    else:
        said["match"] = None
    return said


def _unless_usual(typed: Mapping[str, str], key: str, before: Data) -> str:
    """A text; what holds anyway need not be said."""
    text = typed.get(key, "").strip()
    return "" if key not in before and USUALLY.get(key) == text else text


def _bare(before: Data) -> dict[str, Any]:
    return {key: value for key, value in before.items() if key == "name" or key.startswith("x-")}


def _ticked(key: str, value: str) -> bool:
    return key.startswith("may.return.") and value == "true"


def _number(text: str) -> int:
    return int(text) if text.strip().isascii() and text.strip().isdigit() else 0


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
