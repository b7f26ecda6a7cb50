"""How long to wait before signing in may be tried again.

Three counts: of an account from one address (strict), of an account from anywhere, and of an address. The
second is generous and its wait short, so that a stranger who guesses cannot keep the owner out; none of them
locks anybody out for good.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from guanxi.storage.sign_in_attempts import Attempts

WINDOW = timedelta(minutes=15)
"""Failures with a longer pause between them do not add up."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Failures that cost no wait, and the longest wait after more, in seconds."""

    free: int
    longest: int


_ALLOWANCES = {"pair": Allowance(5, 300), "account": Allowance(50, 30), "address": Allowance(50, 60)}


def keys_of(email: str, address: str) -> tuple[str, str, str]:
    """The keys under which a try counts. The address typed is kept as a digest: it may be a password."""
    account = hashlib.sha256(email.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"pair:{account}:{address}", f"account:{account}", f"address:{address}"


def seconds_to_wait(attempts: Iterable[Attempts], now: datetime) -> int:
    """How long the next try has to wait; 0 when it may be made now. It doubles with each failure."""
    return max((_wait(attempt, now) for attempt in attempts), default=0)


def pair_key(keys: Sequence[str]) -> str:
    """The key that a right password starts anew."""
    return keys[0]


def _wait(attempts: Attempts, now: datetime) -> int:
    allowance = _ALLOWANCES[attempts.key.partition(":")[0]]
    over = attempts.failures - allowance.free
    if over < 0:
        return 0
    pause = min(1 << min(over, 10), allowance.longest)
    return max(0, ceil(pause - (now - attempts.last_failed_at).total_seconds()))
