"""Which related values the formulas of an entity read, so that storage fetches just those."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guanxi.definitions.entity import Entity, Field
from guanxi.expressions import Formula, MoneyType


@dataclass(frozen=True, slots=True)
class Needs:
    """Relation paths by where they start: at the record (`account.currency`), or at a line of a field."""

    record: frozenset[str]
    lines: dict[str, frozenset[str]]

    def __or__(self, other: "Needs") -> "Needs":
        names = self.lines.keys() | other.lines.keys()
        empty: frozenset[str] = frozenset()
        lines = {name: self.lines.get(name, empty) | other.lines.get(name, empty) for name in names}
        return Needs(self.record | other.record, lines)


@lru_cache(maxsize=512)
def needs_of(entity: Entity) -> Needs:
    """The relation paths that computing and judging a record of the entity reads."""
    found = needs_of_paths(entity, _reads(entity))
    for field in entity.line_fields:
        if field.lines is not None:
            found |= _of_line_paths(entity, field, _reads(field.lines))
    return found


def needs_of_paths(entity: Entity, paths: set[str] | frozenset[str]) -> Needs:
    """The part of these paths, read from a record of the entity, that leads over a reference."""
    record: set[str] = set()
    lines: dict[str, frozenset[str]] = {}
    for path in paths:
        head, _, rest = path.partition(".")
        field = entity.fields.get(head)
        if field is not None and field.lines is not None:
            if _leads_over(field.lines, rest):
                lines[head] = lines.get(head, frozenset()) | {rest}
        elif _leads_over(entity, path):
            record.add(path)
    return Needs(frozenset(record), lines)


def _of_line_paths(entity: Entity, field: Field, paths: set[str]) -> Needs:
    above = {path.removeprefix("parent.") for path in paths if path.startswith("parent.")}
    below = {f"{field.name}.{path}" for path in paths if not path.startswith("parent.")}
    return needs_of_paths(entity, above | below)


def _leads_over(entity: Entity, path: str) -> bool:
    """Whether the path goes on after a reference (`price.currency` of a money field does not)."""
    head, _, rest = path.partition(".")
    field = entity.fields.get(head)
    reference = field.to is not None if field is not None else head in ("created_by", "updated_by")
    return bool(rest) and reference


def _reads(entity: Entity) -> set[str]:
    """What the formulas read, and the currencies of the money they give."""
    paths: set[str] = set()
    for formula in _formulas(entity):
        paths |= formula.reads
        unit = formula.type.unit if isinstance(formula.type, MoneyType) else None
        if unit is not None and not unit.isupper():
            paths.add(unit)
    return paths


def _formulas(entity: Entity) -> Iterator[Formula]:
    for field in entity.fields.values():
        conditions = (field.visible_when, field.required_when, field.read_only_when, field.assign_when)
        offered = (option.when for option in field.options)
        for formula in (field.formula, field.suggest, *conditions, *offered):
            if formula is not None:
                yield formula
        for value in (field.default, field.currency):
            if value is not None and value.formula is not None:
                yield value.formula
    for constraint in entity.constraints:
        if constraint.related:
            continue  # the database judges it at the end of the command
        yield from (formula for formula in (constraint.check, constraint.when) if formula is not None)
    yield from (lock.when for lock in entity.locks)
