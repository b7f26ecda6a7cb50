"""A postal address."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.definitions.entity import Column, Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing, part_of, text_of
from guanxi.definitions.fields.text import TextField
from guanxi.errors import N_, Text
from guanxi.expressions.types import TEXT, Type

Parts = Mapping[str, str]
"""The parts of an address that are there, by name."""

PARTS: Mapping[str, tuple[Text, int]] = {
    "country": (N_("Country or region"), 60),
    "region": (N_("Province or state"), 100),
    "city": (N_("City"), 100),
    "district": (N_("District"), 100),
    "street": (N_("Street and number"), 300),
    "postal_code": (N_("Postal code"), 20),
}
"""What each part is called and its most characters, from the largest to the smallest, the code last."""

NOT_AN_ADDRESS = N_(
    "Send the parts of an address, such as {example}.",
    example='{"city": "Shanghai", "street": "Nanjing Road 1"}',
)
NO_PART = N_("An address has no “{name}”; it has: {names}.")
TOO_LONG = N_("{part}: enter at most {limit} characters.")
UNWRITABLE = N_("{part}: remove the control characters.")


class AddressField(FieldType):
    """A postal address: one column a part, and the whole in one line, by which it is found and sorted."""

    name = "address"
    operators = ("contains", "missing")

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The line, and the parts."""
        parts = (Column(f"{field.name}.{part}", f"{field.name}__{part}", "text") for part in PARTS)
        return (Column(field.name, field.name, "text"), *parts)

    def parts(self, field: Field) -> Mapping[str, Type]:  # noqa: ARG002
        """Each part is a text: `address.city`."""
        return dict.fromkeys(PARTS, TEXT)

    def listed(self, field: Field) -> Mapping[str, Field]:
        """Every part."""
        return {part: part_of(field, part, type="text") for part in PARTS}

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """The address in one line."""
        return TEXT

    def coerce(self, field: Field, raw: object, *, form: bool) -> dict[str, str] | None:  # noqa: ARG002
        """The parts that are there; a text without parts is a street.

        A form packs the parts of its inputs into one text, the JSON of an object.
        """
        if nothing(raw):
            return None
        if form and isinstance(raw, str):
            raw = unpacked(raw)
        if not isinstance(raw, Mapping):
            raise FieldProblem("address", NOT_AN_ADDRESS)
        found = {}
        for name in raw:
            if name not in PARTS:
                raise FieldProblem("address", NO_PART(name=str(name)[:60], names=", ".join(PARTS)))
        for name, (label, longest) in PARTS.items():
            if not nothing(raw.get(name)):
                found[name] = _part(raw[name], label, longest, form=form)
        return found or None

    def kept(self, field: Field, value: Any) -> dict[str, Any]:
        """The line, and every part."""
        parts = value or {}
        line = one_line(parts, chinese=_is_chinese(parts)) or None
        return {field.name: line} | {f"{field.name}.{part}": parts.get(part) for part in PARTS}

    def to_json(self, field: Field, record: Mapping[str, Any]) -> dict[str, str | None] | None:
        """An object of all parts; those that are not there are null."""
        if record.get(field.name) is None:
            return None
        return {part: record.get(f"{field.name}.{part}") for part in PARTS}

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """An object of the parts."""
        parts = {
            part: {"type": ["string", "null"], "minLength": 1, "maxLength": longest}
            for part, (_, longest) in PARTS.items()
        }
        return {"type": "object", "properties": parts, "additionalProperties": False}


def _part(raw: object, label: Text, longest: int, *, form: bool) -> str:
    text = text_of(raw)
    if form:
        text = ", ".join(line.strip() for line in text.splitlines() if line.strip())
    if TextField.forbidden.search(text):
        raise FieldProblem("text", UNWRITABLE(part=label))
    if len(text) > longest:
        raise FieldProblem("too_long", TOO_LONG(part=label, limit=longest))
    return text


def parts_of(field: Field, record: Mapping[str, Any]) -> dict[str, str]:
    """The parts that a record holds."""
    found = {part: record.get(f"{field.name}.{part}") for part in PARTS}
    return {part: text for part, text in found.items() if text}


def packed(parts: Parts) -> str:
    """The parts as one text, in one way only; nothing for no parts."""
    found = {part: parts[part] for part in PARTS if parts.get(part)}
    return json.dumps(found, ensure_ascii=False) if found else ""


def unpacked(text: str) -> Any:
    """What `packed` gave; any other text is a street."""
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            return {"street": text}
    return {"street": text}


def one_line(parts: Parts, *, chinese: bool) -> str:
    """An address in one line: in Chinese from the country down, elsewhere from the street up."""
    there = [part for part in PARTS if part != "postal_code" and parts.get(part)]
    code = [parts["postal_code"]] if parts.get("postal_code") else []
    if not chinese:
        small = [parts[part] for part in reversed(there) if part != "country"]
        return ", ".join([*small, *code, *([parts["country"]] if "country" in there else [])])
    return _joined([*(parts[part] for part in there), *code])


def _joined(texts: Iterable[str]) -> str:
    """Chinese parts follow each other without a mark; a space parts them from others."""
    line = ""
    for text in texts:
        close = line and _is_han(line[-1]) and _is_han(text[0])
        line += text if close or not line else f" {text}"
    return line


def _is_chinese(parts: Parts) -> bool:
    return any(_is_han(character) for text in parts.values() for character in text)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
