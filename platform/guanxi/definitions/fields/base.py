"""What every field type answers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from guanxi.definitions.entity import Column, ColumnKind, Field
from guanxi.errors import N_, GuanxiError, Text
from guanxi.expressions.types import Type

JSON = Any

NOT_TEXT = N_("Send a text.")
COMPUTED = N_("This is filled in by the system. Remove it.")


class FieldProblem(GuanxiError):
    """A value that the field cannot hold: a stable `code` and what to do, in `message`."""

    def __init__(self, code: str, message: Text) -> None:
        self.code, self.message = code, message
        super().__init__(str(message))


class FieldType(ABC):
    """Root of the field types. A type has no state: the options are those of the field."""

    name: ClassVar[str]
    column: ClassVar[ColumnKind] = "text"
    operators: tuple[str, ...] = ("is", "missing")
    """How a list may filter by it: is, oneOf, contains, from, to (both inclusive), missing."""

    sortable = True
    """Whether its values have an order in which a list can be sorted."""

    @property
    def widget(self) -> str:
        """The name of the form control and of the cell."""
        return self.name

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The database columns that keep the value."""
        return (Column(field.name, field.name, self.column, field.scale),)

    @abstractmethod
    def expression_type(self, field: Field, unit: str | None = None) -> Type:
        """The type of the value in expressions; `unit` is the currency of money."""

    def parts(self, field: Field) -> Mapping[str, Type]:  # noqa: ARG002
        """What is kept beside the value and read behind a dot (`address.city`), by name."""
        return {}

    def listed(self, field: Field) -> Mapping[str, Field]:  # noqa: ARG002
        """The parts that a list has columns and filters for, as fields, by name."""
        return {}

    def kept(self, field: Field, value: Any) -> dict[str, Any]:
        """What a record holds for a coerced value, by key."""
        return {field.name: value}

    @abstractmethod
    def coerce(self, field: Field, raw: object, *, form: bool) -> Any:
        """The value of `raw`: JSON as a program sends it or, with `form`, text as a person types it.

        Nothing (null, or an empty text in a form) is None.

        Raises:
            FieldProblem: the field cannot hold it. Nothing is rounded, cut or guessed.
        """

    def to_json(self, field: Field, record: Mapping[str, Any]) -> JSON:
        """The JSON form of the field's value in a record."""
        return record.get(field.name)

    @abstractmethod
    def json_schema(self, field: Field) -> dict[str, Any]:
        """The JSON Schema (2020-12) of that JSON form, without null."""


def part_of(field: Field, part: str, **said: Any) -> Field:
    """A part of a field as a field of its own, called like `address.city`."""
    key = f"{field.name}.{part}"
    columns = tuple(column for column in field.columns if column.key == key)
    return Field(name=key, label=field.label, columns=columns, **said)


NO_LINE_BREAK: Mapping[str, Any] = {"not": {"type": "string", "pattern": "\\n"}}
"""Part of a JSON Schema: some readers take the end of a pattern for the end of a line, not of the text."""


def text_of(raw: object) -> str:
    """The text that was sent.

    Raises:
        FieldProblem: something else was sent.
    """
    if not isinstance(raw, str):
        raise FieldProblem("type", NOT_TEXT)
    return raw


def nothing(raw: object) -> bool:
    """Whether nothing was sent: null, or an empty or blank text."""
    return raw is None or (isinstance(raw, str) and not raw.strip())
