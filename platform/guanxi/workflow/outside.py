"""What a step asks for besides record and organisation: decision tables, calendars, facts about people.

`Answers` asks and keeps every answer for the event's row; `Recalled` gives those answers again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

from guanxi.definitions.flow.spans import AnySpan, DecidedSpan, Span, parse_span
from guanxi.expressions import Formula
from guanxi.workflow.encoding import decode, encode


class Outside(Protocol):
    """The questions that a step may ask of what lies outside its instance."""

    def table(self, decision: str) -> Mapping[str, Any]:
        """The outputs of a decision table on the record, by name. Raises a refusal when no row answers."""

    def user(self, person: int) -> Mapping[str, Any]:
        """A person's own record, flat, with every path that conditions over candidates read."""

    def end(self, span: Span, since: datetime) -> datetime:
        """The moment a span after another, by the calendar of the process."""

    def start(self, day: date, at: time) -> datetime:
        """The moment of a time of day on a day, in the calendar's zone."""

    def onward(self, since: datetime, at: time) -> datetime:
        """The first moment from `since` on with that time of day, in the calendar's zone."""


class Nothing:
    """Knows no tables and no people, and counts only plain time in UTC; enough for what asks no more."""

    def table(self, decision: str) -> Mapping[str, Any]:
        """Raises LookupError: there is no such table."""
        raise LookupError(f"the decision table “{decision}” was not given with the facts")

    def user(self, person: int) -> Mapping[str, Any]:
        """Raises LookupError: nobody is known."""
        raise LookupError(f"the record of person {person} was not given with the facts")

    def end(self, span: Span, since: datetime) -> datetime:
        """Plain minutes, hours, days and weeks later; raises LookupError for what needs a calendar."""
        if span.working or span.unit == "months":
            raise LookupError(f"“{span}” needs a calendar, which was not given with the facts")
        return since + timedelta(**{span.unit: span.amount})

    def start(self, day: date, at: time) -> datetime:
        """In UTC."""
        return datetime.combine(day, at, UTC)

    def onward(self, since: datetime, at: time) -> datetime:
        """In UTC."""
        first = datetime.combine(since.astimezone(UTC).date(), at, UTC)
        return first if first >= since else first + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recalled:
    """Gives recorded answers again; a question that was not asked then is an error."""

    answers: Mapping[str, Any]

    def table(self, decision: str) -> Mapping[str, Any]:
        """As answered then."""
        return {name: decode(value) for name, value in self._recall(_table(decision)).items()}

    def user(self, person: int) -> Mapping[str, Any]:
        """As answered then: what was read of it."""
        return {path: decode(value) for path, value in self._recall(_user(person)).items()}

    def end(self, span: Span, since: datetime) -> datetime:
        """As answered then."""
        return datetime.fromisoformat(self._recall(_end(span, since)))

    def start(self, day: date, at: time) -> datetime:
        """As answered then."""
        return datetime.fromisoformat(self._recall(_start(day, at)))

    def onward(self, since: datetime, at: time) -> datetime:
        """As answered then."""
        return datetime.fromisoformat(self._recall(_onward(since, at)))

    def _recall(self, key: str) -> Any:
        if key not in self.answers:
            raise LookupError(f"the stored facts do not answer “{key}”: something else was asked then")
        return self.answers[key]


class Answers:
    """Asks what lies outside, each question once, and keeps the answers as JSON."""

    __slots__ = ("_kept", "_source")

    def __init__(self, source: Outside) -> None:
        self._source = source
        self._kept: dict[str, Any] = {}

    def output(self, decision: str, output: str | None) -> Any:
        """One output of a table: the named one, or the only one."""
        outputs = self._ask(_table(decision), lambda: _encoded(self._source.table(decision)))
        return decode(outputs[output] if output is not None else next(iter(outputs.values())))

    def user(self, person: int, paths: Iterable[str]) -> dict[str, Any]:
        """What a person's own record has at some paths."""
        kept = self._kept.setdefault(_user(person), {})
        missing = [path for path in sorted(paths) if path not in kept]
        if missing:
            found = self._source.user(person)
            kept |= {path: encode(found[path]) for path in missing}
        return {path: decode(kept[path]) for path in paths}

    def end(self, span: Span, since: datetime) -> datetime:
        """The moment a span after another."""
        return self._moment(_end(span, since), lambda: self._source.end(span, since))

    def start(self, day: date, at: time) -> datetime:
        """The moment of a time of day on a day."""
        return self._moment(_start(day, at), lambda: self._source.start(day, at))

    def onward(self, since: datetime, at: time) -> datetime:
        """The first moment from another on with that time of day."""
        return self._moment(_onward(since, at), lambda: self._source.onward(since, at))

    def to_json(self) -> dict[str, Any]:
        """Every question that was asked, with its answer."""
        return dict(sorted(self._kept.items()))

    def _moment(self, key: str, question: Callable[[], datetime]) -> datetime:
        return datetime.fromisoformat(self._ask(key, lambda: question().isoformat()))

    def _ask(self, key: str, question: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = question()
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


def _encoded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: encode(value) for name, value in values.items()}


def _table(decision: str) -> str:
    return f"table {decision}"


def _user(person: int) -> str:
    return f"user {person}"


def _end(span: Span, since: datetime) -> str:
    return f"end {span} {since.isoformat()}"


def _start(day: date, at: time) -> str:
    return f"start {day} {at}"


def _onward(since: datetime, at: time) -> str:
    return f"onward {since.isoformat()} {at}"
