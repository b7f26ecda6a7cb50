"""Checking the audit: every sealed row is there, in its place, and says what it said when it was sealed."""

from dataclasses import dataclass

from guanxi.errors import N_, Text
from guanxi.storage.chain import COLUMNS, START, digest_after
from guanxi.storage.database import Database
from guanxi.storage.session import Row, Session

PAGE = 2000

MISSING = N_("Row {place} of the audit is missing: somebody deleted it, or moved it.")
ALTERED = N_("Row {place} of the audit (id {id}) is not what was sealed: it was altered, or put there.")
NO_HEAD = N_(
    "The digest {head} is not in the chain: its end was cut off, or it was written anew. It now ends at "
    "row {place}."
)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain does not hold."""

    place: int
    audit_id: int | None
    message: Text


@dataclass(frozen=True, slots=True)
class Verification:
    """How many rows hold, the digest of the last (to be kept elsewhere), how many wait to be sealed."""

    sealed: int
    head: str
    unsealed: int
    broken: Broken | None


async def verify(database: Database, head: str | None = None) -> Verification:
    """Check the whole chain. With a digest that was noted before, a cut end is noticed too."""
    async with database.reading() as session:
        place, digest, broken, seen = await _walk(session, head)
        unsealed: int = await session.value("SELECT count(*) FROM g_audit WHERE seal_seq IS NULL")
    if broken is None and head is not None and not seen:
        broken = Broken(place, None, Text(NO_HEAD.template, {"head": head, "place": place}))
    return Verification(place, digest, unsealed, broken)


async def _walk(session: Session, head: str | None) -> tuple[int, str, Broken | None, bool]:
    place, digest, seen = 0, START, head == START
    while True:
        rows = await session.fetch(
            f"SELECT seal_seq, digest, {COLUMNS} FROM g_audit WHERE seal_seq > $1 ORDER BY seal_seq LIMIT $2",
            place,
            PAGE,
        )
        for row in rows:
            broken = _check(row, place, digest)
            if broken is not None:
                return place, digest, broken, seen
            place, digest = row["seal_seq"], row["digest"]
            seen = seen or digest == head
        if len(rows) < PAGE:
            return place, digest, None, seen


def _check(row: Row, place: int, digest: str) -> Broken | None:
    wanted = place + 1
    if row["seal_seq"] != wanted:
        return Broken(wanted, None, Text(MISSING.template, {"place": wanted}))
    if row["digest"] != digest_after(digest, row):
        return Broken(wanted, row["id"], Text(ALTERED.template, {"place": wanted, "id": row["id"]}))
    return None
