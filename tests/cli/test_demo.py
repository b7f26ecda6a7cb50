"""Sample people and data: made once, by the commands, and kept."""

import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from guanxi.cli.sample_data import read_sample
from tests.cli.conftest import program


@pytest.fixture
def demo(sqlite_templates, tmp_path):
    path = tmp_path / "demo.sqlite3"
    shutil.copy(sqlite_templates["bare"], path)
    return program(f"sqlite://{path}", tmp_path), path


def ask(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_the_demo_tells_who_can_sign_in_and_keeps_what_was_changed(demo):
    guanxi, path = demo
    first = guanxi("demo", "--only-data", "--port", "9000")
    assert first.exit_code == 0, first.output
    told = read_sample("people")
    for person in told["people"]:
        assert person["email"] in first.output
    assert re.search(r"林涛 .* Administrator +Chinese", first.output)
    assert re.search(r"Emma Clarke .* Sales rep +English", first.output)
    assert told["password"] in first.output
    assert "http://127.0.0.1:9000" in first.output
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE e_account SET city = 'Moon' WHERE id = 1")
        connection.commit()
    second = guanxi("demo", "--only-data")
    assert second.exit_code == 0
    assert told["people"][0]["email"] in second.output
    assert ask(path, "SELECT city FROM e_account WHERE id = 1") == [("Moon",)]
    assert ask(path, "SELECT count(*) FROM e_user") == [(len(told["people"]),)]


def test_the_sample_has_orders_in_every_state_and_work_for_everybody(demo):
    guanxi, path = demo
    assert guanxi("demo", "--only-data").exit_code == 0
    states = dict(ask(path, "SELECT status, count(*) FROM e_order GROUP BY status"))
    assert set(states) == {"draft", "waiting", "approved"}
    assert states["waiting"] >= 5
    assert ask(path, "SELECT count(*) FROM e_order WHERE ordered_on > date('now')") == [(0,)]
    holders = {row[0] for row in ask(path, "SELECT user_id FROM g_task_holder WHERE waiting")}
    assert len(holders) == 3, "the director and both managers have something to decide"
    assert ask(path, "SELECT count(*) FROM g_task WHERE status = 'held'") == [(1,)]
    late = "SELECT count(*) FROM g_audit WHERE at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+1 second')"
    assert ask(path, late) == [(0,)]
    assert guanxi("verify-audit").exit_code == 0


def test_in_a_workspace_with_other_people_nothing_is_made(demo):
    guanxi, path = demo
    guanxi("init")
    guanxi("user", "add", "Somebody", "somebody@example.com", "--role", "admin")
    result = guanxi("demo", "--only-data")
    assert result.exit_code == 0
    assert "people of its own" in result.output
    assert read_sample("people")["password"] not in result.output
    assert ask(path, "SELECT count(*) FROM e_user") == [(1,)]
