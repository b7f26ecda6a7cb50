"""One step in the making: a draft of the state, and the questions it asks of the facts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from guanxi.definitions.effect import Effect
from guanxi.definitions.flow.places import Place
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.spans import AnySpan
from guanxi.expressions import Formula
from guanxi.rules.organisation import Recorded
from guanxi.rules.who import Asking
from guanxi.workflow.content import digest_remembered, read_path, remembered
from guanxi.workflow.facts import Facts
from guanxi.workflow.marks import Entry, people_in
from guanxi.workflow.outputs import CarryOut, Output
from guanxi.workflow.outside import Answers, after
from guanxi.workflow.state import State, Status


class _Variables(dict[str, Any]):
    """The variables of expressions; `outcome:` and `visits:` of a step are as the draft is at that moment."""

    def __init__(self, run: "Run", standard: Mapping[str, Any]) -> None:
        super().__init__(standard)
        self._run = run

    def __missing__(self, name: str) -> Any:
        function, _, step = name.partition(":")
        if function == "visits":
            return self._run.visits.get(step, 0)
        if function != "outcome":
            raise KeyError(name)
        mark = self._run.marks.get(step)
        return mark.outcome if mark else None


class Run:
    """A draft that the engine changes; the state it came from stays as it is.

    Marks are frozen and replaced, so only what an event touches is copied. `tasks`, `timers`, `children` and
    `waits` are what was open before the tree is derived, and what is open after it.
    """

    __slots__ = (
        "_asking",
        "_together",
        "_values",
        "answers",
        "children",
        "chosen",
        "early",
        "editors",
        "facts",
        "marks",
        "moved",
        "now",
        "organisation",
        "outputs",
        "process",
        "sender",
        "seq",
        "status",
        "submitter",
        "tasks",
        "timers",
        "variables",
        "visits",
        "waits",
    )

    def __init__(self, process: Process, state: State, now: datetime, facts: Facts) -> None:
        self.process, self.now, self.facts = process, now, facts
        self.seq, self.status = state.seq, state.status
        self.submitter, self.sender = state.submitter, state.sender
        self.editors, self.tasks = dict(state.editors), dict(state.tasks)
        self.marks, self.visits = dict(state.marks), dict(state.visits)
        self.timers, self.children, self.waits = state.timers, state.children, state.waits
        self.chosen, self.early, self.moved = state.chosen, state.early, state.moved
        self.organisation = Recorded(facts.organisation)
        self.answers = Answers(facts.outside, facts.answers)
        self.variables = self._variables()
        self.outputs: list[Output] = []
        self._values: dict[str, Any] = {}
        self._together: dict[tuple[str, ...], dict[str, Any]] = {}
        self._asking: Asking | None = None

    def state(self) -> State:
        """The draft as a state; take it when the draft is finished, they share their parts."""
        return State(
            self.seq,
            self.status,
            self.submitter,
            self.sender,
            self.editors,
            self.marks,
            self.visits,
            self.tasks,
            self.timers,
            self.children,
            self.waits,
            self.chosen,
            self.early,
            self.moved,
        )

    def place(self, step: str) -> Place:
        """The place of a step in the tree."""
        return self.process.places[step]

    def holds(self, condition: Formula | None) -> bool:
        """Whether a condition is there and true on the record as it is now."""
        return condition is not None and condition.holds(self.facts.record, self.variables)

    def evaluate(self, formula: Formula) -> object:
        """The value of an expression on the record as it is now."""
        return formula.evaluate(self.facts.record, self.variables)

    def after(self, span: AnySpan, since: datetime) -> datetime | None:
        """The moment a span after another; None where what it is taken from gives nothing."""
        return after(span, since, self.answers, self.evaluate)

    def value(self, path: str) -> Any:
        """The value at a path of the record, in remembered form."""
        if path not in self._values:
            self._values[path] = remembered(read_path(self.facts.record, path))
        return self._values[path]

    def values(self, paths: Iterable[str]) -> dict[str, Any]:
        """The values at several paths."""
        return {path: self.value(path) for path in paths}

    def same(self, then: Mapping[str, Any], paths: tuple[str, ...]) -> bool:
        """Whether the content at these paths is what it was."""
        now = self._together.get(paths)
        if now is None:
            now = self._together[paths] = self.values(paths)
        return then == now or all(path in then and then[path] == now[path] for path in paths)

    def content(self) -> str:
        """The hash of everything that a consent is bound to, as it is now."""
        return digest_remembered(self.values(self.process.seen))

    def asking(self, step: str) -> Asking:
        """What selectors are resolved against for a step."""
        if self._asking is None or self._asking.step != step:
            self._asking = Asking(
                self.facts.record,
                self.variables,
                self.organisation,
                self.submitter,
                self.deciders,
                step,
                self.chosen,
                self.answers,
            )
        return self._asking

    def deciders(self, step: str) -> tuple[int, ...]:
        """Who decided a step, really or as the represented person."""
        mark = self.marks.get(step)
        return people_in(mark, answered=True) if mark else ()

    def acts_for(self, person: int, behalf: int) -> bool:
        """Whether a person is today's deputy of another."""
        return self.organisation.deputy_on(behalf, self.facts.day(self.now)) == person

    def clear(self, steps: Iterable[str]) -> None:
        """Forget the marks of steps; the walk will enter them anew."""
        for step in steps:
            self.marks.pop(step, None)

    def put_line(self, step: str, seat: int, line: tuple[Entry, ...]) -> None:
        """Give a seat another line."""
        mark = self.marks[step]
        seats = (*mark.seats[:seat], mark.seats[seat].put(line), *mark.seats[seat + 1 :])
        self.marks[step] = mark.put(seats, mark.outcome)

    def put_entry(self, step: str, seat: int, entry: Entry) -> None:
        """Put an entry in the place of the one with its id."""
        line = self.marks[step].seats[seat].line
        self.put_line(step, seat, tuple(entry if old.id == entry.id else old for old in line))

    def carry_out(self, effects: Iterable[Effect], key: str) -> None:
        """Give out effects, each under its own key."""
        self.outputs += (CarryOut(f"{key}.{i}", effect) for i, effect in enumerate(effects))

    def submitted(self, submitter: int, sender: int) -> None:
        """Note whose submission it is, and who sent it."""
        self.submitter, self.sender, self._asking = submitter, sender, None
        self.variables = self._variables()

    def choose(self, chosen: Mapping[str, tuple[int, ...]]) -> None:
        """Note the people whom the submitter chose for steps."""
        self.chosen, self._asking = {**self.chosen, **chosen}, None

    def end(self, status: Status) -> None:
        """Give the instance another status."""
        self.status = status

    def _variables(self) -> Mapping[str, Any]:
        return _Variables(self, self.facts.variables(self.submitter, self.now))
