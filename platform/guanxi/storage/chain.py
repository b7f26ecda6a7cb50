"""The hash chain over the audit: what is hashed, and how each digest follows from the one before."""

import hashlib
import json

from guanxi.storage.moments import moment
from guanxi.storage.session import Row
from guanxi.storage.sqlite import as_text

START = "0" * 64
"""What the first digest follows."""
COLUMNS = "id, at, actor_id, channel, verb, entity, record_id, detail"


def digest_after(previous: str, row: Row) -> str:
    """SHA-256 over the digest before and everything that the row says, in one fixed form."""
    content = [
        row["id"],
        as_text(moment(row["at"])),
        row["actor_id"],
        row["channel"],
        row["verb"],
        row["entity"],
        row["record_id"],
        row["detail"],
    ]
    text = json.dumps([previous, *content], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
