"""What an approver is asked about: the facts shown, their limits, and what they were when last decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.labels import Label
from guanxi.workflow.facts import Facts
from guanxi.workflow.reconcile import differences
from guanxi.workflow.run import Run
from guanxi.workflow.state import State, entry_of


@dataclass(frozen=True, slots=True)
class Fact:
    """One shown fact; `of` names the field that says how it is written. `was`, `limit`: None without one."""

    name: str
    label: Label
    value: Any
    was: Any
    limit: Any
    of: str | None


def question(approval: Approval, submitter: int, now: datetime, facts: Facts) -> tuple[Fact, ...]:
    """The facts that the approval shows, on the record as it is now."""
    record, variables = facts.record, facts.variables(submitter, now)
    return tuple(
        Fact(
            shown.name,
            shown.label,
            shown.value.evaluate(record, variables),
            shown.was.evaluate(record, variables) if shown.was else None,
            shown.limit.evaluate(record, variables) if shown.limit else None,
            shown.of,
        )
        for shown in approval.show
    )


def changed_since(
    approval: Approval, state: State, key: str, now: datetime, facts: Facts
) -> Mapping[str, tuple[Any, Any]]:
    """(then, now) of each watched path that differs from what was decided on before the task was asked again.

    Empty when the task is asked for the first time. Values are in remembered form.
    """
    run = Run(approval, state, now, facts)
    asked = entry_of(state.marks, key)
    return differences(run, asked[1], run.place(state.tasks[key].step).watch) if asked else {}
