"""What a job is, to those who defer it and to those who run it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from guanxi.errors import GuanxiError


class GiveUp(GuanxiError):
    """The job will never work as it is: it is kept for an administrator and not tried again."""


class Died(GuanxiError):
    """The process that ran the job died, or lost the database for longer than the lease."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done by the handler of this name.

    While a job of the same `key` waits, a further one is not added. Without `run_at` it is due at once.
    """

    name: str
    payload: Mapping[str, Any]
    key: str | None = None
    run_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A job that is being done, for the `number`th time (from 1)."""

    id: int
    name: str
    payload: Mapping[str, Any]
    number: int


Handler = Callable[[Attempt], Awaitable[None]]
Again = Callable[[int, BaseException], timedelta | None]
"""How long to wait after this many attempts, the last of which failed so; None: keep it as failed."""


@dataclass(frozen=True, slots=True)
class Work:
    """How jobs are run: by whom, when again, how many at once.

    `lease` is how long nobody else takes a job whose process does not say that it lives; `pause` is how often
    an idle process looks.
    """

    handlers: Mapping[str, Handler]
    again: Again
    now: Callable[[], datetime]
    lease: timedelta = timedelta(seconds=30)
    pause: timedelta = timedelta(seconds=0.5)
    at_once: int = 4
