"""What a consent is bound to: from watched paths to the single values behind them."""

from collections.abc import Iterable, Sequence

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.flow.spans import AnySpan, DecidedSpan
from guanxi.definitions.flow.steps import Asking, Call, Step, Wait
from guanxi.definitions.who import Selector
from guanxi.expressions import Formula

SAVED = frozenset({"version", "created_at", "created_by", "updated_at", "updated_by"})
"""Keys that every save moves, or that say nothing about the content."""


def read_watch(
    paths: Sequence[str], of: str, entity: Entity, pointer: str, compiling: Compiling
) -> tuple[str, ...]:
    """The single values behind watched paths: `lines` stands for every stored value of every line."""
    found: set[str] = set()
    for i, path in enumerate(paths):
        found |= _values(path, of, entity, f"{pointer}/{i}", compiling)
        refuse_moving((path,), entity, f"{pointer}/{i}", compiling)
    return tuple(sorted(found))


def refuse_moving(paths: Iterable[str], entity: Entity, pointer: str, compiling: Compiling) -> None:
    """Note a problem for what the approval itself moves: watching it, it would ask again for ever."""
    for path in sorted(set(paths)):
        field = entity.fields.get(path)
        if path in SAVED or (field is not None and field.type == "stage"):
            compiling.problem(
                pointer,
                f'"{path}" changes by the approval itself, so it cannot be what the consent is about',
                "watch and compare fields that people fill in",
            )


def _values(path: str, of: str, entity: Entity, pointer: str, compiling: Compiling) -> set[str]:
    head, _, tail = path.partition(".")
    field = entity.fields.get(head)
    if head not in SAVED:
        compiling.one_of(head, entity.fields, Part("field", of), pointer)
    if field is None:
        return set()
    if field.lines is None:
        if tail:
            formula = compiling.formula(path, of, None, pointer)
            return set(formula.reads) if formula else set()
        return _keys(field)
    if not tail:
        inner = field.lines.fields.values()
        return {head} | {f"{head}.{key}" for column in inner for key in _keys(column)}
    name = tail.partition(".")[0]
    if not compiling.one_of(name, field.lines.fields, Part("field", f"{of}.{head}"), pointer):
        return set()
    return {f"{head}.{key}" for key in _keys(field.lines.fields[name])}


def _keys(field: Field) -> set[str]:
    return {column.key for column in field.columns} or {field.name}


def step_reads(step: Step) -> frozenset[str]:
    """The record paths that a step reads beside its conditions and the people it asks."""
    formulas: list[AnySpan | None] = []
    people: list[Selector] = []
    if isinstance(step, Asking):
        formulas += [step.due, *(one.after for one in step.deadlines)]
        people += [one for deadline in step.deadlines for one in deadline.to]
        may = step.may
        people += [*may.transfer, *may.delegate, *may.add, *may.ask, *may.cc]
    if isinstance(step, Wait):
        formulas += [step.span, step.until, step.condition, *(one.formula for one in step.match.values())]
    if isinstance(step, Call) and step.each is not None:
        return frozenset({step.each})
    found = [one.reads for one in formulas if isinstance(one, Formula | DecidedSpan)]
    found += [one.reads for one in people]
    return frozenset[str]().union(*found)
