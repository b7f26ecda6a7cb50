"""Field definitions as the texts of a form, and back. What the form does not show is kept as it was."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from guanxi.definitions.meta import meta_schemas
from guanxi.studio.conditions import OPERATORS, Row, Rows, rows_of, text_of
from guanxi.studio.field_words import COMPUTED, CONDITIONS, DETAILS, FLAGS
from guanxi.web.rendering import LANGUAGES

Data = Mapping[str, Any]
Typed = dict[str, str]

TAGS = tuple(language.tag for language in LANGUAGES)
OTHERS = "to.others"
"""What a reference may lead to besides its first entity: names with commas between them."""
TRUE_UNLESS_SAID = frozenset({"audit"})
_WHOLE = re.compile(r"-?[0-9]{1,15}")


def properties_of(type_: str) -> Mapping[str, Any]:
    """The properties that fields of a type may have."""
    schema = meta_schemas().get(f"fields/{type_}.json")
    found: Mapping[str, Any] = schema["properties"] if schema else {}
    return found


def offered_types() -> list[str]:
    """The types that a form can describe in full: those whose needs are among what it shows."""
    shown = {"type", "label", "help", "options", "fields", *FLAGS, *DETAILS, *CONDITIONS, *COMPUTED}
    schemas = {
        path.removeprefix("fields/").removesuffix(".json"): schema
        for path, schema in meta_schemas().items()
        if path.startswith("fields/")
    }
    return [name for name, one in schemas.items() if set(one["required"]) <= shown and name != "stage"]


def typed_of(field: Data, types: Mapping[str, str]) -> Typed:
    """The texts of a form for a field; `types` are the types of what conditions may name."""
    typed: Typed = {"type": field["type"]}
    typed |= labels_typed("label", field.get("label"))
    typed |= labels_typed("help", field.get("help"))
    for name in FLAGS:
        typed[name] = "true" if field.get(name, name in TRUE_UNLESS_SAID) else "false"
    for name in (*DETAILS, *COMPUTED):
        typed[name] = _typed(field.get(name))
    if isinstance(field.get("to"), list):
        typed |= {"to": field["to"][0], OTHERS: ",".join(field["to"][1:])}
    for name in CONDITIONS:
        typed |= condition_typed(name, field.get(name, ""), types)
    for index, option in enumerate(field.get("options", ())):
        typed[f"options.{index}.name"] = option["name"]
        typed[f"options.{index}.was"] = option["name"]
        typed[f"options.{index}.tint"] = option.get("tint", "")
        typed |= labels_typed(f"options.{index}.label", option.get("label"))
        typed |= condition_typed(f"options.{index}.when", option.get("when", ""), types)
    return typed


def field_of(typed: Mapping[str, str], before: Data | None, types: Mapping[str, str]) -> dict[str, Any]:
    """The definition that a form describes, over the one that it was opened on."""
    type_ = typed.get("type", "text")
    known = properties_of(type_)
    field = {name: value for name, value in (before or {}).items() if name in known or name.startswith("x-")}
    field["type"] = type_
    for name in ("label", "help"):
        _set(field, name, label_of(typed, name, field.get(name)), known)
    for name in FLAGS:
        said, usual = typed.get(name) == "true", name in TRUE_UNLESS_SAID
        _set(field, name, said if said != usual else None, known)
    for name in (*DETAILS, *COMPUTED):
        _set(field, name, _value(typed.get(name, "").strip(), name, type_, known), known)
    others = [one for one in typed.get(OTHERS, "").split(",") if one and one != field.get("to")]
    if type_ == "reference" and others:
        field["to"] = [field.get("to"), *others]
    for name in CONDITIONS:
        _set(field, name, condition_of(typed, name, types) or None, known)
    if "options" in known:
        field["options"] = list(_options(typed, field.get("options", ()), types))
    if type_ == "lines" and "fields" not in field:
        field["fields"] = {"item": {"type": "text", "label": {"en": "Item", "zh-CN": "项目"}}}
    return field


def labels_typed(name: str, label: Data | None) -> Typed:
    """A label as one text a language."""
    return {f"{name}.{tag}": (label or {}).get(tag, "") for tag in TAGS}


def label_of(typed: Mapping[str, str], name: str, before: Data | None) -> dict[str, str] | None:
    """The label that a form holds; other languages stay. None when nothing is left."""
    found = dict(before or {})
    for tag in TAGS:
        text = typed.get(f"{name}.{tag}", "").strip()
        if text:
            found[tag] = text
        else:
            found.pop(tag, None)
    return found or None


def condition_typed(name: str, text: str, types: Mapping[str, str]) -> Typed:
    """A condition as rows where they can say it, else as text."""
    rows = rows_of(text, types)
    if rows is None:
        return {f"{name}.mode": "text", f"{name}.text": text}
    typed = {f"{name}.mode": "rows", f"{name}.join": rows.join}
    for index, row in enumerate(rows.rows):
        typed |= {
            f"{name}.{index}.field": row.field,
            f"{name}.{index}.operator": row.operator,
            f"{name}.{index}.value": row.value,
        }
    return typed


def condition_of(typed: Mapping[str, str], name: str, types: Mapping[str, str]) -> str:
    """The expression of a condition that a form holds, as rows or as text."""
    if typed.get(f"{name}.mode") == "text":
        return typed.get(f"{name}.text", "").strip()
    return text_of(typed_rows(typed, name), types)


def typed_rows(typed: Mapping[str, str], name: str) -> Rows:
    """The rows of a condition in a form."""
    rows = tuple(
        Row(
            typed.get(f"{name}.{index}.field", ""),
            typed.get(f"{name}.{index}.operator") or OPERATORS[0],
            typed.get(f"{name}.{index}.value", ""),
        )
        for index in positions(typed, name)
    )
    return Rows("or" if typed.get(f"{name}.join") == "or" else "and", rows)


def positions(typed: Iterable[str], name: str) -> list[int]:
    """The positions of a list in a form: the numbers that follow its name."""
    pattern = re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\.")
    return sorted({int(match[1]) for one in typed if (match := pattern.match(one))})


def _typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _set(field: dict[str, Any], name: str, value: Any, known: Mapping[str, Any]) -> None:
    if name not in known:
        return
    if value is None:
        field.pop(name, None)
    else:
        field[name] = value


def _value(text: str, name: str, type_: str, known: Mapping[str, Any]) -> Any:
    if not text:
        return None
    whole = known.get(name, {}).get("type") == "integer" or (name == "default" and type_ == "integer")
    if whole and _WHOLE.fullmatch(text):
        return int(text)
    if known.get(name, {}).get("type") == "array":
        return [one.strip() for one in re.split("[,，、]", text) if one.strip()]
    if name == "default" and type_ == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _options(
    typed: Mapping[str, str], before: Iterable[Data], types: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    known = {option["name"]: option for option in before}
    for index in positions(typed, "options"):
        was = typed.get(f"options.{index}.was", "")
        name = typed.get(f"options.{index}.name", "").strip()
        label = label_of(typed, f"options.{index}.label", known.get(was, {}).get("label"))
        if not name and label is None:
            continue
        option: dict[str, Any] = {**known.get(was, {}), "name": name or name_from(label or {})}
        tint, when = typed.get(f"options.{index}.tint"), condition_of(typed, f"options.{index}.when", types)
        for key, value in (("label", label), ("tint", tint), ("when", when)):
            if value:
                option[key] = value
            else:
                option.pop(key, None)
        yield option


def name_from(label: Data) -> str:
    """A name made of a label: `Lead source` is `lead_source`; empty where there is nothing to make it of."""
    words = re.sub(r"[^a-z0-9]+", "_", label.get("en", "").lower()).strip("_")
    return re.sub(r"^[0-9_]+", "", words)[:40]


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, or the first of `name_2`, `name_3`... that is not taken."""
    known = set(taken)
    return next(one for one in (name, *(f"{name}_{n}" for n in range(2, 999))) if one not in known)


def merged(holder: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A part of a definition with what a form says of it; what is empty is left out."""
    found = {**holder, **said}
    return {key: value for key, value in found.items() if value or key not in said}
