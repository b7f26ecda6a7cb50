"""The reference of the definition language, written from the meta-schemas that judge it.

python -m guanxi.definitions.reference docs/reference/definitions
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guanxi.definitions.meta import kinds, meta_schemas

Schema = Mapping[str, Any]
_PLAIN = {
    "string": "text",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "object",
    "array": "list",
}
_WORDS = {
    "name": "name",
    "fieldOrSystem": "name",
    "fieldOrPart": "name",
    "anyName": "name",
    "label": "label",
    "expression": "expression",
    "sortKey": "`field` or `-field`",
    "decimal": "number",
    "day": "day",
    "version": "version",
}
_HEAD = "<!-- Written by guanxi.definitions.reference from schemas/meta. -->\n"


def reference_pages() -> dict[str, str]:
    """The pages by file name: one a kind, one for the field types, and an index."""
    pages = {f"{kind}.md": _Page(f"{kind}.json").text() for kind in sorted(kinds())}
    types = [name for name in meta_schemas() if name.startswith("fields/")]
    pages["fields.md"] = _fields(types)
    lines = [f"- [{kind}]({kind}.md): {_first(meta_schemas()[f'{kind}.json'])}" for kind in sorted(kinds())]
    pages["README.md"] = _HEAD + _INTRODUCTION + "\n".join(lines) + "\n- [field types](fields.md)\n"
    return pages


@dataclass(slots=True)
class _Page:
    """One page: the object that a schema describes, then the objects inside of it."""

    file: str
    waiting: list[tuple[str, Schema, str]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    level: int = 1

    def text(self) -> str:
        """The page in Markdown."""
        schema = meta_schemas()[self.file]
        parts = [_HEAD if self.level == 1 else ""]
        self.waiting.append((str(schema["title"]), schema, self.file))
        while self.waiting:
            title, part, file = self.waiting.pop(0)
            parts += self._object(title, part, file)
        return "\n".join(parts).rstrip() + "\n"

    def _object(self, title: str, schema: Schema, file: str) -> Iterator[str]:
        """A heading, what it is, and a table of its keys."""
        depth = self.level + (1 if title.count(" ") else 0)
        yield f"{'#' * depth} {title}\n"
        if schema.get("description"):
            yield f"{schema['description']}\n"
        if schema.get("properties"):
            yield "| key | value | |\n|---|---|---|"
        required = schema.get("required", ())
        for key, given in schema.get("properties", {}).items():
            if key == "$schema":
                continue
            value, _ = _resolved(given, file)
            need = "" if key in required else "optional"
            words = given.get("description") or value.get("description") or ""
            yield f"| `{key}` | {self._value(f'{title} › {key}', given, file)} | {_cell(words, need)} |"
        yield ""
        self._choices(title, schema, file)

    def _choices(self, title: str, schema: Schema, file: str) -> None:
        rule = schema.get("x-dispatch")
        if rule and not _of_fields(schema):
            for name, target in rule["schemas"].items():
                part, home = _resolved({"$ref": target}, file)
                self._later(f"{title} `{name}`", part, home)

    def _value(self, title: str, given: Schema, file: str) -> str:
        """What stands under a key; objects get a section of their own."""
        word = _WORDS.get(str(given.get("$ref", "")).rpartition("/")[2])
        if word:
            return word
        schema, file = _resolved(given, file)
        if "const" in schema:
            return f"`{schema['const']}`"
        if "enum" in schema:
            return " · ".join(f"`{one}`" for one in schema["enum"])
        if "x-byType" in schema:
            parts = [{"type": name, **part} for name, part in schema["x-byType"].items()]
            return " or ".join(self._value(title, part, file) for part in parts)
        if "x-dispatch" in schema:
            self._later(title, schema, file)
            return "[a field](fields.md)" if _of_fields(schema) else "one of the kinds below"
        return self._of_type(title, schema, file)

    def _of_type(self, title: str, schema: Schema, file: str) -> str:
        kind = schema.get("type", "")
        if kind == "array":
            return f"list of {self._value(title, schema.get('items', {}), file)}"
        if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
            return f"name to {self._value(title, schema['additionalProperties'], file)}"
        if kind == "object" and schema.get("properties"):
            self._later(title, schema, file)
        return _PLAIN.get(str(kind), "value")

    def _later(self, title: str, schema: Schema, file: str) -> None:
        if id(schema) not in self.seen and not _of_fields(schema):
            self.seen.add(id(schema))
            self.waiting.append((title, schema, file))


def _of_fields(schema: Schema) -> bool:
    """Whether it stands for a field, which has a page of its own."""
    targets = schema.get("x-dispatch", {}).get("schemas", {}).values()
    return any("fields/" in target for target in targets)


def _fields(types: list[str]) -> str:
    """One page of all field types."""
    says = "The options of a field, by its `type`. Every object also takes `x-` keys."
    return f"{_HEAD}\n# Field types\n\n{says}\n\n" + "\n".join(_Page(name, level=2).text() for name in types)


def _resolved(schema: Schema, file: str) -> tuple[Schema, str]:
    """The schema that a reference leads to, and the file that it is in."""
    while "$ref" in schema:
        target, _, pointer = str(schema["$ref"]).partition("#")
        if target:
            base = Path(file).parent / target
            file = base.as_posix().replace("fields/../", "")
        found: Any = meta_schemas()[file]
        for part in pointer.split("/")[1:]:
            found = found[part]
        schema = found
    return schema, file


def _cell(words: str, need: str) -> str:
    said = words.replace("|", "\\|").strip()
    return f"{said} *{need}*" if need and said else said or f"*{need}*"


def _first(schema: Schema) -> str:
    return str(schema["description"]).split(". ")[0].rstrip(".")


_INTRODUCTION = """
# Definitions

Everything that a customer can change is a definition: a JSON document `{"kind": ..., "name": ..., ...}` in
one of the folders that `guanxi apply` reads. File names and the order of keys mean nothing. An unknown key is
an error; only keys that begin with `x-` are free. `guanxi check` names every problem with its file, its place
and what to write.

A *name* is lower-case letters, digits and single underscores. A *label* maps language tags to texts. Where a
*value* is expected, a text is literal unless it begins with `= `, then an expression follows; `== x` is the
literal `= x`. Decimals are written as texts: `"12.50"`.

"""


if __name__ == "__main__":
    for page, content in reference_pages().items():
        (Path(sys.argv[1]) / page).write_text(content, encoding="utf-8")
