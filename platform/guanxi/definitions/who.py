"""The compiled `who`: whom a definition means, before anybody is looked up.

One grammar wherever a definition names people. A selector names the union of its keys, narrowed by `where`; a
list of selectors is tried in order, and the first that finds somebody counts.
"""

from dataclasses import dataclass
from typing import Final, Literal

from guanxi.expressions import Formula

SUBMITTER: Final = "submitter"
"""In place of a path: the person who submitted."""

CANDIDATE: Final = "user"
"""What a condition on candidates calls each of them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose manager or chain is meant: the user in a field (`path`), or the submitter when it is None."""

    path: Formula | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """People whom somebody chooses when submitting: at least `least`, at most `most`, out of `source`.

    Who is named by *any* of the selectors of `source` may be chosen.
    """

    by: Literal["submitter"]
    source: tuple["Selector", ...]
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Selector:
    """One `who` object.

    `people` are e-mail addresses, `teams` team names, `roles` role names; `field` and `formula` read a user
    from the record; `level` counts managers upwards; `up_to` ends a chain at the first holder of a role, or
    after a number of managers; `decider_of` names the step whose deciders are meant. `decision` is a decision
    table whose `output` (of several) gives people; it reads `decision_reads` of the record. `where` narrows
    whom the others name: over the record, in which `user` is the candidate, so that it reads paths such as
    `user.team`.
    """

    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    sub_teams: bool = True
    roles: tuple[str, ...] = ()
    field: Formula | None = None
    manager_of: Subject | None = None
    level: int = 1
    chain_of: Subject | None = None
    up_to: str | int | None = None
    decider_of: str | None = None
    decision: str | None = None
    output: str | None = None
    decision_reads: frozenset[str] = frozenset()
    chosen: Chosen | None = None
    formula: Formula | None = None
    where: Formula | None = None

    @property
    def reads(self) -> frozenset[str]:
        """The record paths that decide whom this selector names; those of candidates are not among them."""
        subjects = (self.manager_of, self.chain_of)
        formulas = (self.field, self.formula, self.where, *(subject.path for subject in subjects if subject))
        found = self.decision_reads.union(*(formula.reads for formula in formulas if formula))
        if self.chosen is not None:
            found = found.union(*(one.reads for one in self.chosen.source))
        return found - self._of_candidates(found)

    @property
    def candidate_reads(self) -> frozenset[str]:
        """The paths of a user that `where` reads: `team`, `manager.email`; without the `user.` before."""
        prefix = f"{CANDIDATE}."
        return frozenset(path.removeprefix(prefix) for path in self._of_candidates(self._where_reads))

    @property
    def _where_reads(self) -> frozenset[str]:
        return self.where.reads if self.where is not None else frozenset()

    def _of_candidates(self, paths: frozenset[str]) -> frozenset[str]:
        if self.where is None:
            return frozenset()
        return frozenset(path for path in paths if path.partition(".")[0] == CANDIDATE)
