"""Whom a definition names, as the texts of a form, and back: as rows where they can say it, else as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.errors import N_, Invalid, Problem
from guanxi.studio.typed import Typed, positions

Data = Mapping[str, Any]

JSON = "json"
NOT_JSON = N_("This is no JSON object. Write whom you mean, such as {example}.")
EXAMPLE = '{"roles": ["director"]}'
_SHOWN = {
    "managerOf": {"managerOf", "level"},
    "roles": {"roles"},
    "people": {"people"},
    "teams": {"teams", "subTeams"},
    "field": {"field"},
    "chainOf": {"chainOf", "upTo"},
    "decision": {"decision", "output"},
    "deciderOf": {"deciderOf"},
    "chosenBy": {"chosenBy", "from", "min", "max"},
    "formula": {"formula"},
}
"""The keys that a form shows, by the key that leads."""
LISTS = ("roles", "people", "teams")
"""What names several."""
_WHOLE = ("level", "upTo", "min", "max")


def who_typed(name: str, items: Sequence[Data]) -> Typed:
    """The texts of a form for whom a list of selectors names."""
    typed: Typed = {}
    for index, item in enumerate(items):
        head, kind = f"{name}.{index}", kind_of(item)
        typed |= {f"{head}.was": str(index), f"{head}.kind": kind, f"{head}.where": item.get("where", "")}
        if kind == JSON:
            typed[f"{head}.json"] = json.dumps(item, ensure_ascii=False, indent=1)
            continue
        for key in _SHOWN[kind] & item.keys():
            if key in LISTS:
                typed |= {f"{head}.{key}.{n}.field": one for n, one in enumerate(item[key])}
            elif key != "from":
                typed[f"{head}.{key}"] = str(item[key]).lower() if key == "subTeams" else str(item[key])
        typed |= {f"{head}.roles.{n}.field": one for n, one in enumerate(_source(item) or ())}
    return typed


def who_of(typed: Mapping[str, str], name: str, before: Sequence[Data] = ()) -> list[dict[str, Any]]:
    """The selectors that a form describes, over those that it was opened on.

    Raises:
        Invalid: a text is no JSON object.
    """
    found = []
    for index in positions(typed, name):
        head = f"{name}.{index}"
        kind = typed.get(f"{head}.kind") or next(iter(_SHOWN))
        if kind == JSON:
            found.append(_parsed(typed, f"{head}.json"))
            continue
        was = typed.get(f"{head}.was", "")
        old = before[int(was)] if was.isdigit() and int(was) < len(before) else {}
        kept = {key: value for key, value in old.items() if key.startswith("x-")}
        where = typed.get(f"{head}.where", "").strip()
        found.append({**kept, **_said(typed, head, kind), **({"where": where} if where else {})})
    return found


def kind_of(item: Data) -> str:
    """The key under which a form shows a selector; `json` where it cannot show all of it."""
    own = {key for key in item if not key.startswith("x-")} - {"where"}
    kind = next((key for key in _SHOWN if key in item), JSON)
    if kind == JSON or not own <= _SHOWN[kind] or (kind == "chosenBy" and _source(item) is None):
        return JSON
    return kind


def _source(item: Data) -> list[str] | None:
    """The roles out of which the submitter chooses; None where it is said otherwise."""
    match item:
        case {"chosenBy": "submitter", "from": [{"roles": [*roles], **rest}]} if not rest:
            return roles
        case {"chosenBy": _}:
            return None
    return []


def _said(typed: Mapping[str, str], head: str, kind: str) -> dict[str, Any]:
    if kind == "chosenBy":
        source = {"chosenBy": "submitter", "from": [{"roles": _names(typed, f"{head}.roles")}]}
        return source | _numbers(typed, head, ("min", "max"))
    if kind in LISTS:
        said: dict[str, Any] = {kind: _names(typed, f"{head}.{kind}")}
        if kind == "teams" and typed.get(f"{head}.subTeams") == "false":
            said["subTeams"] = False
        return said
    said = {kind: typed.get(f"{head}.{kind}", "").strip()}
    output = typed.get(f"{head}.output", "").strip()
    if kind == "decision" and output:
        said["output"] = output
    more = _numbers(typed, head, [key for key in _WHOLE if key in _SHOWN[kind]])
    return said | {key: value for key, value in more.items() if (key, value) != ("level", 1)}


def _names(typed: Mapping[str, str], name: str) -> list[str]:
    chosen = [typed.get(f"{name}.{index}.field", "").strip() for index in positions(typed, name)]
    return list(dict.fromkeys(one for one in chosen if one))


def _numbers(typed: Mapping[str, str], head: str, keys: Sequence[str]) -> dict[str, Any]:
    texts = {key: typed.get(f"{head}.{key}", "").strip() for key in keys}
    return {key: int(text) if _is_whole(text) else text for key, text in texts.items() if text}


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4


def _parsed(typed: Mapping[str, str], name: str) -> dict[str, Any]:
    try:
        found = json.loads(typed.get(name, ""))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        message = NOT_JSON(example=EXAMPLE)
        raise Invalid(message, [Problem(f"/{name}", "json", message)])
    return found
