"""Numbers that are given out one after the other."""

from guanxi.storage.session import Session


async def next_number(session: Session, name: str) -> int:
    """The next number of a sequence, 1 at first; whoever is second waits until the first has committed."""
    number: int = await session.value(
        "INSERT INTO g_sequence_counter (name, value) VALUES ($1, 1) "
        "ON CONFLICT (name) DO UPDATE SET value = g_sequence_counter.value + 1 RETURNING value",
        name,
    )
    return number
