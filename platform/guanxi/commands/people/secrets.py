"""Secrets that are handed out once and kept as digests."""

import hashlib
from datetime import timedelta

TOKEN_PREFIX = "gx_"  # noqa: S105 - what all tokens begin with, so that they are found where they leak
SECRET_BYTES = 32
SESSION_IDLE = timedelta(minutes=30)
SESSION_LENGTH = timedelta(hours=12)
SESSION_TOUCH = timedelta(minutes=1)
"""A session is marked as seen at most this often, so that reading does not write."""
INVITATION_LENGTH = timedelta(days=7)
_LONGEST = 200


def digest(secret: str) -> str:
    """What is kept of a secret of full entropy: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def plausible(secret: str) -> bool:
    """Whether a text could be one of our secrets at all."""
    return 0 < len(secret) <= _LONGEST
