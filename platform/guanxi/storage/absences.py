"""When people are away, and who stands in for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanxi.storage.session import Row, Session


@dataclass(frozen=True, slots=True)
class Absence:
    """From the first to the last day, both included, the deputy may decide for the person."""

    user_id: int
    deputy_id: int
    first_day: date
    last_day: date


async def set_absence(session: Session, absence: Absence) -> None:
    """Keep the absence of a person, in place of the one before."""
    await session.execute(
        "INSERT INTO g_absence (user_id, deputy_id, first_day, last_day) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (user_id) DO UPDATE SET deputy_id = excluded.deputy_id, first_day = excluded.first_day, "
        "last_day = excluded.last_day",
        absence.user_id,
        absence.deputy_id,
        absence.first_day,
        absence.last_day,
    )


async def clear_absence(session: Session, user_id: int) -> bool:
    """Forget the absence of a person; whether there was one."""
    return await session.execute("DELETE FROM g_absence WHERE user_id = $1", user_id) == 1


async def absence_of(session: Session, user_id: int) -> Absence | None:
    """The absence of a person, also one that is over."""
    row = await session.fetchrow(f"{SELECT} WHERE user_id = $1", user_id)
    return _absence(row) if row is not None else None


async def represented_by(session: Session, deputy_id: int, day: date) -> list[int]:
    """For whom a person stands in on a day: only themselves, never those for whom these stand in."""
    rows = await session.fetch(
        "SELECT user_id FROM g_absence WHERE deputy_id = $1 AND first_day <= $2 AND last_day >= $2 "
        "ORDER BY user_id",
        deputy_id,
        day,
    )
    return [row["user_id"] for row in rows]


def by_person(rows: list[Row] | Any) -> Mapping[int, Absence]:
    """Absences by person, of the rows of `SELECT`."""
    return {row["user_id"]: _absence(row) for row in rows}


SELECT = "SELECT user_id, deputy_id, first_day, last_day FROM g_absence"


def _absence(row: Row) -> Absence:
    return Absence(row["user_id"], row["deputy_id"], _day(row["first_day"]), _day(row["last_day"]))


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
