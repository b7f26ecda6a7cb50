"""When a job that failed is tried again."""

from collections.abc import Callable
from datetime import timedelta

from guanxi.clock import Clock
from guanxi.errors import Refused
from guanxi.storage.jobs.job import Again, GiveUp

MOST = 8
"""Attempts before a job is kept as failed: one to two hours."""
FIRST = timedelta(seconds=10)
LONGEST = timedelta(hours=1)


def wait_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after this many attempts (from 1): 10 s, then three times as long each time.

    `chance`, from 0 to 1, spreads it over the upper half of that, so that what failed together does not come
    again together.
    """
    # From the tenth on it is the longest anyway, and the power soon more than a span can be.
    longest = min(FIRST * 3.0 ** (min(attempts, 10) - 1), LONGEST)
    return longest * (0.5 + chance / 2)


def again_by(chance: Callable[[], float]) -> Again:
    """The policy of the platform: what is refused on purpose is not tried again, everything else is."""

    def again(attempts: int, error: BaseException) -> timedelta | None:
        if isinstance(error, GiveUp | Refused) or attempts >= MOST:
            return None
        return wait_after(attempts, chance())

    return again


def chance_of(clock: Clock) -> Callable[[], float]:
    """Draws from 0 to below 1, as fine as spreading needs."""
    return lambda: (clock.unique_id().int & 0xFFFF) / 0x10000
