"""Decision tables as the texts of a form, and back. What the form does not show is kept as it was.

Cells belong to columns by a key that stays while columns are moved and renamed: `rows.0.if.discount`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from guanxi.definitions.decisions.notation import (
    NotationProblem,
    cell_of,
    cell_text,
    outcome_of,
    outcome_text,
)
from guanxi.definitions.decisions.spreadsheet import types_of
from guanxi.errors import N_, Invalid, Problem
from guanxi.studio.typed import Typed, label_of, labels_typed, name_from, positions

Data = Mapping[str, Any]
Read = Callable[[str, str], Any]
Write = Callable[[Any, str], str]

COLUMNS = ("inputs", "outputs")
PARTS: Mapping[str, tuple[str, Read, Write]] = {
    "inputs": ("if", cell_of, cell_text),
    "outputs": ("then", outcome_of, outcome_text),
}
BOUNDS = ("min", "max")
NOT_SAVED = N_("Some cells cannot be read.")
NO_NAME = N_("Write what it is called in English.")
NO_COLUMN = N_("A table needs an input, an output and a row.")


def table_typed(data: Data, tables: Mapping[str, Data]) -> Typed:
    """The texts of a form for a table."""
    typed: Typed = {"hit": data["hit"], "of": data.get("of", ""), **labels_typed("label", data.get("label"))}
    kinds = types_of(data, tables)
    for part in COLUMNS:
        for index, item in enumerate(data[part]):
            typed |= _column_typed(f"{part}.{index}", item)
    for index, row in enumerate(data["rows"]):
        typed[f"rows.{index}.was"] = typed[f"rows.{index}.name"] = row["name"]
        typed |= _cells_typed(data, f"rows.{index}", row, kinds)
    typed |= {
        key: value
        for key, value in _cells_typed(data, "otherwise", {"then": data.get("otherwise", {})}, kinds).items()
        if key.startswith("otherwise.then.")
    }
    return typed


def new_typed() -> Typed:
    """The texts of a form for a table that is not there yet."""
    typed: Typed = {"hit": "first", "of": "", "rows.0.name": "", "rows.0.was": ""}
    for part, kind in (("inputs", "decimal"), ("outputs", "integer")):
        typed |= {f"{part}.0.was": "", f"{part}.0.key": "new0", f"{part}.0.type": kind}
    return typed


def with_keys(typed: Typed) -> Typed:
    """The form with a key for every column; one that was just added has none."""
    found = dict(typed)
    for part in COLUMNS:
        taken = {found.get(f"{part}.{index}.key") for index in positions(found, part)}
        for index in positions(found, part):
            if not found.get(f"{part}.{index}.key"):
                key = next(f"new{n}" for n in range(999) if f"new{n}" not in taken)
                taken.add(key)
                found[f"{part}.{index}.key"] = key
    return found


def kinds_of(typed: Typed, before: Data | None, tables: Mapping[str, Data]) -> dict[tuple[str, str], str]:
    """The types of the columns of a form, by part and key."""
    known = types_of(before, tables) if before is not None else {}
    found = {}
    for part in COLUMNS:
        word = PARTS[part][0]
        for index in positions(typed, part):
            head = f"{part}.{index}"
            usual = known.get(f"{word} {typed.get(f'{head}.was', '')}", "text")
            found[part, typed.get(f"{head}.key", "")] = typed.get(f"{head}.type") or usual
    return found


def table_of(typed: Typed, name: str, before: Data | None, tables: Mapping[str, Data]) -> dict[str, Any]:
    """The definition that a form describes, over the one that it was opened on.

    Raises:
        Invalid: cells cannot be read, each named by its input.
    """
    typed = with_keys(typed)
    problems: list[Problem] = []
    data: dict[str, Any] = {
        **(before or {}),
        "kind": "decision",
        "name": name,
        "hit": typed.get("hit", "first"),
    }
    _put(data, "label", label_of(typed, "label", (before or {}).get("label")))
    _put(data, "of", typed.get("of") or None)
    kinds = kinds_of(typed, before, tables)
    names: dict[tuple[str, str], str] = {}
    for part in COLUMNS:
        known = {item["name"]: item for item in (before or {}).get(part, ())}
        data[part] = []
        for index in positions(typed, part):
            item = _column_of(typed, f"{part}.{index}", known, problems)
            names[part, typed[f"{part}.{index}.key"]] = item["name"]
            data[part].append(item)
    rows = {row["name"]: row for row in (before or {}).get("rows", ())}
    data["rows"] = []
    for number, index in enumerate(positions(typed, "rows"), 1):
        head = f"rows.{index}"
        row = rows.get(typed.get(f"{head}.was", ""), {})
        cells = _cells_of(typed, head, row, names, kinds, problems)
        kept = {key: value for key, value in row.items() if key not in ("if", "then")}
        own = typed.get(f"{head}.name", "").strip() or f"row_{number}"
        data["rows"].append({**kept, "name": own, **cells})
    otherwise = _cells_of(
        typed, "otherwise", {"then": (before or {}).get("otherwise", {})}, names, kinds, problems
    )
    _put(data, "otherwise", otherwise["then"] or None)
    if not all(data[part] for part in ("inputs", "outputs", "rows")):
        problems.append(Problem("", "empty", NO_COLUMN))
    if problems:
        raise Invalid(NOT_SAVED, problems)
    return data


def _column_typed(head: str, item: Data) -> Typed:
    typed = {
        f"{head}.was": item["name"],
        f"{head}.key": item["name"],
        f"{head}.type": item.get("type", ""),
        f"{head}.formula": item.get("formula", ""),
        f"{head}.values": ", ".join(item.get("values", ())),
        f"{head}.required": "true" if item.get("required") else "false",
        **labels_typed(f"{head}.label", item.get("label")),
    }
    return typed | {f"{head}.{key}": str(item.get(key, "")) for key in BOUNDS}


def _column_of(typed: Typed, head: str, known: Mapping[str, Data], problems: list[Problem]) -> dict[str, Any]:
    was = typed.get(f"{head}.was", "")
    item: dict[str, Any] = dict(known.get(was, {}))
    label = label_of(typed, f"{head}.label", item.get("label"))
    item["name"] = was or name_from(label or {})
    if not item["name"]:
        problems.append(Problem(f"/{head}.label.en", "required", NO_NAME))
    _put(item, "label", label)
    if "decision" in item:
        return item
    for key in ("type", "formula", *BOUNDS):
        if f"{head}.{key}" in typed:
            text = typed[f"{head}.{key}"].strip()
            if text != str(item.get(key, "")):
                _put(item, key, text or None)
    if f"{head}.values" in typed:
        values = [one.strip() for one in typed[f"{head}.values"].replace("，", ",").split(",") if one.strip()]
        _put(item, "values", values or None)
    if f"{head}.required" in typed:
        _put(item, "required", typed[f"{head}.required"] == "true" or None)
    return item


def _cells_typed(data: Data, head: str, row: Data, kinds: Mapping[str, str]) -> Typed:
    found = {}
    for part, (word, _, write) in PARTS.items():
        for item in data[part]:
            value = row.get(word, {}).get(item["name"])
            found[f"{head}.{word}.{item['name']}"] = write(value, kinds[f"{word} {item['name']}"])
    return found


def _cells_of(
    typed: Typed,
    head: str,
    before: Data,
    names: Mapping[tuple[str, str], str],
    kinds: Mapping[tuple[str, str], str],
    problems: list[Problem],
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {"if": {}, "then": {}}
    for (part, key), name in names.items():
        word, read, write = PARTS[part]
        text = typed.get(f"{head}.{word}.{key}", "").strip()
        was = before.get(word, {}).get(key)
        try:
            same = was is not None and write(was, kinds[part, key]) == text
            value = was if same else read(text, kinds[part, key])
        except NotationProblem as problem:
            problems.append(Problem(f"/{head}.{word}.{key}", "cell", problem.text))
            continue
        if value is not None:
            found[word][name] = value
    return found


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        data.pop(key, None)
    else:
        data[key] = value
