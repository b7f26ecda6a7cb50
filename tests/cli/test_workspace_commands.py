import asyncio
import json
from typing import Any

import pytest

from guanxi.clock import SystemClock
from guanxi.commands.people.read_invitation import read_invitation
from guanxi.commands.people.token_actor import token_actor
from guanxi.commands.workspace import Workspace
from guanxi.settings import from_environ
from guanxi.storage import Database

ENTITY: dict[str, Any] = {
    "kind": "entity",
    "name": "vehicle",
    "label": {"en": "Vehicle", "zh-CN": "车辆"},
    "title": "plate",
    "fields": {"plate": {"type": "text", "required": True}, "seats": {"type": "integer"}},
}


def in_database(program, work):
    async def run():
        database = await Database.open(program.environ["GUANXI_DATABASE_URL"])
        try:
            async with database.transaction() as session:
                return await work(session)
        finally:
            await database.close()

    return asyncio.run(run())


def in_workspace(program, work):
    async def run():
        workspace = await Workspace.open(from_environ(program.environ), SystemClock())
        try:
            return await work(workspace)
        finally:
            await workspace.close()

    return asyncio.run(run())


def test_init_makes_a_workspace_without_anybody_in_it(guanxi):
    first = guanxi("init")
    assert first.exit_code == 0
    assert "guanxi user add" in first.output
    again = guanxi("init")
    assert again.exit_code == 0
    assert "up to date" in again.output

    async def counts(session):
        return [
            await session.value(f"SELECT count(*) FROM {t}") for t in ("e_user", "g_credential", "g_release")
        ]

    assert in_database(guanxi, counts) == [0, 0, 1]


def test_nothing_works_before_init_and_says_so(guanxi):
    for command in (("serve",), ("token", "x"), ("apply", __file__.replace(".py", ".json"))):
        result = guanxi(*command)
        assert result.exit_code in (2, 69)
    assert "guanxi init" in guanxi("serve").output


def test_a_database_that_is_not_there_is_told_in_one_line(guanxi):
    result = guanxi("init", GUANXI_DATABASE_URL="postgresql://nobody:secret@127.0.0.1:1/nothing")
    assert result.exit_code == 69
    assert "secret" not in result.output
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "environ", [{"GUANXI_DATABASE_URL": "mysql://root:secret@localhost/x"}, {"GUANXI_LOG_LEVEL": "loud"}]
)
def test_a_setting_that_cannot_be_used_is_told(guanxi, environ):
    result = guanxi("init", **environ)
    assert result.exit_code == 1
    assert result.output.startswith("Error: GUANXI_")
    assert "secret" not in result.output


def test_a_person_is_added_with_a_link(base):
    boss = base("user", "add", "王芳", "wang.fang@example.com", "--role", "manager")
    assert boss.exit_code == 0, boss.output
    added = base(
        "user",
        "add",
        "Li Wei",
        "li.wei@example.com",
        "--role",
        "rep",
        "--manager",
        "王芳",
        "--url",
        "https://crm.example/",
    )
    link = added.output.split()[-1]
    assert link.startswith("https://crm.example/welcome/")
    invited = in_workspace(base, lambda workspace: read_invitation(workspace, link.rpartition("/")[2]))
    assert (invited.name, invited.email) == ("Li Wei", "li.wei@example.com")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("A", "a@example.com", "--role", "repp"), "Did you mean “rep”"),
        (("A", "a@example.com", "--role", "rep", "--manager", "Nobody"), "Nobody"),
        (("A", "a@example.com", "--role", "rep", "--team", "Nowhere"), "Nowhere"),
        (("", "a@example.com", "--role", "rep"), "/name"),
        (("A", "boss@example.com", "--role", "rep"), "/email"),
        (("A", "a@example.com", "--role", "rep", "--locale", "fr"), "/locale"),
    ],
)
def test_a_person_that_does_not_hold_is_refused(base, arguments, said):
    base("user", "add", "Boss", "boss@example.com", "--role", "manager")
    result = base("user", "add", *arguments)
    assert result.exit_code == 1
    assert said in result.output


def test_a_new_link_is_printed_for_somebody_who_is_there(base):
    first = base("user", "add", "Li Wei", "li.wei@example.com", "--role", "rep").output.split()[-1]
    again = base("user", "link", "li.wei@example.com", "--url", "https://crm.example.com/")
    assert again.exit_code == 0, again.output
    link = again.output.split()[-1]
    assert link.startswith("https://crm.example.com/welcome/")
    assert link.rpartition("/")[2] != first.rpartition("/")[2]
    assert base("user", "link", "nobody@example.com").exit_code == 1


def test_a_token_is_printed_last_on_its_line(base):
    base("user", "add", "Li Wei", "li.wei@example.com", "--role", "rep")
    for name in ("Li Wei", "li.wei@example.com", "LI WEI"):
        result = base("token", name)
        assert result.exit_code == 0, result.output
        (line,) = result.output.strip().splitlines()
        token = line.split()[-1]
        actor = in_workspace(base, lambda workspace, token=token: token_actor(workspace, token))
        assert actor is not None
        assert actor.name == "Li Wei"
    assert base("token", "Nobody").exit_code == 1


def test_check_names_file_and_place(base, tmp_path):
    assert base("check").exit_code == 0
    good, bad, broken = tmp_path / "vehicle.json", tmp_path / "bad.json", tmp_path / "broken.json"
    good.write_text(json.dumps(ENTITY), "utf-8")
    bad.write_text(json.dumps(ENTITY | {"title": "plat"}), "utf-8")
    broken.write_text('{"kind": ', "utf-8")
    assert base("check", good).exit_code == 0
    for path in (bad, broken):
        result = base("check", path)
        assert result.exit_code == 1
        assert path.name in result.output
    assert "#/title" in base("check", bad).output
    assert base("check", tmp_path / "missing.json").exit_code == 2


def test_apply_makes_a_definition_live(base, tmp_path):
    path = tmp_path / "vehicle.json"
    path.write_text(json.dumps(ENTITY), "utf-8")
    result = base("apply", path, "--note", "Vehicles")
    assert result.exit_code == 0, result.output
    assert "is live" in result.output
    assert "Nothing to change" in base("apply", path).output

    async def live(workspace):
        return (await workspace.live()).entities

    assert {"vehicle", "order"} <= set(in_workspace(base, live))


def test_apply_of_something_wrong_changes_nothing(base, tmp_path):
    path = tmp_path / "vehicle.json"
    path.write_text(json.dumps(ENTITY | {"fields": {"plate": {"type": "txt"}}}), "utf-8")
    result = base("apply", path)
    assert result.exit_code == 1
    assert "vehicle.json" in result.output

    async def releases(session):
        return await session.value("SELECT count(*) FROM g_release")

    assert in_database(base, releases) == 1


def test_the_audit_is_verified(base):
    base("user", "add", "Li Wei", "li.wei@example.com", "--role", "rep")
    base("user", "add", "Emma", "emma@example.com", "--role", "rep")
    good = base("verify-audit")
    assert good.exit_code == 0, good.output
    head = good.output.split()[-1]
    assert base("verify-audit", "--head", head).exit_code == 0
    assert base("verify-audit", "--head", "f" * 64).exit_code == 1

    async def alter(session):
        await session.execute("UPDATE g_audit SET verb = 'read' WHERE seal_seq = 2")

    in_database(base, alter)
    bad = base("verify-audit")
    assert bad.exit_code == 1
    assert "Row 2" in bad.output
