"""What a step asks for besides record and organisation: decision tables, calendars, facts about people.

Every answer is kept for the event's row, so that the step can be repeated exactly.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from guanxi.definitions.flow.spans import AnySpan, DecidedSpan, Span, parse_span
from guanxi.expressions import Formula
from guanxi.rules.decisions import Answer, Undecided, people_of
from guanxi.rules.who import Resolve
from guanxi.workflow.encoding import decode, encode


class Outside(Protocol):
    """The questions that a step may ask of what lies outside its instance."""

    def table(self, decision: str) -> Answer:
        """What a decision table answers on the record. Raises a refusal when no row does."""

    def user(self, person: int) -> Mapping[str, Any]:
        """A person's own record, flat, with every path that conditions over candidates read."""

    def end(self, span: Span, since: datetime) -> datetime:
        """The moment a span after another, by the calendar of the process."""

    def start(self, day: date, at: time) -> datetime:
        """The moment of a time of day on a day, in the calendar's zone."""

    def onward(self, since: datetime, at: time) -> datetime:
        """The first moment from `since` on with that time of day, in the calendar's zone."""


class Answers:
    """Asks what lies outside, each question once, and keeps the answers as JSON.

    With `stored` answers, it gives just those; a question that was not asked then is an error.
    """

    __slots__ = ("_kept", "_source", "_stored", "lenient")

    def __init__(self, source: Outside, stored: Mapping[str, Any] | None) -> None:
        self._source, self._stored = source, stored
        self.lenient = False
        """A table that has no answer names nobody and gives nothing; else it refuses the event."""
        self._kept: dict[str, Any] = {}

    def output(self, decision: str, output: str | None) -> Any:
        """The value of one output of a table: the named one, or the only one."""
        key = f"output {decision} {output or ''}"

        def question() -> Any:
            answer = self._table(decision)
            return None if answer is None else encode(_output(answer, output)[1])

        return decode(self._ask(key, question))

    def people(self, decision: str, output: str | None, resolve: Resolve) -> tuple[int, ...]:
        """The people that one output of a table names; `resolve` finds them for its selectors."""

        def question() -> list[int]:
            answer = self._table(decision)
            return [] if answer is None else list(resolve(people_of(answer, _output(answer, output)[0])))

        return tuple(self._ask(f"people {decision} {output or ''}", question))

    def user(self, person: int, paths: Iterable[str]) -> dict[str, Any]:
        """What a person's own record has at some paths."""
        return {
            path: decode(self._ask(f"user {person} {path}", self._of_user(person, path))) for path in paths
        }

    def end(self, span: Span, since: datetime) -> datetime:
        """The moment a span after another."""
        return self._moment(f"end {span} {since.isoformat()}", lambda: self._source.end(span, since))

    def start(self, day: date, at: time) -> datetime:
        """The moment of a time of day on a day."""
        return self._moment(f"start {day} {at}", lambda: self._source.start(day, at))

    def onward(self, since: datetime, at: time) -> datetime:
        """The first moment from another on with that time of day."""
        return self._moment(f"onward {since.isoformat()} {at}", lambda: self._source.onward(since, at))

    def to_json(self) -> dict[str, Any]:
        """Every question that was asked, with its answer."""
        return dict(sorted(self._kept.items()))

    def _table(self, decision: str) -> Answer | None:
        try:
            return self._source.table(decision)
        except Undecided:
            if not self.lenient:
                raise
            return None

    def _of_user(self, person: int, path: str) -> Callable[[], Any]:
        return lambda: encode(self._source.user(person)[path])

    def _moment(self, key: str, question: Callable[[], datetime]) -> datetime:
        return datetime.fromisoformat(self._ask(key, lambda: question().isoformat()))

    def _ask(self, key: str, question: Callable[[], Any]) -> Any:
        if key not in self._kept:
            if self._stored is not None and key not in self._stored:
                raise LookupError(f"the stored facts do not answer “{key}”: something else was asked then")
            self._kept[key] = question() if self._stored is None else self._stored[key]
        return self._kept[key]


def after(
    span: AnySpan, since: datetime, answers: Answers, value: Callable[[Formula], object]
) -> datetime | None:
    """The moment a span of any kind after another; None where its expression or table gives nothing.

    `value` evaluates an expression over the record.
    """
    if isinstance(span, Formula):
        length = value(span)
        return since + length if isinstance(length, timedelta) else None
    if isinstance(span, DecidedSpan):
        given = answers.output(span.decision, span.output)
        if isinstance(given, timedelta):
            return since + given
        parsed = parse_span(given) if isinstance(given, str) else None
        return answers.end(parsed, since) if parsed else None
    return answers.end(span, since)


def _output(answer: Answer, output: str | None) -> tuple[str, Any]:
    """An output of a table's answer with its name: the one named, or the only one."""
    name = output if output is not None else next(iter(answer.outputs))
    return name, answer.outputs[name]
