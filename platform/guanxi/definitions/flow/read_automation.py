"""Reading an automation document into its compiled form, with every problem named."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Final

from guanxi.definitions.compiling import Compiling, Part
from guanxi.definitions.flow.automation import (
    Automation,
    Becomes,
    Changed,
    Created,
    Decided,
    Deleted,
    Due,
    Entered,
    Every,
    Failed,
    OnDay,
    Received,
    Trigger,
)
from guanxi.definitions.flow.beginning import check_beginning
from guanxi.definitions.flow.places import index
from guanxi.definitions.flow.read_powers import read_may
from guanxi.definitions.flow.read_process import check_structure, process_reads, read_head, scope_of
from guanxi.definitions.flow.read_steps import StepReader
from guanxi.definitions.flow.scope import Document, Scope, Transitions, every_step
from guanxi.expressions.types import BOOLEAN, DATE, DATETIME

_TIMED: Final = frozenset({"due", "every", "day"})
_SEGMENTED: Final = frozenset({"every", "day"})
_BESIDES: Final[Mapping[str, frozenset[str]]] = {
    "before": frozenset({"due"}),
    "after": frozenset({"due"}),
    "at": _TIMED,
}


def read_automation(document: Document, compiling: Compiling, transitions: Transitions) -> Automation | None:
    """Compile an automation document that its meta-schema has accepted; None where it cannot begin.

    Problems are noted in `compiling`; when there are any, the result must not be used.
    """
    entity = compiling.entity(document["of"])
    if entity is None:
        compiling.known("entity", document["of"], "/of")
        return None
    scope = scope_of(document, "automation", entity, transitions, compiling)
    names = tuple(item["name"] for item, _ in every_step(document["steps"], "/steps"))
    may = read_may(document, "", scope, names)
    steps = StepReader(scope, may).steps(document["steps"], "/steps")
    check_structure(document, compiling)
    on = _trigger(document, scope)
    head = read_head(document, scope)
    where = compiling.optional(document, "where", scope.of, BOOLEAN, "")
    if on is None:
        return None
    check_beginning(on, steps, document, scope)
    places = index(steps)
    return Automation(
        **head,
        steps=steps,
        may=may,
        places=places,
        reads=process_reads(steps, places, head) | _reads(on) | (where.reads if where else frozenset()),
        on=on,
        where=where,
        again=document.get("again", "always"),
        depth=document.get("depth", 8),
        active=document.get("active", True),
    )


def _reads(on: Trigger) -> frozenset[str]:
    match on:
        case Becomes(condition=formula) | Due(moment=formula):
            return formula.reads
        case _:
            return frozenset()


def _trigger(document: Document, scope: Scope) -> Trigger | None:
    on, problem = document["on"], scope.compiling.problem
    kinds = [kind for kind in _READ if kind in on]
    if len(kinds) != 1:
        message = f"it begins with exactly one of {', '.join(_READ)}"
        problem("/on", message, "write one automation for each beginning")
        return None
    kind = kinds[0]
    for key, with_kinds in _BESIDES.items():
        if key in on and kind not in with_kinds:
            problem(f"/on/{key}", f'"{key}" says nothing with "{kind}"', "remove it")
    if "before" in on and "after" in on:
        problem("/on/after", 'it is either "before" or "after"', "remove one of them")
    if "where" in document and kind not in _SEGMENTED:
        problem("/where", f'"where" says nothing with "{kind}"', 'write it as "when"')
    if kind == "day" and not scope.calendar:
        problem("/on/day", "the day of a calendar needs one", 'name it: "calendar": "..."')
    return _READ[kind](on, scope)


def _changed(on: Document, scope: Scope) -> Trigger:
    fields = on["changed"] if isinstance(on["changed"], list) else ()
    for i, name in enumerate(fields):
        scope.compiling.one_of(name, scope.entity.fields, Part("field", scope.of), f"/on/changed/{i}")
    return Changed(frozenset(fields))


def _entered(on: Document, scope: Scope) -> Trigger:
    stages = [field for field in scope.entity.fields.values() if field.type == "stage"]
    states = {option.name for field in stages for option in field.options}
    scope.compiling.one_of(on["entered"], states, Part("state", scope.of), "/on/entered")
    return Entered(on["entered"])


def _becomes(on: Document, scope: Scope) -> Trigger | None:
    condition = scope.compiling.formula(on["becomes"], scope.of, BOOLEAN, "/on/becomes")
    return Becomes(condition) if condition else None


def _due(on: Document, scope: Scope) -> Trigger | None:
    moment = scope.compiling.formula(on["due"], scope.of, (DATETIME, DATE), "/on/due")
    before, after = scope.span(on, "before", "/on"), scope.span(on, "after", "/on")
    return Due(moment, before, after, _at(on)) if moment else None


def _every(on: Document, scope: Scope) -> Trigger | None:
    span = scope.span(on, "every", "/on")
    return Every(span, _at(on)) if span else None


def _failed(on: Document, scope: Scope) -> Trigger:
    scope.compiling.known("message", on["failed"], "/on/failed")
    return Failed(on["failed"])


def _decided(on: Document, scope: Scope) -> Trigger:
    name = on["decided"]["approval"]
    if scope.compiling.known("approval", name, "/on/decided/approval"):
        scope.compiling.process(name, scope.of, "/on/decided/approval")
    return Decided(name, on["decided"].get("outcome"))


def _at(on: Document) -> time | None:
    return time.fromisoformat(on["at"]) if "at" in on else None


_READ: Final[Mapping[str, Callable[[Document, Scope], Trigger | None]]] = {
    "created": lambda _on, _scope: Created(),
    "changed": _changed,
    "deleted": lambda _on, _scope: Deleted(),
    "entered": _entered,
    "becomes": _becomes,
    "due": _due,
    "every": _every,
    "day": lambda on, _scope: OnDay(on["day"], _at(on)),
    "event": lambda on, _scope: Received(on["event"]),
    "failed": _failed,
    "decided": _decided,
}
"""How each beginning is read."""
