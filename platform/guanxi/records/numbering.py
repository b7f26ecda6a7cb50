"""Sequence numbers: `SO-{year}-{n:05}` and the period in which counting starts anew."""

from datetime import date

from guanxi.definitions.entity import Field


def period_of(field: Field, today: date) -> str:
    """The key of the counter: the year, the month, or one for all time."""
    if field.restart == "year":
        return f"{today.year:04}"
    return f"{today.year:04}-{today.month:02}" if field.restart == "month" else ""


def numbered(field: Field, number: int, today: date) -> str:
    """The text of one number. The format was checked when the definition was compiled."""
    return (field.format or "{n}").format(n=number, year=f"{today.year:04}", month=f"{today.month:02}")
