"""What a step may know besides the state: the record, the organisation, the day, and what lies outside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from guanxi.rules.organisation import Organisation, Recalled, Recorded
from guanxi.workflow.around import PLAIN
from guanxi.workflow.encoding import decode_record, encode
from guanxi.workflow.outside import Answers, Outside


@dataclass(frozen=True, slots=True)
class Facts:
    """The record (flat, with every path of `Process.reads`), the organisation, and the day.

    `today` is the day in the workspace's time zone `zone`; without it, the day of the event in UTC. `outside`
    answers for decision tables, calendars and conditions over users; of stored facts, `answers` are all there
    are.
    """

    record: Mapping[str, Any]
    organisation: Organisation
    today: date | None = None
    zone: str = "UTC"
    outside: Outside = PLAIN
    answers: Mapping[str, Any] | None = None

    def day(self, now: datetime) -> date:
        """The day that it is."""
        return self.today or now.date()

    def variables(self, person: int, now: datetime) -> dict[str, Any]:
        """The standard variables of expressions, for a person."""
        return {"me": person, "now": now, "today": self.day(now), "zone": self.zone}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Facts":
        """The facts of a stored event: they answer what was asked then, and nothing else."""
        return cls(
            decode_record(data["record"]),
            Recalled(data["organisation"]),
            date.fromisoformat(data["today"]) if data.get("today") else None,
            data.get("zone", "UTC"),
            answers=data.get("answers", {}),
        )


def used_facts(
    facts: Facts, reads: Iterable[str], organisation: Recorded, answers: Answers
) -> dict[str, Any]:
    """The facts that a step used, as JSON to store beside its event."""
    heads = {path.partition(".")[0] for path in reads}
    record = {
        key: encode(_kept(value, reads, key)) for key, value in facts.record.items() if _of(key, reads, heads)
    }
    used: dict[str, Any] = {"record": record, "organisation": organisation.to_json()}
    if asked := answers.to_json():
        used["answers"] = asked
    if facts.today is not None:
        used |= {"today": facts.today.isoformat(), "zone": facts.zone}
    return used


def _of(key: str, reads: Iterable[str], heads: set[str]) -> bool:
    """Whether a key of the record is read: itself, as a collection, or as the currency of an amount."""
    return key in heads or key in reads or key.removesuffix(".currency") in reads


def _kept(value: Any, reads: Iterable[str], head: str) -> Any:
    """Of a collection, only what is read of its members, and which they are."""
    if not isinstance(value, list | tuple):
        return value
    wanted = {path.removeprefix(f"{head}.") for path in reads if path.startswith(f"{head}.")} | {"id"}
    return [{key: member[key] for key in member if _of(key, wanted, set())} for member in value]
