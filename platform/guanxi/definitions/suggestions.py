"""Did you mean: the known name nearest to a misspelt one."""

from collections.abc import Iterable
from difflib import get_close_matches

SHOWN = 8


def nearest(name: str, known: Iterable[str]) -> str:
    """What to write instead of `name`: the nearest known name, else the known names, else nothing."""
    names = sorted(set(known) - {"$schema"})
    near = get_close_matches(name[:100], names, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    if not names:
        return ""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"known: {', '.join(names[:SHOWN])}{more}"
