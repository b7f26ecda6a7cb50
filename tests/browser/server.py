"""A real server process on a workspace with the sample people and data."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

GUANXI = [sys.executable, "-c", "import sys; from guanxi.cli import main; sys.exit(main())"]
PATIENCE = 60
"""Seconds until a server that does not answer counts as broken."""


@contextlib.contextmanager
def serving(database_url: str, home: Path, *options: str) -> Iterator[str]:
    """The address of a server on the sample workspace, made in the database that is named."""
    environ = environ_of(database_url, home)
    log = home / "server.log"
    with log.open("w+", encoding="utf-8") as said:
        made = subprocess.run(
            [*GUANXI, "demo", "--only-data"], env=environ, stdout=said, stderr=said, timeout=120, check=False
        )
        assert made.returncode == 0, log.read_text("utf-8")
        port = free_port()
        process = subprocess.Popen(
            [*GUANXI, "serve", "--port", str(port), *options], env=environ, stdout=said, stderr=said
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert "Traceback" not in log.read_text("utf-8"), log.read_text("utf-8")


def token_of(database_url: str, home: Path, email: str) -> str:
    """A token of the API for somebody of the sample people."""
    made = subprocess.run(
        [*GUANXI, "token", email],
        env=environ_of(database_url, home),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return made.stdout.split()[-1]


def environ_of(database_url: str, home: Path) -> dict[str, str]:
    """The environment of a process that works on this workspace, and on no other."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GUANXI_")}
    return environ | {"GUANXI_DATABASE_URL": database_url, "GUANXI_HOME": str(home), "PYTHONUTF8": "1"}


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(PATIENCE * 10):
        assert process.poll() is None, log.read_text("utf-8")
        try:
            with urllib.request.urlopen(f"{address}/sign-in", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer in {PATIENCE} s:\n{log.read_text('utf-8')}")


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
