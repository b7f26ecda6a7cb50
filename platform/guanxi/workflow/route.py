"""Which way a record would go if it were submitted now, as far as people are concerned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from guanxi.definitions.flow.process import Process
from guanxi.definitions.labels import Label
from guanxi.workflow.around import Around
from guanxi.workflow.chain import preview
from guanxi.workflow.facts import Facts
from guanxi.workflow.step import needed


@dataclass(frozen=True, slots=True)
class Route:
    """Who would be asked at which step; nobody at all where the process is not needed."""

    needed: bool
    people: Mapping[str, tuple[int, ...]]
    labels: Mapping[str, Label]


@dataclass(frozen=True, slots=True)
class Submission:
    """What is submitted: by whom, when, with which people chosen."""

    process: Process
    submitter: int
    now: datetime
    chosen: Mapping[str, tuple[int, ...]]

    def route(self, facts: Facts) -> Route:
        """The way that a record would go. Raises a refusal where a decision table has no answer."""
        if not needed(self.process, self.submitter, self.now, facts):
            return Route(False, {}, {})
        chain = preview(self.process, self.submitter, self.now, facts, dict(self.chosen))
        asked = [one for one in chain if one.state != "skipped"]
        return Route(True, {one.step: one.people for one in asked}, {one.step: one.label for one in asked})


def with_record(facts: Facts, record: Mapping[str, Any]) -> Facts:
    """The facts with another record, by which tables then decide, too."""
    outside = facts.outside
    if isinstance(outside, Around):
        outside = replace(outside, record=record)
    return replace(facts, record=record, outside=outside)
