"""A clock that tells the sample data's story: it shows what the story says, and draws real randomness."""

import uuid
from datetime import datetime, timedelta

from guanxi.clock import SystemClock

MORNING = 1
"""The hour in UTC at which the sample people begin to work: nine o'clock in China."""


class StoryClock:
    """Stands where it was put, and never ahead of the real time."""

    def __init__(self) -> None:
        self._real = SystemClock()
        self.start = self._real.now()
        self._moment = self.start

    def at(self, days_ago: float, hours: float = 0, *, minutes: int = 0) -> datetime:
        """So many hours after a working day began so many days ago; at the latest the start.

        `minutes` after the beginning of the day keep what happens on one day apart. What happens today is
        told as hours before the start, whatever time of the day it is.
        """
        if days_ago < 1:
            return min(self.start - timedelta(hours=3 - hours), self.start)
        morning = self.start.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        moment = morning - timedelta(days=days_ago) + timedelta(hours=hours, minutes=minutes)
        return min(moment, self.start)

    def go_to(self, moment: datetime) -> None:
        """Put the clock."""
        self._moment = moment

    def now(self) -> datetime:
        """See `Clock.now`."""
        return self._moment

    def unique_id(self) -> uuid.UUID:
        """See `Clock.unique_id`."""
        return self._real.unique_id()

    def token(self, size: int = 32) -> str:
        """See `Clock.token`."""
        return self._real.token(size)
