"""Where a server's time goes: the functions that took most of it themselves."""

import io
import pstats
from pathlib import Path

SHOWN = 30


def hottest(profile: Path) -> str:
    """The functions of a cProfile file by their own time."""
    output = io.StringIO()
    pstats.Stats(str(profile), stream=output).sort_stats("tottime").print_stats(SHOWN)
    return output.getvalue()
