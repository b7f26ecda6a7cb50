"""What effects tell others, as JSON that anybody can read."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from guanxi.definitions.effect import CallEffect, EmitEffect
from guanxi.definitions.entity import Value
from guanxi.definitions.fields import Money
from guanxi.expressions import MoneyType, ReferenceType
from guanxi.rules.effects import unit_behind, worked_out

Record = Mapping[str, Any]


def data_of(effect: CallEffect | EmitEffect, record: Record, variables: Record) -> dict[str, Any]:
    """The data of an effect on a record that holds the paths of `reads_of`.

    Exact numbers and ids are texts, money has its currency, moments are in UTC, durations are seconds.
    """
    return {name: _told(value, record, variables) for name, value in effect.data.items()}


def _told(value: Value, record: Record, variables: Record) -> Any:
    found = worked_out(value, record, variables)
    if value.decision is not None:
        measure = value.decision.output.measure
        kind, unit = measure.expression_type(), measure.currency
    elif value.formula is not None:
        kind, unit = value.formula.type, unit_behind(value.formula, record)
    else:
        return found
    match found:
        case Money(amount=amount, currency=currency):
            return {"amount": str(amount), "currency": currency}
        case Decimal() if isinstance(kind, MoneyType):
            return {"amount": str(found), "currency": unit}
        case datetime():
            return found.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return found.isoformat()
        case timedelta():
            return found.total_seconds()
        case int() if isinstance(kind, ReferenceType):
            return str(found)
        case Decimal():
            return str(found)
        case _:
            return found
