"""Effects as the texts of a form, and back: as rows where they can say it, else as JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.errors import N_, Invalid, Problem
from guanxi.studio.typed import (
    Data,
    Typed,
    condition_of,
    condition_typed,
    free_name,
    label_of,
    labels_typed,
    merged,
    positions,
)

VERBS = ("update", "create", "move", "assign", "send", "start", "call", "emit", "refuse", "if")
JSON = "json"
NOT_JSON = N_("This is no JSON object. Write one effect, such as {example}.")
EXAMPLE = '{"name": "close", "move": "close"}'
_SHOWN = {
    "update": {"name", "update", "set"},
    "create": {"name", "create", "open", "set"},
    "move": {"name", "move"},
    "assign": {"name", "assign"},
    **{verb: {"name", verb} for verb in ("send", "start", "call", "emit")},
    "refuse": {"name", "refuse"},
    "if": {"name", "if", "then", "else"},
}
_WHOLE = re.compile(r"-?[0-9]{1,15}")


def effects_typed(name: str, effects: Sequence[Data], types: Mapping[str, str]) -> Typed:
    """The texts of a form for effects; `types` are those of the fields that conditions may name."""
    typed: Typed = {}
    for index, effect in enumerate(effects):
        head, verb = f"{name}.{index}", verb_of(effect)
        typed |= {f"{head}.was": effect["name"], f"{head}.verb": verb}
        if verb == JSON:
            typed[f"{head}.json"] = json.dumps(effect, ensure_ascii=False, indent=1)
        elif verb == "refuse":
            typed |= labels_typed(f"{head}.refuse", effect["refuse"])
        elif verb == "if":
            typed |= condition_typed(f"{head}.if", effect["if"], types)
            for part in ("then", "else"):
                typed |= effects_typed(f"{head}.{part}", effect.get(part, ()), types)
        else:
            typed[f"{head}.{verb}"] = effect[verb]
            typed[f"{head}.open"] = "true" if effect.get("open") else "false"
            for place, (field, value) in enumerate(effect.get("set", {}).items()):
                typed |= {f"{head}.set.{place}.field": field, f"{head}.set.{place}.value": _text(value)}
    return typed


def effects_of(
    typed: Mapping[str, str],
    name: str,
    before: Sequence[Data],
    types: Mapping[str, str],
    taken: set[str] | None = None,
) -> list[dict[str, Any]]:
    """The effects that a form describes, over those that it was opened on.

    Raises:
        Invalid: a text is no JSON object.
    """
    names = set[str]() if taken is None else taken
    names |= {effect["name"] for effect in before}
    known = {effect["name"]: effect for effect in before}
    found = []
    for index in positions(typed, name):
        head = f"{name}.{index}"
        old, verb = known.get(typed.get(f"{head}.was", ""), {}), typed.get(f"{head}.verb") or VERBS[0]
        if verb == JSON:
            found.append(_parsed(typed, f"{head}.json"))
            continue
        kept = {key: value for key, value in old.items() if key == "name" or key.startswith("x-")}
        if verb_of(old) == verb:
            kept = dict(old)
        own = old.get("name") or free_name("when" if verb == "if" else f"{verb}_it", names)
        names.add(own)
        found.append(merged({**kept, "name": own}, _said(typed, head, verb, old, types, names)))
    return found


def verb_of(effect: Data) -> str:
    """The verb under which a form shows an effect; `json` where it cannot show all of it."""
    verb = next((one for one in VERBS if one in effect), JSON)
    extra = {key for key in effect if not key.startswith("x-")} - _SHOWN.get(verb, set())
    plain = all(value is None or isinstance(value, str | int) for value in effect.get("set", {}).values())
    here = verb != "update" or effect["update"] == "this"
    return verb if not extra and plain and here else JSON


def _said(
    typed: Mapping[str, str], head: str, verb: str, old: Data, types: Mapping[str, str], names: set[str]
) -> dict[str, Any]:
    if verb == "refuse":
        return {"refuse": label_of(typed, f"{head}.refuse", old.get("refuse"))}
    if verb == "if":
        parts = {
            part: effects_of(typed, f"{head}.{part}", old.get(part, ()), types, names)
            for part in ("then", "else")
        }
        return {"if": condition_of(typed, f"{head}.if", types), **parts}
    said: dict[str, Any] = {verb: "this" if verb == "update" else typed.get(f"{head}.{verb}", "").strip()}
    if verb in ("update", "create"):
        before = old.get("set", {})
        said["set"] = {}
        for place in positions(typed, f"{head}.set"):
            field = typed.get(f"{head}.set.{place}.field", "").strip()
            if field:
                text = typed.get(f"{head}.set.{place}.value", "")
                said["set"][field] = _value(text, before.get(field), types.get(field, "text"), verb)
    if verb == "create":
        said["open"] = typed.get(f"{head}.open") == "true"
    return said


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(text: str, before: object, type_: str, verb: str) -> object:
    """The value of a text: what stood there if the text still says it, else by the type of the field."""
    if before is not None and _text(before) == text:
        return before
    if not text.strip():
        return None
    if verb == "update" and type_ == "boolean" and text in ("true", "false"):
        return text == "true"
    if verb == "update" and type_ == "integer" and _WHOLE.fullmatch(text):
        return int(text)
    return text


def _parsed(typed: Mapping[str, str], name: str) -> dict[str, Any]:
    try:
        found = json.loads(typed.get(name, ""), parse_float=str)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        message = NOT_JSON(example=EXAMPLE)
        raise Invalid(message, [Problem(f"/{name}", "json", message)])
    return found
