"""Why an instance goes its way: conditions with all their values, whom each selector named, who may not.

Told of every step on the way, and of the branches beside it. What is told of an instance that has ended, or
of people of a step that was reached, rests on the facts of that time, which the stored events hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from guanxi.definitions.decisions import Decision
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Approve, Asking, Block, Step, Wait
from guanxi.definitions.labels import Label
from guanxi.definitions.who import Selector
from guanxi.errors import Refused
from guanxi.expressions import Explanation, Formula, explain
from guanxi.rules.decisions import Answer, RowStory, Undecided, decide, story
from guanxi.rules.who import named
from guanxi.workflow.facts import Facts
from guanxi.workflow.marks import Entry, Mark
from guanxi.workflow.people import barred, candidates, eligible, stand_in
from guanxi.workflow.picture import type_of
from guanxi.workflow.routes import skips, ways
from guanxi.workflow.run import Run
from guanxi.workflow.standing import Stand, standing
from guanxi.workflow.state import State

WhyNot: TypeAlias = Literal["submitter", "sender", "editor", "separated", "inactive"]
"""Why a person who was named may not decide: submitted it, sent it for another, was the last to change what
the step watches, decided a step that must be decided by others, is not active."""


@dataclass(frozen=True, slots=True)
class TableTold:
    """What a decision table answered: the rows, and which hit; or why it has no answer."""

    table: Decision
    answer: Answer | None
    rows: tuple[RowStory, ...] = ()
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """Whom one selector named. `counted`: it is the one that was taken. `table` is the one that it asked."""

    selector: Selector
    people: tuple[int, ...]
    counted: bool
    table: TableTold | None = None


@dataclass(frozen=True, slots=True)
class PersonTold:
    """Somebody who was named: asked, or `why` not, and who is asked `instead` (None: nobody yet)."""

    person: int
    why: WhyNot | None = None
    instead: int | None = None


@dataclass(frozen=True, slots=True)
class WayTold:
    """A branch, whether it is taken, and its condition as it is now."""

    name: str
    label: Label
    taken: bool
    condition: Explanation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTold:
    """Why one step is as it is.

    `skipped`: its `condition` does not hold. `path` are the blocks and branches around it. `namings` are the
    selectors in the order in which they were tried, `people` those whom the one that counted named; `asked`
    are the requests that were made of them, as they stand.
    """

    step: str
    label: Label
    type: str
    state: Stand
    skipped: bool
    condition: Explanation | None = None
    ways: tuple[WayTold, ...] = ()
    namings: tuple[Naming, ...] = ()
    people: tuple[PersonTold, ...] = ()
    asked: tuple[Entry, ...] = ()
    path: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RouteTold:
    """Why this route. `needed` is the condition of the process itself; None where it has none."""

    needed: Explanation | None
    steps: tuple[StepTold, ...]


def explain_route(
    process: Process,
    state: State,
    now: datetime,
    facts: Facts,
    *,
    tables: Mapping[str, Decision] | None = None,
    opened: Mapping[str, Sequence[Facts]] | None = None,
) -> RouteTold:
    """Why an instance goes this way, with `facts` as they are now, or were when it ended.

    `opened` are the facts with which steps were opened, by step: they decided who was asked. Several events
    may bear the moment at which a step was opened; the first whose facts answer what is asked counts. For a
    record that is not submitted yet, give a state without marks.
    """
    teller = _Teller(Run(process, state, now, facts), tables or {}, opened or {})
    run = teller.run
    needed = explain(process.when, facts.record, run.variables) if process.when is not None else None
    return RouteTold(needed, tuple(teller.told(process.steps)))


@dataclass(frozen=True, slots=True)
class _Teller:
    run: Run
    tables: Mapping[str, Decision]
    opened: Mapping[str, Sequence[Facts]]

    def told(self, steps: tuple[Step, ...]) -> list[StepTold]:
        """Steps of a sequence, those of the branches that are taken behind their block."""
        found = []
        for step in steps:
            mark = self.run.marks.get(step.name)
            one = self._step(step, mark)
            found.append(one)
            if isinstance(step, Block) and not one.skipped:
                going = {way.name for way in one.ways if way.taken}
                for branch in step.branches:
                    found += self.told(branch.steps) if branch.name in going else []
        return found

    def _step(self, step: Step, mark: Mark | None) -> StepTold:
        run, skipped = self.run, mark.skipped if mark else skips(self.run, step)
        asks = isinstance(step, Asking) and not skipped
        namings, people = self._people(step, mark) if asks and isinstance(step, Asking) else ((), ())
        state = standing(run, step, mark)
        return StepTold(
            step=step.name,
            label=step.label,
            type=type_of(step),
            state="skipped" if skipped else state,
            skipped=skipped,
            condition=self._condition(step.condition if isinstance(step, Wait) else step.when),
            ways=() if skipped else self._ways(step, mark),
            namings=namings,
            people=people,
            asked=tuple(entry for seat in mark.seats for entry in seat.line) if mark else (),
            path=run.place(step.name).up,
        )

    def _condition(self, condition: Formula | None) -> Explanation | None:
        if condition is None:
            return None
        return explain(condition, self.run.facts.record, self.run.variables)

    def _ways(self, step: Step, mark: Mark | None) -> tuple[WayTold, ...]:
        if not isinstance(step, Block):
            return ()
        going = ways(self.run, step, mark)
        return tuple(
            WayTold(one.name, one.label, one.name in going, self._condition(one.when))
            for one in step.branches
        )

    def _people(self, step: Asking, mark: Mark | None) -> tuple[tuple[Naming, ...], tuple[PersonTold, ...]]:
        """By the facts with which the step was opened; where they do not say it, by what was remembered."""
        state, now = self.run.state(), self.run.now
        for facts in self.opened.get(step.name, ()) or (self.run.facts,):
            try:
                return self._named(Run(self.run.process, state, now, facts), step, mark)
            except LookupError:
                continue
        return (), tuple(PersonTold(one) for one in mark.people) if mark else ()

    def _named(
        self, run: Run, step: Asking, mark: Mark | None
    ) -> tuple[tuple[Naming, ...], tuple[PersonTold, ...]]:
        bad = barred(run, step)
        taken = mark.people if mark and mark.seats else candidates(run, step, bad)
        namings = self._namings(run, step, taken)
        return namings, tuple(_person(run, step, one, bad) for one in taken)

    def _namings(self, run: Run, step: Asking, taken: tuple[int, ...]) -> tuple[Naming, ...]:
        """The selectors up to the one that counts."""
        found: list[Naming] = []
        for selector in step.by:
            people = named(selector, run.asking(step.name))
            counted = people == taken
            found.append(Naming(selector, people, counted, self._table(run, selector)))
            if counted and people:
                break
        return tuple(found)

    def _table(self, run: Run, selector: Selector) -> TableTold | None:
        table = self.tables.get(selector.decision or "")
        return table_told(table, run.facts, run.variables) if table is not None else None


def table_told(table: Decision, facts: Facts, variables: Mapping[str, object]) -> TableTold:
    """What a table answers on the record, row by row."""
    try:
        answer = decide(table, facts.record, variables)
    except Undecided as undecided:
        whole = len(undecided.facts) == len(table.inputs)
        return TableTold(table, None, story(table, undecided.facts) if whole else (), undecided)
    return TableTold(table, answer, story(table, answer.facts))


def _person(run: Run, step: Asking, person: int, bad: set[int]) -> PersonTold:
    if eligible(run, person, bad):
        return PersonTold(person)
    return PersonTold(person, _why_not(run, step, person), stand_in(run, person, bad))


def _why_not(run: Run, step: Asking, person: int) -> WhyNot | None:
    if not run.organisation.active(person):
        return "inactive"
    if isinstance(step, Approve) and person == run.submitter:
        return "submitter"
    if isinstance(step, Approve) and person == run.sender:
        return "sender"
    if any(person in run.deciders(other) for other in run.process.separated(step.name)):
        return "separated"
    return "editor"
