"""The compiled entity: what a record is made of. Frozen; shared by every request that pins the catalog."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from guanxi.definitions.labels import Label
from guanxi.expressions import Formula

if TYPE_CHECKING:
    from guanxi.definitions.decisions.model import Asked

ColumnKind = Literal[
    "text", "integer", "decimal", "boolean", "date", "datetime", "duration", "reference", "options"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One database column of a field.

    `key` is the name under which a record holds the value: the field's name, or
    that with a part of it: `<field>.currency`, `<field>.city`.
    `scale` is the number of decimal places of a decimal column.
    """

    key: str
    name: str
    kind: ColumnKind
    scale: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """A value position of a definition: a literal, a formula when written `= ...`, or a table's answer."""

    literal: object = None
    formula: Formula | None = None
    decision: "Asked | None" = None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select, or one state of a stage; a choice is offered only where `when` holds."""

    name: str
    label: Label
    tint: str = "neutral"
    when: Formula | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Field:
    """One field of an entity or of its lines, with every option that its type allows."""

    name: str
    type: str
    label: Label
    help: Label | None = None
    required: bool = False
    unique: bool = False
    index: bool = False
    read_only: bool = False
    audit: bool = True
    default: Value | None = None
    formula: Formula | None = None
    suggest: Formula | None = None
    visible_when: Formula | None = None
    required_when: Formula | None = None
    read_only_when: Formula | None = None
    min: Decimal | date | timedelta | None = None
    max: Decimal | date | timedelta | None = None
    scale: int = 0
    currency: Value | None = None
    options: tuple[Option, ...] = ()
    to: str | None = None
    targets: tuple[str, ...] = ()
    """The entities of which a reference leads to one record; then `to` is None."""
    inverse: str | None = None
    choices: Formula | None = None
    on_delete: Literal["restrict", "clear"] = "restrict"
    tree: bool = False
    format: str | None = None
    country: str | None = None
    restart: Literal["never", "year", "month", "day"] = "never"
    assign_when: Formula | None = None
    gapless: bool = False
    types: tuple[str, ...] = ()
    lines: "Entity | None" = None
    columns: tuple[Column, ...] = ()

    @property
    def computed(self) -> bool:
        """Whether the platform fills it and nobody may write it."""
        return self.formula is not None or self.type in ("sequence", "stage")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Constraint:
    """`unique` over fields, a `check` that must hold at the end of the command, or `resources`.

    `resources` are fields whose values no two records have at the same time, from `start` up to `end`.
    `related` says that the check or `when` reads collections of other records.
    """

    name: str
    unique: tuple[str, ...] = ()
    check: Formula | None = None
    when: Formula | None = None
    message: Label | None = None
    resources: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    related: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Lock:
    """While `when` holds on the stored record, only the fields of `except_` may change."""

    name: str
    when: Formula
    except_: frozenset[str] = frozenset()
    message: Label | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Entity:
    """An entity, or the lines of one (then `parent` is set and `name` is `<entity>.<field>`)."""

    name: str
    label: Label
    plural: Label
    title: str
    icon: str
    table: str
    fields: Mapping[str, Field]
    constraints: tuple[Constraint, ...] = ()
    locks: tuple[Lock, ...] = ()
    owner: str | None = None
    parent: str | None = None
    help: Label | None = None
    order: tuple[str, ...] = ()
    """Names of the fields with a formula or suggestion, in the order in which they must be computed.

    A field of lines stands in it when its lines compute anything: all lines are completed at that place.
    """
    search: tuple[str, ...] = ()
    schema: Mapping[str, Any] = field(default_factory=dict)
    """The JSON Schema (2020-12) of a stored record in its JSON form."""

    @property
    def line_fields(self) -> tuple[Field, ...]:
        """The fields that hold lines."""
        return tuple(f for f in self.fields.values() if f.lines is not None)
