"""The files under version control, as the house rules see them."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is committed or would be (not ignored), relative to the root; none that is deleted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = (Path(name) for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if (ROOT / path).is_file()))


def texts(*suffixes: str, under: str = "") -> Iterator[tuple[Path, str]]:
    """Path and content of each tracked text file, limited to endings and a folder."""
    for path in tracked():
        if suffixes and path.suffix not in suffixes:
            continue
        if under and not path.is_relative_to(under):
            continue
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8")
