"""Reading a field: its conditions, formulas, default and bounds, in front of all shapes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.entity import Field, Option, Value
from guanxi.definitions.field_checks import check_field
from guanxi.definitions.fields import FIELD_TYPES, FieldProblem, Money
from guanxi.definitions.shapes import unit_of
from guanxi.expressions import Formula
from guanxi.expressions.types import BOOLEAN, TEXT, MoneyType, Type

Data = Mapping[str, Any]

_NUMBERS = frozenset(
    {"text", "longText", "integer", "decimal", "percent", "money", "rating", "file", "image"}
)


def read_field(plain: Field, data: Data, root: str, pointer: str, compiling: Compiling) -> Field:
    """The field with its formulas; `root` is the entity, or the lines, that the formulas are over."""
    field = replace(plain, min=_bound(plain, data.get("min")), max=_bound(plain, data.get("max")))
    wanted = FIELD_TYPES[field.type].expression_type(field, unit_of(data))
    anywhere = MoneyType() if isinstance(wanted, MoneyType) else wanted
    field = replace(
        field,
        visible_when=compiling.optional(data, "visibleWhen", root, BOOLEAN, pointer),
        required_when=compiling.optional(data, "requiredWhen", root, BOOLEAN, pointer),
        read_only_when=compiling.optional(data, "readOnlyWhen", root, BOOLEAN, pointer),
        formula=compiling.optional(data, "formula", root, wanted, pointer),
        suggest=compiling.optional(data, "suggest", root, anywhere, pointer),
        assign_when=compiling.optional(data, "assignWhen", root, BOOLEAN, pointer),
        choices=_choices(field, data, pointer, compiling),
        options=_options(field, data, root, pointer, compiling),
        currency=_value(data.get("currency"), root, TEXT, f"{pointer}/currency", compiling),
        columns=compiling.workshop.placement.columns(
            root, field.name, FIELD_TYPES[field.type].columns(field)
        ),
    )
    field = replace(field, default=_default(field, data, root, wanted, f"{pointer}/default", compiling))
    check_field(field, data, root, pointer, compiling)
    return field


def _bound(field: Field, raw: Any) -> Decimal | date | timedelta | None:
    if raw is None:
        return None
    if field.type in _NUMBERS:
        return Decimal(raw)
    try:
        if field.type in ("time", "duration"):
            span: timedelta | None = FIELD_TYPES[field.type].coerce(field, raw, form=False)
            return span
        return date.fromisoformat(raw)
    except (ValueError, FieldProblem):
        return None  # check_field names it


def _choices(field: Field, data: Data, pointer: str, compiling: Compiling) -> Formula | None:
    if field.to is None or "choices" not in data:
        return None
    return compiling.formula(data["choices"], field.to, BOOLEAN, f"{pointer}/choices")


def _options(field: Field, data: Data, root: str, pointer: str, compiling: Compiling) -> tuple[Option, ...]:
    """The options with their conditions; states of a stage are not declared here and have none."""
    if "options" not in data:
        return field.options
    return tuple(
        replace(option, when=compiling.optional(item, "when", root, BOOLEAN, f"{pointer}/options/{index}"))
        for index, (option, item) in enumerate(zip(field.options, data["options"], strict=True))
    )


def _value(raw: Any, root: str, wanted: Type, pointer: str, compiling: Compiling) -> Value | None:
    """A value position: a literal, or a formula after `= `; `== x` is the literal `= x`."""
    if raw is None:
        return None
    if isinstance(raw, str) and raw.startswith("= "):
        formula = compiling.formula(raw[2:].strip(), root, wanted, pointer)
        return Value(formula=formula) if formula is not None else None
    return Value(literal=raw[1:] if isinstance(raw, str) and raw.startswith("==") else raw)


def _default(
    field: Field, data: Data, root: str, wanted: Type, pointer: str, compiling: Compiling
) -> Value | None:
    anywhere = MoneyType() if isinstance(wanted, MoneyType) else wanted
    if field.name in compiling.workshop.broken:
        return None
    value = _value(data.get("default"), root, anywhere, pointer, compiling)
    if value is None:
        return None
    if value.formula is not None:
        if value.formula.reads:
            message = f"a default cannot read the record: {', '.join(sorted(value.formula.reads))}"
            compiling.problem(pointer, message, 'write it as "suggest"')
        return value
    if field.type == "reference":
        compiling.problem(
            pointer, "a record cannot be named in a definition", 'write an expression such as "= me"'
        )
        return None
    try:
        literal = FIELD_TYPES[field.type].coerce(field, value.literal, form=False)
    except FieldProblem as problem:
        compiling.problem(pointer, f"the default does not fit: {problem.message}", "")
        return None
    return Value(literal=literal.amount if isinstance(literal, Money) else literal)
