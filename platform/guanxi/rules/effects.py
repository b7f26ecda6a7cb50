"""Effects: what they write, worked out from the record as it is; nothing is carried out here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.definitions.effect import (
    CallEffect,
    CreateEffect,
    Each,
    Effect,
    EmitEffect,
    IfEffect,
    LinesFrom,
    SendEffect,
    UpdateEffect,
)
from guanxi.definitions.entity import Entity, Field, Value
from guanxi.definitions.fields import FIELD_TYPES, Money
from guanxi.definitions.fields.any_reference import Link
from guanxi.definitions.fields.references import LINK
from guanxi.expressions import Formula, MoneyType, ReferenceType
from guanxi.records.checking import NAMED_CURRENCY
from guanxi.records.completing import currency_of
from guanxi.records.payload import Reading
from guanxi.rules.decisions import decide

Record = Mapping[str, Any]
INPUT = "input."
"""How the paths begin of what a person says when they press something."""


@dataclass(frozen=True, slots=True)
class Write:
    """What is to be written: values over the record `id` of `entity`, or of a new one."""

    entity: str
    id: int | None
    reading: Reading = field(default_factory=Reading)


def reads_of(effect: Effect) -> frozenset[str]:
    """The paths of the record that an effect reads, without those inside of a condition's effects."""
    found: set[str] = set()
    if isinstance(effect, IfEffect):
        return effect.condition.reads
    if isinstance(effect, UpdateEffect):
        found |= _reads(effect.each, effect.set)
    if isinstance(effect, CallEffect | EmitEffect):
        found |= _reads(None, effect.data)
    if isinstance(effect, SendEffect):
        found |= frozenset[str]().union(*(one.reads for one in effect.to))
    if isinstance(effect, CreateEffect):
        found |= _reads(None, effect.set)
        for lines in effect.lines.values():
            found |= _reads(lines.each, lines.set)
    return frozenset(found)


def writes_of(
    effect: UpdateEffect | CreateEffect,
    source: Entity,
    record: Record,
    entities: Mapping[str, Entity],
    variables: Record,
) -> list[Write]:
    """The writes of an effect on a record of `source`, which holds the paths of `reads_of`."""
    if isinstance(effect, CreateEffect):
        return [_created(effect, entities[effect.entity], record, variables)]
    if effect.each is None:
        write = Write(effect.entity, record["id"])
        _set(write.reading, effect.set, source, record, variables)
        return [write]
    if effect.lines:
        return _lines_updated(effect, effect.each, source, record, variables)
    found = []
    for row, scope in _rows(effect.each, record, variables):
        write = Write(effect.entity, row["id"])
        _set(write.reading, effect.set, entities[effect.entity], scope, variables)
        found.append(write)
    return found


def _created(effect: CreateEffect, target: Entity, record: Record, variables: Record) -> Write:
    write = Write(effect.entity, None)
    reading = write.reading
    _set(reading, effect.set, target, record, variables)
    for name, lines in effect.lines.items():
        holder = target.fields[name].lines
        if holder is not None:
            reading.given.add(f"/{name}")
            reading.values[name] = list(_lines(lines, name, holder, record, variables, reading))
    return write


def _lines(
    lines: LinesFrom, name: str, holder: Entity, record: Record, variables: Record, reading: Reading
) -> Iterator[dict[str, Any]]:
    for position, (_, scope) in enumerate(_rows(lines.each, record, variables)):
        inner = Reading({"id": None})
        _set(inner, lines.set, holder, scope, variables)
        reading.given |= {f"/{name}/{position}{pointer}" for pointer in inner.given}
        yield inner.values


def _lines_updated(
    effect: UpdateEffect, each: Each, source: Entity, record: Record, variables: Record
) -> list[Write]:
    holder = source.fields[each.collection].lines
    rows = record.get(each.collection) or ()
    chosen = {row["id"]: scope for row, scope in _rows(each, record, variables)}
    if holder is None or not chosen:
        return []
    write = Write(source.name, record["id"])
    kept = []
    for position, row in enumerate(rows):
        inner = Reading({key: value for key, value in row.items() if key != "parent"})
        if row["id"] in chosen:
            _set(inner, effect.set, holder, chosen[row["id"]], variables)
        write.reading.given |= {f"/{each.collection}/{position}{pointer}" for pointer in inner.given}
        kept.append(inner.values)
    write.reading.values[each.collection] = kept
    write.reading.given.add(f"/{each.collection}")
    return [write]


