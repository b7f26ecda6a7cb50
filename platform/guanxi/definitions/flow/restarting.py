"""Effects that would make an approval ask again for ever: those on what its consents and ways hang on."""

from collections.abc import Iterable, Iterator

from guanxi.definitions.compiling import Compiling
from guanxi.definitions.effect import Effect, UpdateEffect, every_effect
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.scope import Document, every_step
from guanxi.definitions.flow.steps import Approve, Do, Step, walk

_KEYS = {
    "effects": "effects",
    "onEntered": "on_entered",
    "onApproved": "on_approved",
    "onRejected": "on_rejected",
}


def refuse_restarting(approval: Approval, document: Document, compiling: Compiling) -> None:
    """Note every effect of a running approval that sets a field which the approval hangs on itself."""
    bound = {path.partition(".")[0] for path in _bound(approval)}
    places = {item["name"]: pointer for item, pointer in every_step(document["steps"], "/steps")}
    for name in sorted(bound & _set_by(approval.on_submitted, approval.of)):
        _refuse(name, "/onSubmitted", compiling)
    for step in walk(approval.steps):
        for key, effects in _effects(step):
            for name in sorted(bound & _set_by(effects, approval.of)):
                _refuse(name, f"{places[step.name]}/{key}", compiling)


def _refuse(name: str, pointer: str, compiling: Compiling) -> None:
    message = f'this sets "{name}", which the approval itself hangs on, so it would start itself again'
    compiling.problem(pointer, message, "set it when the approval ends, or set another field")


def _bound(approval: Approval) -> Iterator[str]:
    yield from approval.seen
    for place in approval.places.values():
        yield from place.chose


def _effects(step: Step) -> Iterator[tuple[str, tuple[Effect, ...]]]:
    if isinstance(step, Approve | Do):
        for key, name in _KEYS.items():
            if hasattr(step, name):
                yield key, getattr(step, name)


def _set_by(effects: Iterable[Effect], of: str) -> set[str]:
    """The fields of the record that effects set: its own, or those that hold lines."""
    found = set[str]()
    for effect in every_effect(effects):
        if isinstance(effect, UpdateEffect):
            if effect.lines and effect.each is not None:
                found.add(effect.each.collection)
            elif effect.each is None and effect.entity == of:
                found |= effect.set.keys()
    return found
