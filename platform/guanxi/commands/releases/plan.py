"""The plan of a publishing: what would change, what that means for what is stored, and if it can be done.

It is computed from the records, shown before anything happens, and never changed. Publishing carries out the
plan that was looked at, or nothing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guanxi.commands.releases.candidate import Candidate
from guanxi.commands.releases.upgrading import Upgrade
from guanxi.definitions.changes import Change
from guanxi.definitions.documents import canonical
from guanxi.definitions.merging import Conflict
from guanxi.definitions.proving import Flaw, warnings_of
from guanxi.definitions.unlocked import Unlocked, unlocked_reads
from guanxi.definitions.uses import Use
from guanxi.errors import Text
from guanxi.rules.grant_changes import GrantChange
from guanxi.storage.counting import Samples
from guanxi.storage.moving import Move

Class = Literal["additive", "lossless", "lossy", "needsDecision"]
CLASSES: tuple[Class, ...] = ("additive", "lossless", "lossy", "needsDecision")
"""From harmless to impossible. additive: nothing that is stored is read anew; lossless: every stored value
can be got back from the new one; lossy: some cannot; needsDecision: the records must be changed first."""


@dataclass(frozen=True, slots=True)
class Remap:
    """Options of a field (`order.status`) that go: how many records have each, and what could be."""

    field: str
    values: tuple[tuple[str, int], ...]
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the records say about a place of a definition: how many, a sentence, and some of them."""

    kind: str
    name: str
    path: str
    cls: Class
    rows: int
    sentence: Text
    samples: Samples = ()
    remap: Remap | None = None


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One change with its class; a finding without a change of its own has `change` None."""

    kind: str
    name: str
    path: str
    cls: Class
    change: Change | None = None
    findings: tuple[Finding, ...] = ()
    uses: tuple[Use, ...] = ()
    """Where the field that changes is used: what the change reaches besides itself."""


@dataclass(frozen=True, slots=True)
class StorageWork:
    """One piece of work for the database: `what` is table, column, index, convert, fill or compute."""

    what: str
    on: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class OpenApprovals:
    """Running approvals whose definition changes: they go on as they began."""

    approval: str
    open: int


@dataclass(frozen=True)
class Plan:
    """From the live release (`from_`) to a candidate (`to`), both by digest."""

    candidate: Candidate
    changes: tuple[PlannedChange, ...]
    storage: tuple[StorageWork, ...]
    access: tuple[GrantChange, ...]
    people: Mapping[str, int]
    """How many people hold each role whose access changes."""
    records: Mapping[str, int]
    """How many records there are of each entity to which access changes."""
    approvals: tuple[OpenApprovals, ...]
    moves: tuple[Move, ...] = ()
    formulas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Stored formulas to be computed for all records, by entity: paths of fields."""
    upgrade: Upgrade | None = None
    """New versions of packs with the conflicts that they bring."""

    @property
    def from_(self) -> str:
        """The digest of the release that is live while the plan is made."""
        return self.candidate.live.digest

    @property
    def to(self) -> str:
        """The digest of the release that it leads to."""
        return self.candidate.catalog.digest

    @property
    def warnings(self) -> tuple[Unlocked, ...]:
        """The formulas that newly follow what can change while their record is locked."""
        known = set(unlocked_reads(self.candidate.live))
        return tuple(one for one in unlocked_reads(self.candidate.catalog) if one not in known)

    @property
    def process_warnings(self) -> tuple[Flaw, ...]:
        """What should newly be looked at in processes; it does not stop the publication."""
        known = {(type(one), one.name, flaw.step, flaw.key) for one, flaw in warnings_of(self.candidate.live)}
        found = warnings_of(self.candidate.catalog)
        return tuple(flaw for one, flaw in found if (type(one), one.name, flaw.step, flaw.key) not in known)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to publish."""
        return not self.changes

    @property
    def cls(self) -> Class:
        """The class of the whole: the worst of its changes."""
        if self.open_conflicts:
            return "needsDecision"
        return max((one.cls for one in self.changes), key=CLASSES.index, default="additive")

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts of an upgrade that nobody has decided yet."""
        return self.upgrade.open if self.upgrade is not None else ()

    @property
    def digest(self) -> str:
        """Names what was decided on: the two releases, the class of each change, and who may do what.

        Not the counts: records go on changing while somebody reads the plan.
        """
        data = self.to_json()
        judged = [[one["kind"], one["name"], one["path"], one["class"]] for one in data["changes"]]
        access = [[one.role, one.entity, one.what, one.before, one.after] for one in self.access]
        open_ = [one.key for one in self.open_conflicts]
        content = [data["from"], data["to"], judged, access, open_]
        return hashlib.sha256(canonical(content)).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """The plan without its digest, for programs."""
        return {
            "from": self.from_,
            "to": self.to,
            "class": self.cls,
            "changes": [_change_json(one) for one in self.changes],
            "storage": [{"what": one.what, "on": one.on, "rows": one.rows} for one in self.storage],
            "access": [
                {
                    "role": one.role,
                    "entity": one.entity,
                    "what": one.what,
                    "before": one.before,
                    "after": one.after,
                    "wider": one.wider,
                    "people": self.people.get(one.role, 0),
                    "records": self.records.get(one.entity, 0),
                }
                for one in self.access
            ],
            "approvals": [{"approval": one.approval, "open": one.open} for one in self.approvals],
            **(self.upgrade.to_json() if self.upgrade is not None else {"packs": [], "conflicts": []}),
        }


def _change_json(one: PlannedChange) -> dict[str, Any]:
    change = one.change
    told = {} if change is None else {"what": change.what, "before": change.before, "after": change.after}
    findings = [
        {
            "class": finding.cls,
            "rows": finding.rows,
            "sentence": str(finding.sentence),
            "samples": [{"id": str(id_), "before": old, "after": new} for id_, old, new in finding.samples],
            "remap": None
            if finding.remap is None
            else {
                "field": finding.remap.field,
                "values": [{"value": value, "rows": rows} for value, rows in finding.remap.values],
                "options": list(finding.remap.options),
            },
        }
        for finding in one.findings
    ]
    return {
        "kind": one.kind,
        "name": one.name,
        "path": one.path,
        "class": one.cls,
        **told,
        "findings": findings,
        "uses": [str(use.where) for use in one.uses],
    }
