"""Time and chance: the only module that reads the clock or draws randomness.

Pure layers never import it; they are given the time, an identifier or a token as an argument, so that a
decision can be replayed exactly.
"""

import hashlib
import secrets
import uuid
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the time, identifiers and secrets come from."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC, to the microsecond."""
        ...

    def unique_id(self) -> uuid.UUID:
        """An identifier never given before; later ones sort after earlier ones, to the millisecond."""
        ...

    def token(self, size: int = 32) -> str:
        """A secret of `size` random bytes in URL-safe text (43 characters for 32 bytes)."""
        ...


def time_ordered_id(moment: datetime, chance: bytes) -> uuid.UUID:
    """A version 7 UUID (RFC 9562, section 5.7) of a moment and ten random bytes.

    Raises:
        ValueError: `chance` is not ten bytes long.
    """
    if len(chance) != 10:
        raise ValueError(f"An identifier needs ten random bytes, not {len(chance)}.")
    milliseconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    bits = int.from_bytes(chance, "big")
    version, variant = 0x7 << 76, 0b10 << 62
    return uuid.UUID(
        int=milliseconds << 80 | version | (bits >> 62 & 0xFFF) << 64 | variant | bits & (1 << 62) - 1
    )


class SystemClock:
    """The machine's clock and the operating system's source of randomness."""

    def now(self) -> datetime:
        """See `Clock.now`."""
        return datetime.now(UTC)

    def unique_id(self) -> uuid.UUID:
        """See `Clock.unique_id`."""
        return time_ordered_id(self.now(), secrets.token_bytes(10))

    def token(self, size: int = 32) -> str:
        """See `Clock.token`."""
        return secrets.token_urlsafe(size)


class FixedClock:
    """A clock that stands still until it is moved, and whose chance repeats: for tests and replays."""

    def __init__(self, moment: datetime, seed: str = "") -> None:
        if moment.tzinfo is None:
            raise ValueError("A clock needs an aware moment; write one with tzinfo=UTC.")
        self._moment = moment.astimezone(UTC)
        self._seed = seed
        self._drawn = 0

    def now(self) -> datetime:
        """See `Clock.now`."""
        return self._moment

    def advance(self, by: timedelta) -> datetime:
        """Move the clock (backwards with a negative span) and return its new moment."""
        self._moment += by
        return self._moment

    def unique_id(self) -> uuid.UUID:
        """See `Clock.unique_id`; the same seed gives the same sequence."""
        return time_ordered_id(self._moment, self._draw()[:10])

    def token(self, size: int = 32) -> str:
        """A token of the right length that no one must take for a secret."""
        length = (size * 4 + 2) // 3
        text = ""
        while len(text) < length:
            text += self._draw().hex()
        return text[:length]

    def _draw(self) -> bytes:
        self._drawn += 1
        return hashlib.sha256(f"{self._seed}:{self._drawn}".encode()).digest()
