"""`guanxi scenario`, on stories that go as told and on one that does not."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from guanxi.cli import main

STORIES = Path("tests/scenarios")
PEOPLE = {
    "people": {"chen": {}, "wang": {"manager": "chen"}, "li": {"manager": "wang"}, "lin": {}},
    "roles": {"director": ["chen"], "manager": ["wang"], "rep": ["li"], "admin": ["lin"]},
}
RECORDS = {
    "printer": {
        "entity": "product",
        "values": {"code": "P1", "name": "Printer", "price": {"amount": "100.00", "currency": "CNY"}},
    },
    "huaxin": {"entity": "account", "by": "li", "values": {"name": "Huaxin"}},
    "order": {
        "entity": "order",
        "by": "li",
        "values": {
            "account": "huaxin",
            "lines": [{"product": "printer", "quantity": "2", "discount": "15"}],
            "discount_reason": "They buy every month.",
        },
    },
}
STEPS: list[dict[str, Any]] = [
    {
        "do": {"type": "press", "by": "li", "action": "submit"},
        "expect": {"open": {"manager": ["wang"]}, "record": {"status": "waiting", "account": "huaxin"}},
    },
    {"do": {"type": "edit", "by": "li"}, "record": {"note": "x"}, "expect": {"refused": "invalid"}},
    {
        "later": "2 days",
        "do": {"type": "decide", "task": "manager", "by": "wang", "answer": "approve"},
        "expect": {"status": "approved", "record": {"status": "approved"}},
    },
]


def run(*arguments, code=0, **environ):
    done = CliRunner().invoke(main, ["scenario", *map(str, arguments)], env={"LANG": "C", **environ})
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def story(tmp_path):
    """A story over the base CRM."""
    folder = tmp_path / "a_discount"
    folder.mkdir()
    for name, content in (("people", PEOPLE), ("records", RECORDS), ("steps", STEPS)):
        (folder / f"{name}.json").write_text(json.dumps(content))
    return folder


def test_a_story_over_the_base_crm(story):
    said = run(story)
    assert "1. li presses submit" in said
    assert "(refused: invalid)" in said
    assert "1 of 1 scenarios went as told." in said


def test_all_below_a_folder_in_chinese(story):
    shutil.copytree(story, story.parent / "b")
    said = run(story.parent, "--quiet", LANG="zh_CN.UTF-8")
    assert said == "2个场景中有2个与所述一致。\n"


@pytest.mark.postgres
def test_on_a_server(story, postgres_server):
    assert "1 of 1" in run(story, "--database", postgres_server)


def test_the_first_difference_ends_it(story):
    steps = [*STEPS[:1], {**STEPS[2], "expect": {"status": "rejected"}}, *STEPS[1:]]
    (story / "steps.json").write_text(json.dumps(steps))
    said = run(story, code=1)
    assert "Step 2 went otherwise than told." in said
    assert 'expected status: "rejected"' in said
    assert 'got status: "approved"' in said
    assert "0 of 1 scenarios went as told." in said


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (
            "steps",
            [{"do": {"type": "aprove", "by": "wang"}, "expect": {}}],
            '"aprove" is not one of the choices',
        ),
        (
            "steps",
            [{"do": {"type": "press", "by": "wong", "action": "submit"}, "expect": {}}],
            "nobody is called wong",
        ),
        ("steps", [{"expects": {}}], 'unknown key "expects"'),
        ("people", {"people": {"a b": {}}}, "a name without spaces"),
        ("scenario", {"definitions": ["elsewhere"]}, "there is no folder elsewhere"),
        ("scenario", {"about": "ordre"}, "no such record"),
        ("people", {"people": {"li": {}, "wang": {}}}, "nobody holds a role that manages people"),
    ],
)
def test_a_file_that_does_not_fit_is_told_with_its_place(story, file, content, said):
    (story / f"{file}.json").write_text(json.dumps(content))
    output = run(story, code=1)
    assert said in output
    assert file in output


def test_an_address_that_is_no_server_and_a_folder_without_stories(story, tmp_path):
    assert "postgresql://" in run(story, "--database", "sqlite:///x", code=1)
    (tmp_path / "none").mkdir()
    assert "no scenario here" in run(tmp_path / "none", code=1)
