"""An instance of a random process, stored and read between any two events, and what must hold of it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.steps import Approve, Call, Choose, Parallel, Race, Task
from guanxi.errors import Refused
from guanxi.rules.organisation import Snapshot
from guanxi.workflow import Event, Facts, ProcessMoved, State, Tick, TimerGone, event_to_json, step
from guanxi.workflow.content import read_path, remembered
from guanxi.workflow.marks import Entry


class Instance(RuleBasedStateMachine):
    """One instance; `take` applies an event to it."""

    approval: Approval
    org: Snapshot
    record: dict[str, Any]
    state: State | None = None

    def begin(self, approval: Approval, org: Snapshot, record: dict[str, Any]) -> None:
        self.approval, self.org, self.record = approval, org, record
        self.now = datetime(2026, 3, 2, tzinfo=UTC)
        self.rows: list[tuple[Any, datetime, Any]] = []
        self.gone: set[str] = set()

    @property
    def running(self) -> bool:
        return self.state is not None and self.state.status == "running"

    @property
    def facts(self) -> Facts:
        return Facts(self.record, self.org)

    def take(self, event: Event) -> bool:
        """Whether an event was accepted; a refused one must have changed nothing.

        `moved`: it was refused because the process had moved before, which is stored as a tick.
        """
        asked, self.moved = event, False
        self.now += timedelta(minutes=1)
        before = json.dumps(self.state.to_json()) if self.state else None
        try:
            made = step(self.approval, self.state, event, self.now, self.facts)
        except ProcessMoved as moved:
            event, made, self.moved = Tick(), moved.step, True
        except Refused:
            assert before is None or (self.state and json.dumps(self.state.to_json()) == before)
            return False
        assert self.state is None or json.dumps(self.state.to_json()) == before, "the old state was changed"
        stored, used = json.loads(json.dumps([event_to_json(event), made.facts_used()]))
        self.rows.append((stored, self.now, used))
        self.gone |= {output.key for output in made.outputs if isinstance(output, TimerGone)}
        self.state = State.from_json(json.loads(json.dumps(made.state.to_json())))
        assert self.state == made.state
        if self.state.status == "approved":
            self.enough(self.approval.steps, seen=True)
        return event is asked

    def answers(self) -> Iterator[tuple[str, Entry]]:
        """Every decision that stands."""
        for name, mark in (self.state.marks if self.state else {}).items():
            for seat in mark.seats:
                yield from ((name, e) for e in seat.line if e.answer and e.kind == "decide")

    @invariant()
    def nothing_is_left_behind(self) -> None:
        if self.state is not None:
            open_ = [self.state.tasks, self.state.timers, self.state.children, self.state.waits]
            assert any(open_) == self.running

    @invariant()
    def timers_are_of_what_is_open(self) -> None:
        for key in self.state.timers if self.state else ():
            name, _, rest = key.partition("#")
            assert self.state
            assert str(self.state.marks[name].visit) == rest.partition("/")[0]
            open_ = {task.step for task in self.state.tasks.values()} | set(self.state.waits)
            assert name in open_, f"{key} would fire for what is closed"

    @invariant()
    def nobody_decides_on_their_own(self) -> None:
        for name, entry in self.answers():
            if not self.state or not isinstance(self.approval.places[name].step, Approve):
                continue
            assert not {self.state.submitter, self.state.sender} & set(entry.deciders), name
            watched = {path.split(".")[0] for path in self.approval.places[name].watch}
            for field in watched & set(self.state.editors):
                if entry.answer == "approve" and self.state.status == "running":
                    assert not set(entry.deciders) & set(self.state.editors[field])

    @invariant()
    def one_person_has_one_vote(self) -> None:
        votes: dict[str, list[int]] = {}
        for name, entry in self.answers():
            votes.setdefault(name, []).extend(dict.fromkeys(entry.deciders))
        for name, people in votes.items():
            assert len(people) == len(set(people)), f"two votes at {name}"

    @invariant()
    def separated_steps_have_other_deciders(self) -> None:
        by_step: dict[str, set[int]] = {}
        for name, entry in self.answers():
            by_step.setdefault(name, set()).update(entry.deciders)
        for group in self.approval.policies.separate if self.state else ():
            for one in group:
                for other in set(group) - {one}:
                    assert not by_step.get(one, set()) & by_step.get(other, set())

    @invariant()
    def nobody_is_asked_who_may_not_decide(self) -> None:
        for task in (self.state.tasks if self.state else {}).values():
            assert self.state
            assert bool(task.who) == (task.kind != "hold")
            if task.kind == "decide" and isinstance(self.approval.places[task.step].step, Approve):
                assert not {self.state.submitter, self.state.sender} & set(task.who)

    @invariant()
    def what_is_approved_is_enough(self) -> None:
        if self.state is not None and self.state.status == "approved":
            self.enough(self.approval.steps, seen=False)

    def enough(self, steps: Any, *, seen: bool) -> None:
        """Every step on the way has what its definition asks for (`seen`: consents to this content)."""
        assert self.state
        for one in steps:
            mark = self.state.marks[one.name]
            if mark.skipped or (isinstance(one, Approve | Call) and one.continues):
                continue
            if isinstance(one, Choose | Race):
                assert mark.outcome is not None
                self.enough(next(b for b in one.branches if b.name == mark.outcome).steps, seen=seen)
            elif isinstance(one, Parallel):
                assert self.done_branches(one, seen=seen) >= one.join.quorum(len(mark.go) - len(mark.off))
            elif isinstance(one, Task):
                assert mark.outcome in ("good", "bad")
            elif isinstance(one, Call):
                good = sum(outcome == "approved" for outcome in mark.kids.values())
                assert good >= one.join.quorum(len(mark.kids))
            elif isinstance(one, Approve):
                self.consents(one, seen=seen)

    def done_branches(self, block: Parallel, *, seen: bool) -> int:
        """How many branches have all that they ask for."""
        assert self.state
        mark, done = self.state.marks[block.name], 0
        for branch in block.branches:
            if branch.name in mark.go and branch.name not in mark.off:
                try:
                    self.enough(branch.steps, seen=seen)
                except (AssertionError, KeyError):
                    continue
                done += 1
        return done

    def consents(self, one: Approve, *, seen: bool) -> None:
        """The seats that consent reach the quorum, and so do all that must."""
        assert self.state
        mark = self.state.marks[one.name]
        given = [s for s in mark.seats if all(e.answer == "approve" for e in s.line if e.kind == "decide")]
        assert all(seat in given for seat in mark.seats if seat.must)
        people, number = len(mark.people), one.need.number
        wanted = {
            "any": 1,
            "inTurn": 1,
            "all": max(people, 1),
            "atLeast": number,
            "percent": max(1, (people * number + 99) // 100),
        }
        base = [seat for seat in given if not seat.must]
        assert len(base) >= wanted[one.need.kind]
        for path in self.approval.places[one.name].watch if seen else ():
            now = remembered(read_path(self.record, path))
            assert all(e.saw[path] == now for seat in given for e in seat.line if e.kind == "decide")
