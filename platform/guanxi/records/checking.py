"""What the declared type and bounds of a field say of a value, once the record is complete."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields.numbers import plain
from guanxi.definitions.fields.spans import clock
from guanxi.errors import N_, Problem
from guanxi.expressions.exact import minor_unit, round_money

TOO_SMALL = N_("{label} must be at least {limit}.")
TOO_LARGE = N_("{label} must be at most {limit}.")
NO_CURRENCY = N_("{label}: choose a currency first.")
OTHER_CURRENCY = N_("{label} is in {currency} here. Enter the amount in {currency}.")
NAMED_CURRENCY = "{}.currency.named"
"""Where a payload's own currency is kept until it is compared with the declared one."""
TOO_FINE = N_("{label}: {currency} has at most {places} decimal places.")


def check_values(entity: Entity, record: Mapping[str, Any], given: frozenset[str]) -> list[Problem]:
    """Every value that is out of bounds, on the record and on its lines.

    `given` are the pointers of the payload; a currency that somebody named must be the declared one.
    """
    problems = _check(entity, record, "", given)
    for field in entity.line_fields:
        if field.lines is not None:
            for position, line in enumerate(record.get(field.name) or ()):
                problems += _check(field.lines, line, f"/{field.name}/{position}", given)
    return problems


def _check(entity: Entity, record: Mapping[str, Any], base: str, given: frozenset[str]) -> list[Problem]:
    problems = []
    for field in entity.fields.values():
        value = record.get(field.name)
        if value is None or field.computed:
            continue
        problem = _bounds(field, value, base)
        if problem is None and field.type == "money":
            problem = _currency(field, record, base, given)
        if problem is not None:
            problems.append(problem)
    return problems


def _bounds(field: Field, value: Any, base: str) -> Problem | None:
    if isinstance(value, str):
        # The bounds of a text are those of its length; they were judged when it was read.
        return None
    if field.min is not None and value < field.min:
        limit = _written(field.min)
        return Problem(f"{base}/{field.name}", "too_small", TOO_SMALL(label=field.label, limit=limit))
    if field.max is not None and value > field.max:
        limit = _written(field.max)
        return Problem(f"{base}/{field.name}", "too_large", TOO_LARGE(label=field.label, limit=limit))
    return None


def _written(limit: Any) -> Any:
    if isinstance(limit, Decimal):
        return plain(limit)
    return clock(limit) if isinstance(limit, timedelta) else limit


def _currency(field: Field, record: Mapping[str, Any], base: str, given: frozenset[str]) -> Problem | None:
    """An amount needs a currency, the declared one where one is declared, and no more places than it has."""
    pointer, currency = f"{base}/{field.name}", record.get(f"{field.name}.currency")
    if currency is None:
        return Problem(pointer, "no_currency", NO_CURRENCY(label=field.label))
    named = record.get(NAMED_CURRENCY.format(field.name))
    if f"{pointer}/currency" in given and named not in (None, currency):
        return Problem(pointer, "other_currency", OTHER_CURRENCY(label=field.label, currency=currency))
    places = minor_unit(currency)
    if round_money(record[field.name], currency) != record[field.name]:
        return Problem(pointer, "too_precise", TOO_FINE(label=field.label, currency=currency, places=places))
    return None
