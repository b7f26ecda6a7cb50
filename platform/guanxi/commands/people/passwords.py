"""Passwords: what a good one is, and how they are kept (argon2id, RFC 9106).

Hashing takes 64 MiB and a fraction of a second each, so it runs in a few threads of its own: a flood of
sign-ins waits there, and everything else goes on.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from guanxi.errors import N_, Invalid, Problem, TooManyRequests

SHORTEST = 10
LONGEST = 200
_THREADS = 2
_QUEUE = 20
"""Sign-ins that may wait for a thread; more are turned away rather than kept waiting for seconds."""

_HASHER = PasswordHasher(
    time_cost=3, memory_cost=65_536, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
# Of a password that nobody knows: comparing with it takes as long as with a real one.
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=1$yY9MqHPhrkc+dzIHFQ/fOQ$tkq94wGv/r5YhhwST3ifSna2E+2z9RyC/33hCDdgSK4"
_COMMON = ("password", "1234567890", "qwertyuiop", "0123456789", "iloveyou", "administrator")

_threads = ThreadPoolExecutor(_THREADS, "guanxi-passwords")
_Result = TypeVar("_Result")


class _Queue:
    """Counts who waits, so that there is an end to it."""

    waiting = 0


def check_strength(password: str, email: str) -> None:
    """Accept long passwords of any kind rather than short ones of a certain kind.

    Raises:
        Invalid: it is too short or long, has hardly any different characters, is well known, or is the
            e-mail address.
    """
    message = None
    folded = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        message = N_("A password has {shortest} to {longest} characters.", shortest=SHORTEST, longest=LONGEST)
    elif len(set(password)) < 5 or any(common in folded for common in _COMMON):
        message = N_(
            "This password is easy to guess. Choose another, such as four words that do not belong together."
        )
    elif email.casefold() in folded or folded in email.casefold():
        message = N_("The password must not be the e-mail address.")
    if message is not None:
        raise Invalid(message, [Problem("/password", "weak_password", message)])


async def hash_password(password: str) -> str:
    """The argon2id hash, with its salt and parameters."""
    return await _in_thread(partial(_HASHER.hash, password))


async def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed; without a hash, False after the same time."""
    verified = await _in_thread(partial(_verify, stored or _NOBODYS, password))
    return verified and stored is not None


def _verify(stored: str, password: str) -> bool:
    try:
        # Bounded, because the time to hash grows with the length.
        return _HASHER.verify(stored, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False


async def _in_thread(work: Callable[[], _Result]) -> _Result:
    if _Queue.waiting >= _QUEUE:
        raise TooManyRequests(
            N_("Too many people are signing in right now. Try again in a moment."), retry_after=2
        )
    _Queue.waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work)
    finally:
        _Queue.waiting -= 1
