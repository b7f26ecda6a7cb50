"""Where a server's time goes: by package or layer, and the functions that took most of it themselves."""

import io
import pstats
from collections import Counter
from pathlib import Path
from typing import Any

SHOWN = 30


def hottest(profile: Path) -> str:
    """Own time by package and by function of a cProfile file; starting the server is part of it."""
    output = io.StringIO()
    stats: Any = pstats.Stats(str(profile), stream=output)
    total = stats.total_tt
    owners: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, _) in stats.stats.items():
        owners[_owner(file, name)] += own
    shares = [f"{own:8.3f} s {own / total:5.0%}  {owner}" for owner, own in owners.most_common(SHOWN)]
    stats.sort_stats("tottime").print_stats(SHOWN)
    return "\n".join(shares) + "\n" + output.getvalue()


def _owner(file: str, name: str) -> str:
    """`guanxi/storage`, `bench/control`, a library, the standard library's file, or the built-in."""
    if file == "~":
        return name
    parts = Path(file).parts
    for root, depth in (("site-packages", 1), ("platform", 2), ("bench", 2)):
        if root in parts:
            start = parts.index(root) + (root != "bench")
            return "/".join(parts[start : start + depth])
    return Path(file).name