def _rows(each: Each, record: Record, variables: Record) -> Iterator[tuple[Record, Record]]:
    """The rows that an effect is about, each with the record as expressions see it beside the row."""
    for row in record.get(each.collection) or ():
        beside = {f"{each.row}.{key}": value for key, value in row.items() if key != "parent"}
        above = {f"{each.row}.parent.{key}": value for key, value in record.items()}
        scope = {**above, **record, **beside, each.row: row["id"], f"{each.row}.parent": record["id"]}
        if each.when is None or each.when.evaluate(scope, variables) is True:
            yield row, scope


def _set(
    reading: Reading, values: Mapping[str, Value], target: Entity, scope: Record, variables: Record
) -> None:
    for name, value in values.items():
        reading.given.add(f"/{name}")
        found: Any = worked_out(value, scope, variables)
        if target.fields[name].type == "references":
            reading.given.add(f"/{name}/0")
            reading.values[name] = [] if found is None else [{"id": None, LINK: found}]
            continue
        currency = None
        if value.decision is not None and found is not None:
            currency = value.decision.output.measure.currency
        if isinstance(found, Money):
            found, currency = found.amount, found.currency
        elif target.fields[name].type == "money" and value.formula is not None and found is not None:
            currency = unit_behind(value.formula, scope)
        reading.values |= _kept(target.fields[name], found, value.formula, scope)
        if currency is not None:
            reading.values[f"{name}.currency"] = currency
            reading.values[NAMED_CURRENCY.format(name)] = currency


def _kept(field: Field, found: Any, formula: Formula | None, scope: Record) -> dict[str, Any]:
    """What the record holds for a value; a field that is taken over whole brings its parts."""
    kind = FIELD_TYPES[field.type]
    if field.targets and formula is not None and isinstance(formula.type, ReferenceType):
        return kind.kept(field, None if found is None else str(Link(formula.type.entity, found)))
    if formula is None or not kind.parts(field):
        return kind.kept(field, found)
    parts = {part: f"{formula.text.strip()}.{part}" for part in kind.parts(field)}
    if all(key in scope for key in parts.values()):
        return {field.name: found} | {f"{field.name}.{part}": scope[key] for part, key in parts.items()}
    return kind.kept(field, kind.coerce(field, found, form=True))


def worked_out(value: Value, scope: Record, variables: Record) -> Any:
    """What a value is for a record.

    Raises:
        Undecided: a decision table has no answer for it.
    """
    if value.decision is not None:
        return decide(value.decision.table, scope, variables).outputs[value.decision.output.name]
    return value.literal if value.formula is None else value.formula.evaluate(scope, variables)


def unit_behind(formula: Formula, scope: Record) -> str | None:
    """The currency of the amounts that an expression gives, where there is one."""
    unit = formula.type.unit if isinstance(formula.type, MoneyType) else None
    return None if unit is None else currency_of(unit, scope)


def _reads(each: Each | None, values: Mapping[str, Value]) -> set[str]:
    """The paths that values read, those of a row as paths of its collection."""
    formulas = [value.formula for value in values.values() if value.formula is not None]
    if each is not None and each.when is not None:
        formulas.append(each.when)
    tables = [value.decision.table for value in values.values() if value.decision is not None]
    found = set[str]().union(*(table.reads for table in tables))
    for formula in formulas:
        unit = formula.type.unit if isinstance(formula.type, MoneyType) else None
        found |= formula.reads | ({unit} if unit is not None and not unit.isupper() else set())
    if each is None:
        return found
    return {each.collection} | {path for one in found for path in _of_row(each, one)}


def _of_row(each: Each, path: str) -> Iterator[str]:
    head, _, rest = path.partition(".")
    if head != each.row:
        yield path
    elif rest.startswith("parent."):
        yield rest.removeprefix("parent.")
    elif rest and rest != "parent":
        yield f"{each.collection}.{rest}"
