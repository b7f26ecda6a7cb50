"""Server processes of the benchmark: started on a free loopback port, stopped by their own id."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import HOST, UnexpectedAnswer
from bench.targets import Prepared

START_SECONDS = 30
STOP_SECONDS = 10


class DidNotStart(Exception):
    """A server exited or did not listen in time; the message holds the end of its log."""


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(prepared: Prepared, folder: Path, name: str, profile: Path | None = None) -> Iterator[int]:
    """The port of a running server; the server ends with the block. `profile` receives cProfile figures."""
    port = free_port()
    command = list(prepared.command(port))
    if profile is not None:
        command = [command[0], "-m", "cProfile", "-o", str(profile), *command[1:]]
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **prepared.environment}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _await_listening(process, port, log)
        yield port
    except UnexpectedAnswer as answer:
        answer.add_note(f"End of the log of {name}:\n{_end_of(log)}")
        raise
    finally:
        _stop(process)


def _await_listening(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise DidNotStart(f"{process.args!r} does not listen on {port}:\n{_end_of(log)}")


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:]


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
