"""Transitions: who may move a record from state to state, and what must be there before it moves."""

from collections.abc import Collection, Mapping
from typing import Any

from guanxi.definitions.entity import Entity
from guanxi.definitions.stages import Stages, Transition
from guanxi.errors import N_, Conflict, Forbidden, Invalid, Problem, Text
from guanxi.expressions import Formula, Shows, because
from guanxi.rules.access import RecordAccess

NOT_FROM_HERE = N_(
    "“{action}” is not possible while the record is “{state}”. Reload the page to see what is."
)
NOT_GRANTED = N_("Your roles do not allow “{action}” on this record.")
CONDITION = N_("“{action}” is not possible yet: {text}")
CONDITION_BY = N_("“{action}” is not possible yet: {text} ({values})")
NEEDED = N_("Fill this in before “{action}”.")


def offered(
    stages: Stages, record: Mapping[str, Any], access: RecordAccess, variables: Mapping[str, Any]
) -> tuple[Transition, ...]:
    """The transitions that the person could press now, in declared order."""
    state = record.get(stages.field)
    return tuple(
        transition
        for transition in stages.transitions.values()
        if state in transition.from_
        and access.allows_action(transition.name)
        and (transition.when is None or transition.when.holds(record, variables))
    )


def refuse_move(
    stages: Stages,
    transition: Transition,
    record: Mapping[str, Any],
    access: RecordAccess,
    variables: Mapping[str, Any],
    shows: Shows,
) -> None:
    """Refuse a transition that is not granted, not possible from the state, or not ready.

    A condition without a message of its own is told with the values that decided, of those that `shows` lets
    the person see.

    Raises Forbidden, Conflict (another state) or Invalid (with every missing field at once).
    """
    if not access.allows_action(transition.name):
        raise Forbidden(NOT_GRANTED(action=transition.label))
    state = record.get(stages.field)
    if state not in transition.from_:
        label = next((option.label for option in stages.states if option.name == state), {"en": str(state)})
        raise Conflict(NOT_FROM_HERE(action=transition.label, state=label))
    missing = [name for name in transition.requires if record.get(name) in (None, "", [])]
    problems = [Problem(f"/{name}", "required", NEEDED(action=transition.label)) for name in missing]
    if transition.when is not None and not transition.when.holds(record, variables):
        message = (
            CONDITION(action=transition.label, text=transition.message)
            if transition.message
            else _not_ready(transition, transition.when, record, variables, shows)
        )
        problems.append(Problem("", "condition", message))
    if problems:
        raise Invalid(N_("“{action}” needs more first.", action=transition.label), problems)


def fillable(
    entity: Entity, transition: Transition, record: Mapping[str, Any], may_write: Collection[str]
) -> tuple[str, ...]:
    """The fields that the transition requires and the record lacks, of those that a small form can hold."""
    return tuple(
        name
        for name in transition.requires
        if record.get(name) in (None, "", [])
        and name in may_write
        and entity.fields[name].lines is None
        and not (entity.fields[name].computed or entity.fields[name].read_only)
    )


def _not_ready(
    transition: Transition,
    when: Formula,
    record: Mapping[str, Any],
    variables: Mapping[str, Any],
    shows: Shows,
) -> Text:
    values = because(when, record, variables, shows)
    if values is None:
        return CONDITION(action=transition.label, text=when.text)
    return CONDITION_BY(action=transition.label, text=when.text, values=values)
