"""Random approvals under random events: what must hold whatever the definition says."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.steps import Approve, Choose
from guanxi.errors import Refused
from guanxi.rules.organisation import Snapshot
from guanxi.workflow import (
    Assign,
    Cancel,
    Decide,
    Edit,
    Event,
    Facts,
    ProcessMoved,
    Recall,
    State,
    Submit,
    Tick,
    chain,
    preview,
    replay,
    step,
)
from guanxi.workflow.content import read_path, remembered
from guanxi.workflow.events_json import event_to_json
from tests.scenarios.orders import approval_of
from tests.unit.workflow.made_up import OUTSIDERS, PEOPLE, documents, orders, organisations

FIELDS = ["owner", "helper", "note", "terms", "lines", "total", "account"]

ANSWERS = st.sampled_from(["approve", "approve", "reject"])


class AnyProcess(RuleBasedStateMachine):
    """One instance of a random approval; the state is stored and read between any two events."""

    approval: Approval
    state: State | None = None

    @initialize(document=documents(), org=organisations(), record=orders(), by=st.sampled_from(PEOPLE))
    def begin(self, document: dict[str, Any], org: Snapshot, record: dict[str, Any], by: int) -> None:
        self.approval, self.org, self.record = approval_of(document), org, record
        self.now = datetime(2026, 3, 2, tzinfo=UTC)
        self.rows: list[tuple[Any, datetime, Any]] = []
        self.take(Decide(by, "a0#1.0.0.0", "approve"))
        self.take(Submit(by))

    def take(self, event: Event) -> bool:
        """Whether an event was accepted; a refused one must have changed nothing."""
        self.now += timedelta(minutes=1)
        facts = Facts(self.record, self.org)
        before = json.dumps(self.state.to_json()) if self.state else None
        try:
            made = step(self.approval, self.state, event, self.now, facts)
        except ProcessMoved as moved:
            event, made = Tick(), moved.step
        except Refused:
            assert before is None or (self.state and json.dumps(self.state.to_json()) == before)
            return False
        assert self.state is None or json.dumps(self.state.to_json()) == before, "the old state was changed"
        stored, used = json.loads(json.dumps([event_to_json(event), made.facts_used()]))
        self.rows.append((stored, self.now, used))
        self.state = State.from_json(json.loads(json.dumps(made.state.to_json())))
        assert self.state == made.state
        if self.state.status == "approved":
            self.enough(self.approval.steps, seen=True)
        return True

    @precondition(lambda self: self.state is None or self.state.status != "running")
    @rule(by=st.sampled_from(PEOPLE), behalf=st.one_of(st.none(), st.none(), st.sampled_from(PEOPLE)))
    def submit(self, by: int, behalf: int | None) -> None:
        self.take(Submit(by, behalf))

    @precondition(lambda self: self.state and self.state.tasks)
    @rule(
        data=st.data(),
        answer=st.sampled_from(["approve", "approve", "reject"]),
        anybody=st.sampled_from([0, 0, 0, 1]),
    )
    def decide(self, data: st.DataObject, answer: Any, anybody: int) -> None:
        assert self.state
        key = data.draw(st.sampled_from(sorted(self.state.tasks)))
        who = self.state.tasks[key].who
        by = data.draw(st.sampled_from(PEOPLE + OUTSIDERS[:2] if anybody or not who else list(who)))
        behalf = data.draw(st.one_of(st.none(), st.none(), st.sampled_from(PEOPLE)))
        self.take(Decide(by, key, answer, "because", behalf))

    @precondition(lambda self: self.state and self.state.tasks)
    @rule(data=st.data())
    def consent(self, data: st.DataObject) -> None:
        """Somebody who holds a task approves it: the most usual event."""
        assert self.state
        asked = [(key, person) for key, task in self.state.tasks.items() for person in task.who]
        if asked:
            key, person = data.draw(st.sampled_from(asked))
            self.take(Decide(person, key, "approve"))

    @precondition(lambda self: self.state and self.state.tasks)
    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def assign(self, data: st.DataObject, who: int) -> None:
        assert self.state
        self.take(Assign(99, data.draw(st.sampled_from(sorted(self.state.tasks))), who))

    @precondition(lambda self: self.state and self.state.status == "running")
    @rule(by=st.sampled_from(PEOPLE), record=orders(), told=st.booleans(), field=st.sampled_from(FIELDS))
    def edit(self, by: int, record: dict[str, Any], told: bool, field: str) -> None:
        """One field changes; `told` is False where it changed without an edit, as a related record does."""
        changed = {
            **self.record,
            **{key: value for key, value in record.items() if key.split(".")[0] == field},
        }
        for line in changed["lines"]:
            line["parent"] = changed
        self.record = changed
        if told:
            tasks = self.state.tasks.values() if self.state else ()
            asked = next((person for task in tasks for person in task.who), by)
            self.take(Edit(asked if by % 2 else by, (field,)))

    @rule(person=st.sampled_from(PEOPLE), active=st.booleans())
    def comes_or_goes(self, person: int, active: bool) -> None:
        member = self.org.people[person]
        changed = type(member)(member.manager, member.team, member.email, active)
        self.org = Snapshot({**self.org.people, person: changed}, self.org.teams, self.org.roles)

    @precondition(lambda self: self.state and self.state.status == "running")
    @rule(event=st.sampled_from([Tick(), Tick(), Tick(), Submit(1), Cancel(99)]))
    def happen(self, event: Event) -> None:
        self.take(event)

    @precondition(lambda self: self.state and self.state.status == "running")
    @rule(own=st.booleans(), by=st.sampled_from(PEOPLE))
    def recall(self, own: bool, by: int) -> None:
        self.take(Recall(self.state.submitter if own and self.state else by))

    @invariant()
    def nothing_is_left_behind(self) -> None:
        if self.state is not None:
            assert bool(self.state.tasks) == (self.state.status == "running")

    @invariant()
    def nobody_decides_on_their_own(self) -> None:
        for name, entry in self.answers():
            own = {self.state.submitter, self.state.sender} if self.state else set()
            assert not own & {entry.by, entry.behalf}, f"{name} was decided by its submitter"
            watched = {path.split(".")[0] for path in self.approval.places[name].watch}
            for field in watched & set(self.state.editors if self.state else ()):
                if entry.answer == "approve" and self.state and self.state.status == "running":
                    assert not {entry.by, entry.behalf} & set(self.state.editors[field])

    @invariant()
    def one_person_has_one_vote(self) -> None:
        for name, mark in (self.state.marks if self.state else {}).items():
            votes = [{e.by, e.behalf} - {None} for seat in mark.seats for e in seat.line if e.answer]
            seats = [s for s in mark.seats if any(e.answer for e in s.line)]
            if len(seats) > 1:
                assert sum(map(len, votes)) == len(set().union(*votes)), f"two votes at {name}"

    @invariant()
    def separated_steps_have_other_deciders(self) -> None:
        by_step: dict[str, set[int | None]] = {}
        for name, entry in self.answers():
            by_step.setdefault(name, set()).update({entry.by, entry.behalf} - {None})
        for group in self.approval.policies.separate if self.state else ():
            for one in group:
                for other in set(group) - {one}:
                    assert not by_step.get(one, set()) & by_step.get(other, set())

    @invariant()
    def what_is_approved_was_seen_and_is_enough(self) -> None:
        if self.state is not None and self.state.status == "approved":
            self.enough(self.approval.steps, seen=False)

    def enough(self, steps: Any, *, seen: bool) -> None:
        """Every step on the way has the consents that its definition asks for (`seen`: to this content)."""
        assert self.state
        for one in steps:
            mark = self.state.marks[one.name]
            if mark.skipped:
                continue
            if isinstance(one, Choose):
                self.enough(one.branch(str(mark.outcome)).steps, seen=seen)
                continue
            assert isinstance(one, Approve)
            consents = [seat for seat in mark.seats if all(e.answer == "approve" for e in seat.line)]
            people, number = len(mark.people), one.need.number
            wanted = {
                "any": 1,
                "inTurn": 1,
                "all": max(people, 1),
                "atLeast": number,
                "percent": max(1, (people * number + 99) // 100),
            }
            assert len(consents) >= wanted[one.need.kind]
            watch = self.approval.places[one.name].watch if seen else ()
            for path in watch:
                now = remembered(read_path(self.record, path))
                assert all(entry.saw[path] == now for seat in consents for entry in seat.line)

    @invariant()
    def nobody_is_asked_who_may_not_decide(self) -> None:
        for task in (self.state.tasks if self.state else {}).values():
            assert self.state
            assert not {self.state.submitter, self.state.sender} & set(task.who)
            assert bool(task.who) == (task.kind == "decide")

    def answers(self) -> Any:
        marks = self.state.marks if self.state else {}
        return [(n, e) for n, m in marks.items() for seat in m.seats for e in seat.line if e.answer]

    def teardown(self) -> None:
        if self.state is None:
            return
        facts = Facts(self.record, self.org)
        assert preview(self.approval, 1, self.now, facts) is not None
        chain(self.approval, self.state, self.now, facts)
        self.everybody_consents()
        assert replay(self.approval, self.rows) == self.state

    def everybody_consents(self) -> None:
        """From anywhere, consents and assignments end the process: there is no dead end."""
        self.take(Tick())
        for _ in range(300):
            if self.state is None or self.state.status != "running":
                break
            key = min(self.state.tasks)
            task = self.state.tasks[key]
            if task.kind == "hold":
                assert any(self.take(Assign(99, key, who)) for who in OUTSIDERS), "nobody can be assigned"
            else:
                assert self.take(Decide(task.who[0], key, "approve")), "a holder cannot decide"
        assert self.state
        assert self.state.status != "running"
        assert not self.state.tasks


AnyProcess.TestCase.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
TestAnyProcess = AnyProcess.TestCase
