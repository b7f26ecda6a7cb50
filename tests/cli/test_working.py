"""`guanxi tick`, `jobs` and `work`."""

import os
import signal
import subprocess
import sys


def test_a_tick_says_what_it_did_and_wants_an_offset(base):
    told = base("tick", "--now", "2026-12-01T09:00:00+08:00")
    assert told.exit_code == 0, told.output
    assert "Timers fired: 0." in told.output
    refused = base("tick", "--now", "2026-12-01")
    assert refused.exit_code == 2
    assert "with its offset" in refused.output


def test_jobs_are_counted(base):
    told = base("jobs")
    assert (told.exit_code, told.output) == (0, "Waiting: 0. Failed: 0.\n")


def test_a_process_that_works_ends_when_it_is_told(base):
    environ = os.environ | base.environ
    process = subprocess.Popen(
        [sys.executable, "-c", "from guanxi.cli import main; main()", "work"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "Working. Stop with Ctrl+C.\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    finally:
        process.kill()
        process.communicate()
