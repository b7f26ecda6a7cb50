""": a clean clone, `make run`, a sign-in page; then a quick start that keeps the data.

The clone holds what is committed, and the machine seems to have no Node.
"""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.house.repository import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("newcomer")]

# Seconds from `make run` to the sign-in page.
FIRST, SECOND = 55, 5
NODE = {"npm", "npx", "node", "nodejs", "corepack"}


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("newcomer") / "guanxi"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(place)], check=True)
    return place


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """This machine's programs without Node, and no variable of the test run."""
    programs = tmp_path_factory.mktemp("programs")
    for folder in os.get_exec_path():
        for program in Path(folder).glob("*") if Path(folder).is_dir() else ():
            link = programs / program.name
            if program.name not in NODE and not link.is_symlink() and os.access(program, os.X_OK):
                link.symlink_to(program)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GUANXI_", "PYTEST_", "VIRTUAL_"))
    }
    return {**kept, "PATH": str(programs)}


@contextmanager
def _running(clone: Path, environment: dict[str, str], log: Path) -> Iterator[tuple[float, str]]:
    """`make run` until its sign-in page answers: the seconds that took, and the page."""
    port = _free_port()
    started = time.monotonic()
    with log.open("w") as said:
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=clone,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            page = _page(port, process, started + 3 * FIRST)
            seconds = time.monotonic() - started
            assert page is not None, log.read_text()[-3000:]
            yield seconds, page
        finally:
            _stop(process)


def _page(port: int, process: subprocess.Popen[bytes], deadline: float) -> str | None:
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/sign-in")
            return connection.getresponse().read().decode()
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    return None


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    # Ctrl+C in a terminal reaches the whole group too.
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def _database(clone: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(clone / "var" / "guanxi.sqlite3")
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def _rename_first_account(clone: Path, name: str) -> None:
    with _database(clone) as connection:
        changed = connection.execute(
            "UPDATE e_account SET name = ? WHERE id = (SELECT min(id) FROM e_account)", [name]
        )
        assert changed.rowcount == 1, "there are sample accounts"


def _first_account(clone: Path) -> str:
    with _database(clone) as connection:
        return str(connection.execute("SELECT name FROM e_account ORDER BY id LIMIT 1").fetchone()[0])


def test_two_starts_of_a_clean_clone(clone, environment, tmp_path):
    with _running(clone, environment, tmp_path / "first") as (seconds, page):
        assert "<form" in page
        assert seconds < FIRST
    said = (tmp_path / "first").read_text()
    assert re.search(r"[\w.]+@[\w.]+", said), "it prints who can sign in"
    assert "Traceback" not in said

    _rename_first_account(clone, "Kept & Sons")
    with _running(clone, environment, tmp_path / "second") as (seconds, page):
        assert "<form" in page
        assert seconds < SECOND
    assert _first_account(clone) == "Kept & Sons"
    assert "Traceback" not in (tmp_path / "second").read_text()
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == "", "a run leaves nothing to commit"
