"""What approvals and automations have in common: the process that the engine runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from guanxi.definitions.flow.places import Place
from guanxi.definitions.flow.powers import USUAL, May
from guanxi.definitions.flow.steps import Step
from guanxi.definitions.labels import Label
from guanxi.definitions.who import Selector
from guanxi.expressions import Formula


@dataclass(frozen=True, kw_only=True, slots=True)
class Policies:
    """What happens in the cases that a flow chart does not show.

    nobody_found: `hold`, an administrator assigns; nothing passes because somebody was missing.
    approver_is_submitter: for an approver who may not decide (the submitter, the last editor, barred by
    separation), `nextManager` asks the next manager above, `hold` an administrator. same_approver_again:
    `carryOver` lets a consent to the same content count again, `ask` asks again. unavailable: who stands in
    for an inactive approver, tried in order; empty holds. Who is away on given days is represented
    by their deputy in any case.
    separate: groups of steps that no two of which the same person may decide. recall: until when the
    submitter may take it back. resubmit: after a rejection, return or recall, `askAll` again or only those
    whose consent is missing or not true any more.
    """

    nobody_found: Literal["hold"] = "hold"
    approver_is_submitter: Literal["nextManager", "hold"] = "hold"
    same_approver_again: Literal["carryOver", "ask"] = "ask"
    unavailable: tuple[Literal["deputy", "manager"], ...] = ()
    separate: tuple[tuple[str, ...], ...] = ()
    recall: Literal["anyTime", "beforeFirstDecision", "never"] = "never"
    resubmit: Literal["askAll", "askAffected"] = "askAll"


@dataclass(frozen=True, kw_only=True, slots=True)
class Exit:
    """Ends a running process as cancelled: on an `event`, or once a `condition` holds; one of the two."""

    name: str
    event: str | None = None
    condition: Formula | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """A process over records of entity `of`.

    `when` false means that it is not run: of an approval that none is needed. `calendar` counts its working
    time. `admins` manage its instances; empty: who holds the right `process`. `visible_to` may see its
    instances besides those who take part; empty: nobody else. `watch` are the record paths that consents are
    bound to: what was declared, and what the conditions read; `seen` adds what single steps watch. `reads`
    are all paths that the engine may ask a record for.
    """

    name: str
    of: str
    label: Label
    help: Label | None = None
    steps: tuple[Step, ...]
    when: Formula | None = None
    calendar: str | None = None
    admins: tuple[Selector, ...] = ()
    visible_to: tuple[Selector, ...] = ()
    exits: tuple[Exit, ...] = ()
    may: May = USUAL
    policies: Policies = Policies()
    watch: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()

    def separated(self, step: str) -> frozenset[str]:
        """The other steps whose deciders may not decide this one."""
        if not self.policies.separate:
            return frozenset()
        groups = [group for group in self.policies.separate if step in group]
        return frozenset().union(*groups) - {step}
