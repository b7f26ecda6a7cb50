"""The smallest change of one field with which a record would go another way.

Every candidate is tried with the engine itself, on the record with its computed fields computed anew. Values
on a ruler (numbers, amounts, dates) are searched on both sides: the marks next to every constant of the
conditions and tables, and ever wider steps, until the route differs; then halving finds the very first mark
that does. So the answer is exact where the route changes once between two of these marks, which is so for
conditions that compare what grows or falls with the field; a band that no constant names could be missed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guanxi.definitions.decisions import Decision
from guanxi.definitions.decisions.measures import Measure
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import Label
from guanxi.errors import Refused
from guanxi.records.completing import recompute
from guanxi.workflow.facts import Facts
from guanxi.workflow.route import Route, Submission, with_record
from guanxi.workflow.variations import Record, Variation, decisive, variations

MOST = 3
"""Alternatives that are told."""
WIDEST = 1000
"""How many times the largest number around a value may grow; a change beyond helps nobody."""
DAYS = 3660


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another value of one field, and what then changes.

    `asked` are the labels of steps that would come in, `spared` of those that would not be needed, `others`
    of those at which other people would be asked; `needed`: whether the process would run at all.
    """

    variation: Variation
    now: Any
    value: Any
    needed: bool
    asked: tuple[Label, ...] = ()
    spared: tuple[Label, ...] = ()
    others: tuple[Label, ...] = ()


def alternatives(
    submission: Submission,
    entity: Entity,
    facts: Facts,
    tables: Mapping[str, Decision],
    shows: Callable[[str], bool],
) -> tuple[Alternative, ...]:
    """The smallest changes, the smallest first, one for each field and effect.

    `facts.record` holds what computing the entity needs. `shows` says of which paths the reader may see the
    value: nothing is told of a field that decides together with one that is hidden.

    Raises a refusal where the record as it is has no route.
    """
    found = decisive(submission.process, entity, tables)
    search = _Search(submission, entity, facts, submission.route(facts), found.literals)
    near: dict[tuple[str, tuple[str, ...]], tuple[Decimal, Alternative]] = {}
    for variation in variations(found, entity, facts.record, shows):
        for distance, one in search.around(variation):
            effect = tuple(str(label) for label in (*one.asked, *one.spared, *one.others))
            key = (variation.path, effect)
            if key not in near or distance < near[key][0]:
                near[key] = (distance, one)
    best = sorted(near.values(), key=lambda pair: pair[0])
    return tuple(one for _, one in best[:MOST])


@dataclass(frozen=True, slots=True)
class _Search:
    submission: Submission
    entity: Entity
    facts: Facts
    route: Route
    literals: frozenset[Any]

    def around(self, variation: Variation) -> Iterator[tuple[Decimal, Alternative]]:
        """The nearest values of one field that change the route, with how far each is away."""
        now, measure = variation.value(self.facts.record), variation.measure
        if measure is None:
            choices: Sequence[Any] = [option.name for option in variation.field.options] or [True, False]
            yield from self._told(variation, now, [(Decimal(1), one) for one in choices if one != now])
        elif now is not None:
            mark = measure.mark(now)
            for side in (-1, 1) if variation.line is not None or variation.of is None else (-1,):
                first = self._first(variation, measure, mark, side)
                if first is not None:
                    far = Decimal(abs(first - mark)) / max(abs(mark), 1)
                    yield from self._told(variation, now, [(far, measure.at(first))])

    def _first(self, variation: Variation, measure: Measure, mark: int, side: int) -> int | None:
        """The first mark on one side at which the route differs."""
        same = mark
        for tried in self._marks(variation, measure, mark, side):
            if not self._differs(variation, measure.at(tried)):
                same = tried
                continue
            other = tried
            while abs(other - same) > 1:
                middle = (other + same) // 2
                if self._differs(variation, measure.at(middle)):
                    other = middle
                else:
                    same = middle
            return other
        return None

    def _marks(self, variation: Variation, measure: Measure, mark: int, side: int) -> Iterable[int]:
        """The marks to try on one side, nearest first, within the bounds of the field."""
        known = {near for value in self.literals for near in _beside(measure, value)}
        wide = DAYS if measure.type == "date" else WIDEST * max(abs(mark), *map(abs, known), 1)
        least, most = mark - wide, mark + wide
        if measure.type != "date":
            # A number that nobody expects below nothing is not tried there.
            least = min(0, mark, *known)
        least = measure.mark(variation.field.min) if variation.field.min is not None else least
        most = measure.mark(variation.field.max) if variation.field.max is not None else most
        tried = known | {least, most} | {mark + side * 2**power for power in range(wide.bit_length())}
        inside = (one for one in tried if least <= one <= most and (one - mark) * side > 0)
        return sorted(inside, key=lambda one: abs(one - mark))

    def _differs(self, variation: Variation, value: Any) -> bool:
        route = self._route(variation, value)
        return route is not None and _said(route) != _said(self.route)

    def _route(self, variation: Variation, value: Any) -> Route | None:
        """The route with another value; None where a table has no answer then."""
        record = copied(self.entity, self.facts.record)
        variation.put(record, value)
        variables = self.facts.variables(self.submission.submitter, self.submission.now)
        recompute(self.entity, record, variables)
        try:
            return self.submission.route(with_record(self.facts, record))
        except Refused:
            return None

    def _told(
        self, variation: Variation, now: Any, values: Iterable[tuple[Decimal, Any]]
    ) -> Iterator[tuple[Decimal, Alternative]]:
        for distance, value in values:
            then = self._route(variation, value)
            if then is None or _said(then) == _said(self.route):
                continue
            was = self.route
            yield (
                distance,
                Alternative(
                    variation,
                    now,
                    value,
                    then.needed,
                    asked=tuple(then.labels[one] for one in then.people if one not in was.people),
                    spared=tuple(was.labels[one] for one in was.people if one not in then.people),
                    others=tuple(
                        then.labels[one]
                        for one in then.people
                        if was.people.get(one, then.people[one]) != then.people[one]
                    ),
                ),
            )


def copied(entity: Entity, record: Mapping[str, Any]) -> Record:
    """A record whose values and lines can be changed without changing the original."""
    copy = dict(record)
    for field in entity.line_fields:
        lines = [dict(line) for line in record.get(field.name) or ()]
        for line in lines:
            line["parent"] = copy
        copy[field.name] = lines
    return copy


def _said(route: Route) -> tuple[bool, tuple[tuple[str, tuple[int, ...]], ...]]:
    return route.needed, tuple(route.people.items())


def _beside(measure: Measure, value: Any) -> tuple[int, ...]:
    """The marks at and beside a constant; none where it is no value of the field."""
    if isinstance(value, date) != (measure.type == "date") or isinstance(value, datetime):
        return ()
    mark = measure.mark(value)
    return (mark, mark + 1) if mark == 0 else (mark - 1, mark, mark + 1)
