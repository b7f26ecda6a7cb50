"""Turning a stored value into one of another field: when a field's type, scale or options change.

Nothing is guessed: a value that the new field cannot hold is a problem. Only decimal places are rounded;
whoever asks learns of it by turning the value back.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields import FIELD_TYPES, FieldProblem
from guanxi.definitions.fields.any_reference import leads_to
from guanxi.definitions.fields.datetime import moment_text
from guanxi.definitions.fields.numbers import check_range, plain, read_decimal
from guanxi.errors import N_
from guanxi.expressions.exact import round_half_away
from guanxi.expressions.types import MONEY_SCALE

Record = Mapping[str, Any]

NUMBERS = frozenset({"integer", "decimal", "percent", "money", "rating"})
CHOICES = frozenset({"select", "stage"})
TEXTS = frozenset({"text", "longText"})
YES, NO = ("yes", "true"), ("no", "false")
"""Names of options that mean so."""
_CURRENCY = re.compile("[A-Z]{3}")
NEITHER = N_("{value} means neither yes nor no.")
NO_WAY = N_("There is no way from {before} to {after}.")
NOT_AN_OPTION = N_("{value} is none of the options.")
NOT_THERE = N_("The field does not lead to {value} any more.")
NO_CURRENCY = N_("There is no one currency that the amounts are in.")


def converted(
    before: Field, after: Field, record: Record, title: str | None = None, zone: tzinfo = UTC
) -> dict[str, Any]:
    """The values that `after` keeps, by key, for those that `before` keeps in the record.

    `title` is what a referred record is called, `zone` the time zone in which days begin.

    Raises:
        FieldProblem: `after` cannot hold it.
    """
    value = record.get(before.name)
    kind = FIELD_TYPES.get(after.type)
    nothing = {column.key: None for column in after.columns}
    if value is None:
        return nothing
    if before.type in NUMBERS and after.type in NUMBERS:
        return nothing | _number(before, after, Decimal(value), record)
    between = _between(before, after, value, zone)
    if between is not None:
        return between
    if after.type == "multiSelect" and before.type in (*CHOICES, "multiSelect"):
        names = value if isinstance(value, tuple) else (value,)
        return {
            after.name: FIELD_TYPES[after.type].coerce(
                after, [_choice(after, name) for name in names], form=False
            )
        }
    if before.type == after.type == "reference" and (before.targets or after.targets):
        return _reference(before, after, record)
    if after.type in CHOICES:
        return {after.name: _choice(after, _text(before, record, title))}
    if before.type == after.type or (after.type == "sequence" and isinstance(value, str)):
        return nothing | {key: record.get(_key(before, after, key)) for key in nothing}
    if (before.type, after.type) == ("image", "file"):
        return {key: record.get(_key(before, after, key)) for key in nothing}
    if after.type in ("reference", "stage", "sequence", "lines", "file", "image"):
        raise FieldProblem("no_way", NO_WAY(before=before.type, after=after.type))
    if kind is None or after.type == "money":
        raise FieldProblem("no_way", NO_WAY(before=before.type, after=after.type))
    return kind.kept(after, kind.coerce(after, _text(before, record, title), form=True))


def comes_back(before: Field, after: Field, record: Record, values: Record, zone: tzinfo = UTC) -> bool:
    """Whether the values that `after` keeps can be turned back into those of the record."""
    try:
        again = converted(after, before, values, zone=zone)
    except FieldProblem:
        return False
    return all(again[column.key] == record.get(column.key) for column in before.columns)


def _reference(before: Field, after: Field, record: Record) -> dict[str, Any]:
    """A reference to one of several entities in place of one that always leads to the same, or back."""
    link = leads_to(before, record)
    if link is None or link.entity not in (after.targets or (after.to,)):
        raise FieldProblem("no_way", NOT_THERE(value=record[before.name]))
    return FIELD_TYPES[after.type].kept(after, str(link) if after.targets else link.id)


def _between(before: Field, after: Field, value: Any, zone: tzinfo) -> dict[str, Any] | None:
    """The values where two types have a way of their own between them; None where they have none."""
    if {before.type, after.type} == {"date", "datetime"}:
        return {after.name: _moved_in_time(after, value, zone)}
    if after.type == "money" and before.type in TEXTS:
        return _money(after, str(value))
    if {before.type, after.type} == {"boolean", "select"}:
        return {after.name: _yes_or_no(after, value)}
    return None


def _moved_in_time(after: Field, value: date, zone: tzinfo) -> date:
    """A day as the moment at which it begins, a moment as its day."""
    if isinstance(value, datetime):
        text = value.astimezone(zone).date().isoformat()
    else:
        text = moment_text(datetime.combine(value, time(), zone))
    found: date = FIELD_TYPES[after.type].coerce(after, text, form=False)
    return found


def _money(after: Field, text: str) -> dict[str, Any]:
    """An amount, with its currency behind it unless the field has a fixed one."""
    number, _, written = text.strip().partition(" ")
    fixed = after.currency.literal if after.currency is not None else None
    currency = written.strip() or fixed
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency) or fixed not in (None, currency):
        raise FieldProblem("no_currency", NO_CURRENCY)
    amount = read_decimal(number, MONEY_SCALE, form=True)
    check_range(after, amount)
    return {after.name: amount, f"{after.name}.currency": currency}


def _yes_or_no(after: Field, value: object) -> bool | str:
    """Yes or no as one of the options, or an option as yes or no."""
    if after.type == "boolean":
        if value not in (*YES, *NO):
            raise FieldProblem("boolean", NEITHER(value=value))
        return value in YES
    names = {option.name for option in after.options}
    wanted = YES if value else NO
    found = next((name for name in wanted if name in names), None)
    if found is None:
        raise FieldProblem("choice", NOT_AN_OPTION(value=wanted[0]))
    return found


def mapped(record: Record, name: str, values: Mapping[str, str]) -> Record:
    """The record with another value, or other values, where `values` names one; else the record itself."""
    value = record.get(name)
    if isinstance(value, tuple) and any(one in values for one in value):
        return {**record, name: tuple(dict.fromkeys(values.get(one, one) for one in value))}
    return {**record, name: values[value]} if isinstance(value, str) and value in values else record


def _number(before: Field, after: Field, number: Decimal, record: Record) -> dict[str, Any]:
    if after.type in ("integer", "rating"):
        whole = round_half_away(number, 0)
        return {after.name: FIELD_TYPES[after.type].coerce(after, int(whole), form=False)}
    if after.type == "money":
        currency = record.get(f"{before.name}.currency")
        if currency is None and after.currency is not None and isinstance(after.currency.literal, str):
            currency = after.currency.literal
        if currency is None:
            raise FieldProblem("no_currency", NO_CURRENCY)
        amount = round_half_away(number, MONEY_SCALE)
        check_range(after, amount)
        return {after.name: amount, f"{after.name}.currency": currency}
    rounded = round_half_away(number, after.scale)
    return {after.name: FIELD_TYPES[after.type].coerce(after, rounded, form=False)}


def _choice(after: Field, text: str) -> str:
    if all(option.name != text for option in after.options):
        raise FieldProblem("choice", NOT_AN_OPTION(value=text))
    return text


def _text(before: Field, record: Record, title: str | None) -> str:
    """A value as a person would write it."""
    value = record[before.name]
    if before.type == "reference":
        return title if title is not None else str(value)
    if before.type == "money":
        currency = record.get(f"{before.name}.currency")
        return f"{plain(value)} {currency}" if currency else plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, str) and before.type == "address":
        return value
    shown = FIELD_TYPES[before.type].to_json(before, record)
    if not isinstance(shown, str | int):
        raise FieldProblem("no_way", NO_WAY(before=before.type, after="text"))
    return str(shown)


def _key(before: Field, after: Field, key: str) -> str:
    return before.name + key[len(after.name) :]
