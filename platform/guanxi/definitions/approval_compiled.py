"""The compiled approval: who is asked about what, in which order, under which policies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from guanxi.definitions.approval_steps import Place, Step
from guanxi.definitions.labels import Label
from guanxi.expressions import Formula


@dataclass(frozen=True, kw_only=True, slots=True)
class Policies:
    """What happens in the cases that a flow chart does not show.

    nobody_found: `hold`, an administrator assigns; nothing passes because somebody was missing.
    approver_is_submitter: for an approver who may not decide (the submitter, the last editor, barred by
    separation), `nextManager` asks the next manager above, `hold` an administrator.
    same_approver_again: `carryOver` lets a consent to the same content count again, `ask` asks again.
    unavailable: who stands in for an inactive approver, tried in order; empty holds.
    separate: groups of steps that no two of which the same person may decide.
    recall: until when the submitter may take it back.
    resubmit: after a rejection or recall, `askAll` again or only those whose consent is not true any more.
    """

    nobody_found: Literal["hold"] = "hold"
    approver_is_submitter: Literal["nextManager", "hold"] = "hold"
    same_approver_again: Literal["carryOver", "ask"] = "ask"
    unavailable: tuple[Literal["manager"], ...] = ()
    separate: tuple[tuple[str, ...], ...] = ()
    recall: Literal["anyTime", "beforeFirstDecision", "never"] = "never"
    resubmit: Literal["askAll", "askAffected"] = "askAll"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A fact that the approver is shown beside the request, and the limit it is held against.

    `was` is what it would be without the request.

    `of` names the field whose type says how the value is written; without it, the value is written plainly.
    """

    name: str
    label: Label
    value: Formula
    was: Formula | None = None
    limit: Formula | None = None
    of: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """An approval of records of entity `of`.

    `when` false means that none is needed. `watch` are the record paths that a consent is bound to: what was
    declared, and what the conditions read; `seen` adds what single steps watch. `reads` are all paths that
    the engine may ask a record for.
    """

    name: str
    of: str
    label: Label
    help: Label | None = None
    steps: tuple[Step, ...]
    when: Formula | None = None
    watch: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    show: tuple[Shown, ...] = ()
    policies: Policies = Policies()
    places: Mapping[str, Place] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()

    def separated(self, step: str) -> frozenset[str]:
        """The other steps whose deciders may not decide this one."""
        if not self.policies.separate:
            return frozenset()
        groups = [group for group in self.policies.separate if step in group]
        return frozenset().union(*groups) - {step}
