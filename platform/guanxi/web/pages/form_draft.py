"""A record as somebody is typing it: texts only, nothing judged yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from guanxi.definitions.entity import Entity, Field
from guanxi.errors import Problem


@dataclass(slots=True)
class Part:
    """The record's own fields, or one line.

    `values` is what stands in the inputs (of a reference the id), `texts` what is typed in look-ups, `was`
    what the page itself had put into each input: a value that equals it was not touched. `id` is that of a
    stored line, empty for a new one.
    """

    values: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    id: str = ""

    def touched(self, name: str) -> bool:
        """Whether somebody typed or chose something else than the page had put there."""
        return name in self.values and self.values[name] != self.was.get(name)

    @property
    def empty(self) -> bool:
        """Whether it is a new line in which nobody has entered anything."""
        untouched = all(not text.strip() or not self.touched(name) for name, text in self.values.items())
        return not self.id and untouched and not any(text.strip() for text in self.texts.values())


@dataclass(slots=True)
class Draft:
    """A whole form. `lines_were` says for each lines field how its lines stood when the form was opened.

    `kept` holds texts of fields that do not apply at the moment, so that they are there when they do again.
    `unclear` are the problems of look-ups whose text names no record.
    """

    head: Part = field(default_factory=Part)
    lines: dict[str, list[Part]] = field(default_factory=dict)
    lines_were: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    unclear: list[Problem] = field(default_factory=list)

    @property
    def tried(self) -> bool:
        """Whether saving was refused before: from then on problems are shown while typing."""
        return self.marks.get("_tried") == "1"

    @property
    def version(self) -> int | None:
        """The version of the record that the form was opened on, if it says one."""
        text = self.marks.get("_version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

    @property
    def key(self) -> str | None:
        """What makes saving the form twice one change."""
        return self.marks.get("_key") or None

    def part(self, lines: str = "", position: int = 0) -> Part:
        """The record's own fields, or a line."""
        return self.lines[lines][position] if lines else self.head

    def lines_changed(self, name: str) -> bool:
        """Whether lines were added, removed, moved or typed in since the form was opened."""
        rows = self.lines.get(name, [])
        order = " ".join(row.id or "new" for row in rows)
        known = self.lines_were.get(name, "").partition(":")[0]
        return order != known or any(row.touched(inner) for row in rows for inner in row.values)

    def drop_empty_lines(self) -> None:
        """Leave out new lines in which nothing was entered."""
        for name, rows in self.lines.items():
            self.lines[name] = [row for row in rows if not row.empty]


def version_of(text: str) -> int | None:
    """The version that a form names, if it names one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def new_draft(entity: Entity, prefilled: Mapping[str, str]) -> Draft:
    """The form of a new record, with one line where there can be lines.

    `prefilled` are texts by the name of the input: `customer`, and `lines.0.discount` for the first line.
    """
    known = {name: text for name, text in prefilled.items() if fillable(entity.fields.get(name))}
    lines = {one.name: [_first_line(one, prefilled)] for one in entity.line_fields if one.type == "lines"}
    return Draft(head=Part(values=known), lines=lines)


def _first_line(lines: Field, prefilled: Mapping[str, str]) -> Part:
    fields = lines.lines.fields if lines.lines is not None else {}
    texts = {name: prefilled.get(f"{lines.name}.0.{name}", "") for name in fields}
    return Part(values={name: text for name, text in texts.items() if text and fillable(fields[name])})


def fillable(one: Field | None) -> bool:
    """Whether a form can send the field."""
    return one is not None and one.type != "lines" and not one.computed and not one.read_only
