"""Reading an event log in XES (IEEE 1849): cases, each with what was done, when, and about what."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

SPACE = "{http://www.xes-standard.org}"
LONGEST_CASE = 1_000
MOST_CASES = 1_000_000
CENT = Decimal("0.01")


class BadLog(ValueError):
    """The file is not a log of the form that can be replayed."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: the activity as the log names it, without the word Declaration, and its moment in UTC."""

    activity: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One declaration, with its events in the order of the log; `amount` is rounded to cents."""

    name: str
    amount: Decimal
    budget: str
    events: tuple[Happening, ...]

    @property
    def trace(self) -> tuple[str, ...]:
        """The activities alone."""
        return tuple(event.activity for event in self.events)


def read_log(path: Path) -> Iterator[Case]:
    """The cases of a log, one at a time; `path` may be compressed (.gz).

    Raises:
        BadLog: a case lacks what it needs, or the file holds more than a log of approvals would.
    """
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        count, root = 0, None
        # The parser bounds what entities may expand to, and a case is let go once it was read.
        for happened, element in ET.iterparse(file, events=("start", "end")):  # noqa: S314
            if root is None:
                root = element
            if happened == "end" and element.tag == f"{SPACE}trace":
                count += 1
                if count > MOST_CASES:
                    raise BadLog(f"more than {MOST_CASES} cases")
                yield _case(element)
                root.clear()


def _case(trace: ET.Element) -> Case:
    name = _attributes(trace).get("concept:name", "")
    events = [_attributes(event) for event in trace.findall(f"{SPACE}event")]
    if not name or not 0 < len(events) <= LONGEST_CASE:
        raise BadLog(f"case {name!r} has {len(events)} events")
    try:
        return Case(
            name,
            Decimal(events[0].get("(case)_Amount", "0")).quantize(CENT, ROUND_HALF_UP),
            events[0].get("(case)_BudgetNumber", ""),
            tuple(_happening(event) for event in events),
        )
    except (KeyError, ValueError, ArithmeticError) as error:
        raise BadLog(f"case {name!r}: {error}") from error


def _happening(event: dict[str, str]) -> Happening:
    activity = event["concept:name"].removeprefix("Declaration ")
    return Happening(activity, datetime.fromisoformat(event["time:timestamp"]).astimezone(UTC))


def _attributes(element: ET.Element) -> dict[str, str]:
    return {child.get("key", ""): child.get("value", "") for child in element if child.get("key")}
