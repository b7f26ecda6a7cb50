"""Completing a record: defaults, suggestions and formulas, lines before the totals that read them.

A suggestion is computed while the field is untouched: when nothing was given and the record is new or what
the suggestion reads has changed. Then it is stored, so it stays the value at that time. A formula is always
computed. Money results are rounded to the minor unit of their currency.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Entity, Field, Value
from guanxi.definitions.fields.spans import whole_minutes
from guanxi.definitions.following import collections_read
from guanxi.expressions import Formula, MoneyType
from guanxi.expressions.exact import round_half_away, round_money

Record = dict[str, Any]


def complete(
    entity: Entity,
    record: Record,
    before: Mapping[str, Any] | None,
    given: frozenset[str],
    variables: Mapping[str, Any],
) -> Record:
    """Fill in what the platform computes, in place, and return the record.

    `record` holds the values and relation paths of `needs_of(entity)`; `before` is the stored record (None
    for a new one); `given` are the JSON pointers of the values that somebody entered. A formula over records
    that refer to this one keeps its value where these are not in `record`.
    """
    fill_defaults(entity, record, before, given, variables)
    _currencies(entity, record, variables)
    for name in entity.order:
        field = entity.fields[name]
        if field.lines is None and collections_read(entity, field) <= record.keys():
            _compute(field, record, before, given, variables, f"/{name}")
        elif field.lines is not None:
            _complete_lines(field, field.lines, record, before, given, variables)
    return record


def recompute(
    entity: Entity,
    record: Record,
    variables: Mapping[str, Any],
    collected: Mapping[str, Any] | None = None,
) -> Record:
    """Compute formulas and currencies of a stored record anew, in place; what was entered stays.

    `record` holds the values and relation paths of `needs_of(entity)`. Formulas over records that refer to
    it take their value from `collected`, by the name of the field, or keep the one that they have.
    """
    for field in entity.line_fields:
        for line in record.get(field.name) or ():
            line["parent"] = record
    _currencies(entity, record, variables)
    for name in entity.order:
        field = entity.fields[name]
        if collected is not None and name in collected and field.formula is not None:
            _keep(field, record, field.formula, collected[name])
        elif field.formula is not None and collections_read(entity, field) <= record.keys():
            _set(field, record, field.formula, variables)
        for line in (record.get(name) or ()) if field.lines is not None else ():
            _recompute_line(field.lines, line, variables)
    return record


def _recompute_line(lines: Entity | None, line: Record, variables: Mapping[str, Any]) -> None:
    if lines is None:
        return
    _currencies(lines, line, variables)
    for name in lines.order:
        formula = lines.fields[name].formula
        if formula is not None:
            _set(lines.fields[name], line, formula, variables)


def fill_defaults(
    entity: Entity,
    record: Record,
    before: Mapping[str, Any] | None,
    given: frozenset[str],
    variables: Mapping[str, Any],
) -> None:
    """Fill in the defaults of a new record and of new lines, in place; they read only the variables."""
    _defaults(entity, record, before, given, variables, "")
    for field in entity.line_fields:
        old = {line["id"]: line for line in (before or {}).get(field.name) or ()}
        for position, line in enumerate(record.get(field.name) or ()):
            line["parent"] = record
            if field.lines is not None:
                pointer = f"/{field.name}/{position}"
                _defaults(field.lines, line, old.get(line.get("id")), given, variables, pointer)


def _complete_lines(
    field: Field,
    lines: Entity,
    record: Record,
    before: Mapping[str, Any] | None,
    given: frozenset[str],
    variables: Mapping[str, Any],
) -> None:
    old = {line["id"]: {**line, "parent": before} for line in (before or {}).get(field.name) or ()}
    for position, line in enumerate(record.get(field.name) or ()):
        pointer = f"/{field.name}/{position}"
        former = old.get(line.get("id"))
        _currencies(lines, line, variables)
        for name in lines.order:
            _compute(lines.fields[name], line, former, given, variables, f"{pointer}/{name}")


def _compute(
    field: Field,
    record: Record,
    before: Mapping[str, Any] | None,
    given: frozenset[str],
    variables: Mapping[str, Any],
    pointer: str,
) -> None:
    if field.formula is not None:
        _set(field, record, field.formula, variables)
    elif field.suggest is not None:
        untouched = pointer not in given and (before is None or inputs_changed(field.suggest, record, before))
        if untouched or record.get(field.name) is None:
            _set(field, record, field.suggest, variables)


def inputs_changed(formula: Formula, record: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a stored value that the formula reads, here or in the owner of the line, has changed."""
    for path in formula.reads:
        names = path.split(".")
        here, there = (record["parent"], before["parent"]) if names[0] == "parent" else (record, before)
        name = names[1] if names[0] == "parent" else names[0]
        if not isinstance(here.get(name), list) and here.get(name) != (there or {}).get(name):
            return True
    return False


def _set(field: Field, record: Record, formula: Formula, variables: Mapping[str, Any]) -> None:
    _keep(field, record, formula, formula.evaluate(record, variables))


def _keep(field: Field, record: Record, formula: Formula, value: Any) -> None:
    if field.type == "money":
        value = _as_money(field, record, formula, value)
    elif field.type in ("decimal", "percent") and value is not None:
        value = round_half_away(Decimal(value), field.scale)
    elif field.type in ("time", "duration") and value is not None:
        value = whole_minutes(value)
    record[field.name] = value


def _as_money(field: Field, record: Record, formula: Formula, amount: Any) -> Decimal | None:
    """The amount in the field's currency; one in another currency is no value here."""
    own = record.get(f"{field.name}.currency")
    unit = formula.type.unit if isinstance(formula.type, MoneyType) else None
    if amount is None or own is None or (unit is not None and currency_of(unit, record) not in (own, None)):
        return None
    return round_money(Decimal(amount), own)


def currency_of(unit: str, record: Mapping[str, Any]) -> str | None:
    """The currency that a money unit names: a code such as CNY, or the value at a path."""
    if unit.isupper():
        return unit
    head, _, rest = unit.partition(".")
    if head == "parent" and "parent" in record:
        return currency_of(rest, record["parent"])
    value = record.get(unit)
    return value if isinstance(value, str) else None


def _currencies(entity: Entity, record: Record, variables: Mapping[str, Any]) -> None:
    """A declared currency holds for the field, whatever was there."""
    for field in entity.fields.values():
        if field.type == "money" and field.currency is not None:
            record[f"{field.name}.currency"] = _value(field.currency, record, variables)


def _defaults(
    entity: Entity,
    record: Record,
    before: Mapping[str, Any] | None,
    given: frozenset[str],
    variables: Mapping[str, Any],
    pointer: str,
) -> None:
    """Defaults belong to a new record or line only, and to fields that nobody was asked about."""
    for name, field in entity.fields.items():
        for key in (name, *(column.key for column in field.columns)):
            record.setdefault(key, [] if field.lines is not None else None)
        wanted = before is None and field.default is not None and f"{pointer}/{name}" not in given
        if wanted and field.default is not None and record[name] is None:
            record[name] = _value(field.default, record, variables)


def _value(value: Value, record: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
    return value.formula.evaluate(record, variables) if value.formula is not None else value.literal
