"""Judging whether an automation can begin as it says, and go on from there."""

from guanxi.definitions.effect import MoveEffect, StartEffect, UpdateEffect, every_effect
from guanxi.definitions.flow.automation import Becomes, Deleted, Due, Every, Trigger
from guanxi.definitions.flow.scope import Document, Scope, every_step
from guanxi.definitions.flow.spans import Span
from guanxi.definitions.flow.steps import Call, Do, Step, Task, Wait, walk
from guanxi.expressions import CollectionType, Formula, ReferenceType

LATER = Wait | Task | Call
"""Steps that take time."""


def check_beginning(on: Trigger, steps: tuple[Step, ...], document: Document, scope: Scope) -> None:
    """Note what could not begin, would never begin, or has no record any more."""
    match on:
        case Every(span=span) if not isinstance(span, Span):
            message = "a span that varies needs a record, and a schedule has none"
            scope.compiling.problem("/on/every", message, 'write a fixed one, as in "1 week"')
        case Becomes(condition=condition):
            _refuse_others(condition, "/on/becomes", scope)
            for name in sorted({"now", "today"} & set(condition.variables)):
                message = f'"{name}" goes on by itself, and no event tells when it does'
                scope.compiling.problem("/on/becomes", message, 'begin with "due"')
        case Due(moment=moment, before=before):
            _refuse_others(moment, "/on/due", scope)
            if isinstance(before, Span) and before.working and before.unit != "days":
                message = "working time is counted back in days only"
                scope.compiling.problem("/on/before", message, "write working days, or hours")
        case Deleted():
            _refuse_gone(steps, document, scope)
        case _:
            return


def _refuse_others(formula: Formula, pointer: str, scope: Scope) -> None:
    """What other records hold changes without an event of this one."""
    for path in sorted(formula.reads):
        if _leaves(path, scope):
            message = f'"{path}" is of another record, whose changes are no event of this one'
            hint = "make a formula field of it, and read that"
            scope.compiling.problem(pointer, message, hint)


def _leaves(path: str, scope: Scope) -> bool:
    shapes = scope.compiling.workshop.shapes
    shape, names = shapes[scope.of], path.split(".")
    for place, name in enumerate(names):
        kind = shape.members.get(name)
        if isinstance(kind, CollectionType) and kind.via is None:
            shape = shapes[kind.entity]
        elif isinstance(kind, CollectionType):
            return True
        elif isinstance(kind, ReferenceType):
            return place < len(names) - 1
    return False


def _refuse_gone(steps: tuple[Step, ...], document: Document, scope: Scope) -> None:
    """A record that was deleted can be told of, and lead others to be made; nothing of it is left."""
    places = {item["name"]: pointer for item, pointer in every_step(document["steps"], "/steps")}
    for step in walk(steps):
        if isinstance(step, LATER):
            message = "the record is gone, so nothing can be waited for"
            scope.compiling.problem(places[step.name], message, "use steps that do something at once")
        if isinstance(step, Do) and any(
            isinstance(effect, MoveEffect | StartEffect | UpdateEffect)
            for effect in every_effect(step.effects)
        ):
            message = "the record is gone, so nothing of it can be changed"
            scope.compiling.problem(places[step.name], message, "create, send, call or emit")
