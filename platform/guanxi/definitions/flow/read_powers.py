"""Reading what people may do at a step: rights, deadlines, answers, fields."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from guanxi.definitions.compiling import Part
from guanxi.definitions.flow.powers import FILLED, PREVIOUS, USUAL, Deadline, FieldAccess, May, Outcome
from guanxi.definitions.flow.scope import DONE, Document, Scope, label_of
from guanxi.definitions.labels import humanised
from guanxi.definitions.read_who import read_who
from guanxi.definitions.who import SUBMITTER, Selector

_PEOPLE: Final = ("transfer", "delegate", "add", "ask", "cc")
_NEEDS_PEOPLE: Final = frozenset({"escalate", "reassign"})
_TAKES_PEOPLE: Final = _NEEDS_PEOPLE | {"remind"}


def read_may(item: Document, pointer: str, scope: Scope, before: Sequence[str], usual: May = USUAL) -> May:
    """What is allowed at a step that has the steps `before` it; `usual` is what the process says."""
    if "may" not in item:
        return _within(usual, before)
    given, pointer = item["may"], f"{pointer}/may"
    for i, target in enumerate(given.get("return", ())):
        if target not in (SUBMITTER, PREVIOUS):
            part = Part("step", scope.name, "earlier step to go back to")
            scope.compiling.one_of(target, {*before, SUBMITTER, PREVIOUS}, part, f"{pointer}/return/{i}")
    people: dict[str, tuple[Selector, ...]] = {
        key: read_who(given[key], scope.of, f"{pointer}/{key}", scope.compiling)
        if key in given
        else getattr(usual, key)
        for key in _PEOPLE
    }
    return May(
        return_to=tuple(given["return"]) if "return" in given else _within(usual, before).return_to,
        transfer=people["transfer"],
        delegate=people["delegate"],
        add=people["add"],
        ask=people["ask"],
        cc=people["cc"],
        remind=given.get("remind", usual.remind),
        comment=given.get("comment", usual.comment),
        skip=given.get("skip", usual.skip),
    )


def _within(usual: May, before: Sequence[str]) -> May:
    """What the process allows, but for returns to steps that do not lie before this one."""
    reached = tuple(one for one in usual.return_to if one in (SUBMITTER, PREVIOUS) or one in before)
    if reached == usual.return_to:
        return usual
    return May(
        return_to=reached,
        **{key: getattr(usual, key) for key in (*_PEOPLE, "remind", "comment", "skip")},
    )


def read_deadlines(item: Document, pointer: str, scope: Scope, *, task: bool) -> tuple[Deadline, ...]:
    """The sound deadlines of a step."""
    items = item.get("deadlines", ())
    scope.compiling.distinct(items, f"{pointer}/deadlines")
    found = (_deadline(one, f"{pointer}/deadlines/{i}", scope, task=task) for i, one in enumerate(items))
    return tuple(one for one in found if one is not None)


def _deadline(item: Document, pointer: str, scope: Scope, *, task: bool) -> Deadline | None:
    do, problem = item["do"], scope.compiling.problem
    if do in _NEEDS_PEOPLE and "to" not in item:
        problem(pointer, '"to" is missing', f'say whom "{do}" asks')
    if do not in _TAKES_PEOPLE and "to" in item:
        problem(f"{pointer}/to", f'"to" says nothing with "{do}"', "remove it")
    if task and do not in _TAKES_PEOPLE:
        problem(f"{pointer}/do", "a task is neither approved nor rejected", 'write "remind" or "reassign"')
    after = scope.span(item, "after", pointer)
    to = read_who(item.get("to", ()), scope.of, f"{pointer}/to", scope.compiling)
    return None if after is None else Deadline(name=item["name"], after=after, do=do, to=to)


def read_outcomes(item: Document, pointer: str, scope: Scope) -> tuple[Outcome, ...]:
    """The answers of a task; one where none are declared."""
    items = item.get("outcomes", ())
    scope.compiling.distinct(items, f"{pointer}/outcomes")
    found = tuple(Outcome(name=one["name"], label=label_of(one)) for one in items)
    return found or (Outcome(name=DONE, label=humanised(DONE)),)


def read_fields(item: Document, pointer: str, scope: Scope) -> Mapping[str, FieldAccess]:
    """How a step treats fields of the record."""
    found: dict[str, FieldAccess] = {}
    fields = scope.entity.fields
    for name, access in item.get("fields", {}).items():
        here = f"{pointer}/fields/{name}"
        if not scope.compiling.one_of(name, fields, Part("field", scope.of, key=True), here):
            continue
        if access in FILLED and fields[name].computed:
            scope.compiling.problem(here, f'nobody fills in "{name}"', 'write "visible" or "hidden"')
            continue
        found[name] = access
    return MappingProxyType(found)
