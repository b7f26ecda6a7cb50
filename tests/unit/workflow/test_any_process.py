"""Random processes under random events: what must hold whatever the definition says."""

from datetime import timedelta
from typing import Any, Literal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from guanxi.definitions.flow.steps import Approve
from guanxi.rules.organisation import Member, Snapshot
from guanxi.workflow import Event, Submit, Tick, chain, preview, replay
from guanxi.workflow import events as e
from guanxi.workflow.picture import picture
from guanxi.workflow.powers import powers
from guanxi.workflow.versions import fit
from tests.scenarios.orders import approval_of
from tests.unit.workflow.instance import Instance
from tests.unit.workflow.made_up import OUTSIDERS, PEOPLE, documents, orders, organisations

FIELDS = ["owner", "helper", "note", "terms", "lines", "total", "account"]
ANYBODY = st.sampled_from(PEOPLE)
EVENTS = [Tick(), Tick(), Submit(1), e.Cancel(99), e.NamedEvent("paid"), e.NamedEvent("paid", {}, True)]


class AnyProcess(Instance):
    """One instance of a random approval under random events."""

    @initialize(document=documents(), org=organisations(), record=orders(), by=ANYBODY)
    def begun(self, document: dict[str, Any], org: Snapshot, record: dict[str, Any], by: int) -> None:
        self.document = document
        self.begin(approval_of(document), org, record)
        self.take(e.Decide(by, "a0#1.0.0.0", "approve"))
        self.take(Submit(by))

    @precondition(lambda self: not self.running)
    @rule(by=ANYBODY, own=st.booleans(), behalf=st.one_of(st.none(), st.none(), ANYBODY))
    def submit(self, by: int, own: bool, behalf: int | None) -> None:
        self.take(Submit(self.state.submitter) if own and self.state else Submit(by, behalf))

    def held(self, data: st.DataObject, anybody: int) -> tuple[str, int]:
        """An open task and somebody, mostly who holds it."""
        assert self.state
        key = data.draw(st.sampled_from(sorted(self.state.tasks)))
        who = self.state.tasks[key].who
        return key, data.draw(st.sampled_from(PEOPLE + OUTSIDERS[:2] if anybody or not who else list(who)))

    @precondition(lambda self: self.running and self.state.tasks)
    @rule(data=st.data(), anybody=st.sampled_from([0, 0, 0, 1]), reject=st.sampled_from([0, 0, 1]))
    def decide(self, data: st.DataObject, anybody: int, reject: int) -> None:
        key, by = self.held(data, anybody)
        behalf = data.draw(st.one_of(st.none(), st.none(), ANYBODY))
        approves = isinstance(self.approval.places[key.partition("#")[0]].step, Approve)
        answer = ("approve", "reject")[reject] if approves else ("good", "bad")[reject]
        self.take(e.Decide(by, key, answer, "because", behalf))

    @precondition(lambda self: self.running and self.state.tasks)
    @rule(
        data=st.data(), who=ANYBODY, kind=st.sampled_from(["transfer", "delegate", "ask", "reply", "claim"])
    )
    def hand_on(self, data: st.DataObject, who: int, kind: str) -> None:
        key, by = self.held(data, 0)
        events: dict[str, Event] = {
            "transfer": e.Transfer(by, key, who),
            "delegate": e.Delegate(by, key, who),
            "ask": e.Ask(by, key, who, "why?"),
            "reply": e.Reply(by, key, "because"),
            "claim": e.Claim(by, key),
        }
        self.take(events[kind])

    @precondition(lambda self: self.running and self.state.tasks)
    @rule(
        data=st.data(), who=ANYBODY, where=st.sampled_from(["before", "after", "beside"]), again=st.booleans()
    )
    def add(
        self, data: st.DataObject, who: int, where: Literal["before", "after", "beside"], again: bool
    ) -> None:
        key, by = self.held(data, 0)
        added = self.take(e.Add(by, key, who, where))
        if added and again:
            self.take(e.Remove(by, key.partition("#")[0], who))

    @precondition(lambda self: self.running and self.state.tasks)
    @rule(data=st.data())
    def send_back(self, data: st.DataObject) -> None:
        assert self.state
        key, by = self.held(data, 0)
        offered = powers(self.approval, self.state, key, by, self.now, self.facts).returns
        if offered:
            taken = self.take(e.Return(by, key, data.draw(st.sampled_from(offered))[0], "because"))
            assert taken or self.moved, "what was offered was refused"

    @precondition(lambda self: self.running and self.state.tasks)
    @rule(data=st.data(), who=ANYBODY)
    def assign(self, data: st.DataObject, who: int) -> None:
        self.take(e.Assign(99, self.held(data, 0)[0], who))

    @precondition(lambda self: self.running)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        assert self.state
        self.take(e.Move(99, data.draw(st.sampled_from(sorted(self.approval.places)))))

    @precondition(lambda self: self.state and self.state.timers)
    @rule(data=st.data(), early=st.booleans())
    def fire(self, data: st.DataObject, early: bool) -> None:
        assert self.state
        key = data.draw(st.sampled_from(sorted(self.state.timers)))
        due = self.state.timers[key]
        if early and due > self.now + timedelta(minutes=1):
            assert not self.take(e.Timer(key)), "a timer fired before its time"
        self.now = max(self.now, due)
        self.take(e.Timer(key))
        for closed in self.gone - set(self.state.timers):
            assert not self.take(e.Timer(closed)), "a timer of what is closed has fired"

    @precondition(lambda self: self.state and self.state.children)
    @rule(data=st.data(), outcome=st.sampled_from(["approved", "approved", "rejected", "recalled"]))
    def child(self, data: st.DataObject, outcome: Any) -> None:
        assert self.state
        self.take(e.ChildEnded(data.draw(st.sampled_from(sorted(self.state.children))), outcome))

    @precondition(lambda self: self.state and self.state.status in ("running", "returned"))
    @rule(by=ANYBODY, record=orders(), told=st.booleans(), field=st.sampled_from(FIELDS))
    def edit(self, by: int, record: dict[str, Any], told: bool, field: str) -> None:
        """One field changes; `told` is False where it changed without an edit, as a related record does."""
        new = {key: value for key, value in record.items() if key.split(".")[0] == field}
        self.record = {**self.record, **new}
        for line in self.record["lines"]:
            line["parent"] = self.record
        if told:
            tasks = self.state.tasks.values() if self.state else ()
            asked = next((person for task in tasks for person in task.who), by)
            self.take(e.Edit(asked if by % 2 else by, (field,)))

    @rule(person=ANYBODY, active=st.booleans())
    def comes_or_goes(self, person: int, active: bool) -> None:
        old = self.org.people[person]
        changed = Member(old.manager, old.team, old.email, active, old.deputy, old.absent)
        self.org = Snapshot({**self.org.people, person: changed}, self.org.teams, self.org.roles)

    @precondition(lambda self: self.running)
    @rule(event=st.sampled_from(EVENTS))
    def happen(self, event: Event) -> None:
        self.take(event)

    @precondition(lambda self: self.running)
    @rule(own=st.booleans(), by=ANYBODY)
    def recall(self, own: bool, by: int) -> None:
        self.take(e.Recall(self.state.submitter if own and self.state else by))

    def teardown(self) -> None:
        if self.state is None:
            return
        assert preview(self.approval, 1, self.now, self.facts) is not None
        chain(self.approval, self.state, self.now, self.facts)
        picture(self.approval, self.state, self.now, self.facts)
        self.driven_to_its_end()
        assert replay(self.approval, self.rows) == self.state

    def driven_to_its_end(self) -> None:
        """From anywhere, consents, assignments and time end the process: there is no dead end."""
        self.take(Tick())
        for _ in range(300):
            assert self.state
            if self.state.ended:
                break
            if self.running and not any("deciderOf" in str(row) for row in self.document["steps"]):
                same = fit(self.approval, self.approval, self.state, self.now, self.facts)
                assert (same.lost, same.opens, same.closes) == ((), (), ()), "moved to itself, it is another"
            self.drive()
        assert self.state
        assert self.state.ended, "it does not end"

    def drive(self) -> None:
        assert self.state
        state = self.state
        if state.status == "returned":
            assert self.take(e.Recall(state.submitter))
        elif state.tasks:
            self.answer(min(state.tasks))
        elif state.children:
            assert self.take(e.ChildEnded(min(state.children), "approved"))
        elif state.timers:
            self.now = max(self.now, min(state.timers.values()))
            assert self.take(e.Timer(min(state.timers, key=state.timers.__getitem__)))
        else:
            assert self.take(e.NamedEvent("paid"))

    def answer(self, key: str) -> None:
        assert self.state
        task = self.state.tasks[key]
        step = self.approval.places[task.step].step
        if task.kind == "advise":
            assert self.take(e.Reply(task.who[0], key, "so")), "who was asked cannot reply"
        elif task.kind == "decide":
            answer = "approve" if isinstance(step, Approve) else "good"
            assert self.take(e.Decide(task.who[0], key, answer)), "a holder cannot decide"
        elif "." not in key:
            assert self.take(e.Cancel(99))
        else:
            assert any(self.take(e.Assign(99, key, who)) for who in OUTSIDERS), "nobody can be assigned"


AnyProcess.TestCase.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
TestAnyProcess = AnyProcess.TestCase
