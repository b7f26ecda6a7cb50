"""The server as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import psutil
import pytest

PROGRAM = "from guanxi.cli import main; main()"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(environ, *arguments):
    port = free_port()
    command = [sys.executable, "-c", PROGRAM, "serve", "--port", str(port), *arguments]
    process = subprocess.Popen(
        command, env=os.environ | environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        wait_for(port, process)
        yield port, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()
            process.communicate()
            raise


def wait_for(port, process):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
        assert process.poll() is None, process.communicate()[0].decode()
    raise AssertionError("the server did not answer within 30 s")


def test_the_server_listens_on_this_machine_only_and_ends_when_told(base):
    with served(base.environ) as (port, process):
        addresses = {
            connection.laddr.ip
            for connection in psutil.Process(process.pid).net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
        assert addresses == {"127.0.0.1"}
        page = httpx.get(f"http://127.0.0.1:{port}/sign-in")
        assert page.status_code == 200
        assert "server" not in page.headers
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        assert time.monotonic() - begun < 5


@pytest.mark.slow
def test_several_processes_serve_one_workspace(base):
    made = base("user", "add", "Li Wei", "li.wei@example.com", "--role", "rep")
    assert made.exit_code == 0
    token = base("token", "Li Wei").output.split()[-1]
    with served(base.environ, "--workers", "2") as (port, _):
        for number in range(12):
            # Every request on a connection of its own, so that both processes get some.
            reply = httpx.post(
                f"http://127.0.0.1:{port}/api/v1/records/account",
                json={"name": f"Customer {number}"},
                headers={"Authorization": f"Bearer {token}"},
            )
            assert reply.status_code == 201, reply.text
        headers = {"Authorization": f"Bearer {token}"}
        listed = httpx.get(f"http://127.0.0.1:{port}/api/v1/records/account", headers=headers).json()["items"]
        assert len(listed) == 12
    sealed = base("verify-audit")
    assert sealed.exit_code == 0, sealed.output
