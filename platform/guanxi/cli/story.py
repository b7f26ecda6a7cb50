"""A clock that tells the sample data's story: it shows what the story says, and draws real randomness."""

import uuid
from datetime import datetime, timedelta

from guanxi.clock import SystemClock


class StoryClock:
    """Stands where it was put, and never ahead of the real time."""

    def __init__(self) -> None:
        self._real = SystemClock()
        self.start = self._real.now()
        self._moment = self.start

    def at(self, days_ago: float, hours: float = 0) -> datetime:
        """The moment that lies so many days, less so many hours, before the start, or the start."""
        return min(self.start - timedelta(days=days_ago) + timedelta(hours=hours), self.start)

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
