"""Marks as JSON and back. What is empty is left out, so that an instance stays small."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from guanxi.workflow.marks import Entry, Mark, Seat


def mark_to_json(mark: Mark) -> dict[str, Any]:
    """A mark as JSON."""
    data: dict[str, Any] = {"visit": mark.visit, "since": mark.since.isoformat(), "chose": dict(mark.chose)}
    if mark.seats:
        data["people"], data["quorum"] = list(mark.people), mark.quorum
        data["seats"] = [_seat_to_json(seat) for seat in mark.seats]
    optional = {
        "skip": mark.skipped,
        "fired": list(mark.fired),
        "ran": list(mark.ran),
        "due": mark.due.isoformat() if mark.due else None,
        "done": mark.done,
        "go": list(mark.go),
        "off": list(mark.off),
        "kids": dict(mark.kids),
    }
    data |= {name: value for name, value in optional.items() if value}
    if mark.outcome is not None:
        data["outcome"] = mark.outcome
    return data


def mark_from_json(data: Mapping[str, Any]) -> Mark:
    """The mark that `mark_to_json` was given."""
    return Mark(
        visit=data["visit"],
        since=datetime.fromisoformat(data["since"]),
        chose=data["chose"],
        skipped=data.get("skip", False),
        outcome=data.get("outcome"),
        people=tuple(data.get("people", ())),
        seats=tuple(_seat_from_json(seat) for seat in data.get("seats", ())),
        quorum=data.get("quorum", 0),
        fired=tuple(data.get("fired", ())),
        ran=tuple(data.get("ran", ())),
        due=_moment(data.get("due")),
        done=data.get("done", False),
        go=tuple(data.get("go", ())),
        off=tuple(data.get("off", ())),
        kids=data.get("kids", {}),
    )


def _seat_to_json(seat: Seat) -> dict[str, Any]:
    data: dict[str, Any] = {"line": [_entry_to_json(entry) for entry in seat.line]}
    return data | {"must": True} if seat.must else data


def _seat_from_json(data: Mapping[str, Any]) -> Seat:
    return Seat(tuple(_entry_from_json(entry) for entry in data["line"]), data.get("must", False))


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = {"id": entry.id, "who": list(entry.who), "ask": entry.ask}
    optional = {
        "answer": entry.answer,
        "by": entry.by,
        "for": entry.behalf,
        "at": entry.at.isoformat() if entry.at else None,
        "comment": entry.comment or None,
        "saw": dict(entry.saw) or None,
        "carried": entry.carried,
        "assigned": entry.assigned,
        "kind": "advise" if entry.kind == "advise" else None,
        "added": entry.added,
        "moved": list(entry.moved) or None,
        "offered": list(entry.offered) or None,
        "deadline": entry.deadline,
    }
    return data | {name: value for name, value in optional.items() if value is not None}


def _entry_from_json(data: Mapping[str, Any]) -> Entry:
    return Entry(
        id=data["id"],
        who=tuple(data["who"]),
        ask=data["ask"],
        answer=data.get("answer"),
        by=data.get("by"),
        behalf=data.get("for"),
        at=_moment(data.get("at")),
        comment=data.get("comment", ""),
        saw=data.get("saw", {}),
        carried=data.get("carried"),
        assigned=data.get("assigned"),
        kind=data.get("kind", "decide"),
        added=data.get("added"),
        moved=tuple(data.get("moved", ())),
        offered=tuple(data.get("offered", ())),
        deadline=data.get("deadline"),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
