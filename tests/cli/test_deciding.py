"""`guanxi decide`, on a folder and on the live release."""

import json

from click.testing import CliRunner

from guanxi.cli import main

TABLE = {
    "kind": "decision",
    "name": "level",
    "inputs": [
        {"name": "discount", "type": "percent", "min": 0, "max": 60, "required": True},
        {"name": "since", "type": "date"},
    ],
    "outputs": [{"name": "level", "type": "integer"}, {"name": "who", "type": "who"}],
    "hit": "first",
    "rows": [
        {
            "name": "big",
            "if": {"discount": {"over": 20}},
            "then": {"level": 2, "who": [{"roles": ["director"]}]},
        },
        {
            "name": "old",
            "if": {"since": {"below": "2026-01-01"}},
            "then": {"level": 0, "who": [{"roles": ["rep"]}]},
        },
        {"name": "small", "then": {"level": 1, "who": [{"roles": ["manager"]}]}},
    ],
}


def decide(tmp_path, *arguments, code=0):
    folder = tmp_path / "my"
    folder.mkdir(exist_ok=True)
    (folder / "level.json").write_text(json.dumps(TABLE))
    done = CliRunner().invoke(main, ["decide", "level", "--definitions", str(folder), *arguments])
    assert done.exit_code == code, done.output
    return done


def test_one_set_of_facts_names_the_rows_that_hit(tmp_path):
    facts = tmp_path / "facts.json"
    facts.write_text('{"discount": 25.5, "since": "2025-06-01"}')
    found = json.loads(decide(tmp_path, "--facts", str(facts)).output)
    assert found == {
        "outputs": {"level": 2, "who": [{"roles": ["director"]}]},
        "rows": ["big"],
        "decided": ["big"],
    }


def test_many_sets_are_answered_one_a_line_and_one_without_an_answer_ends_with_1(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text('{"discount": 5}\n{"discount": 61}\n{"discount": "x"}\n{"dsicount": 1}\n')
    lines = [json.loads(one) for one in decide(tmp_path, "--all", str(facts), code=1).output.splitlines()]
    assert lines[0]["decided"] == ["small"]
    assert "0 to 60" in lines[1]["error"]
    assert "Enter a number" in lines[2]["error"]
    assert "did you mean" in lines[3]["error"]


def test_a_table_is_printed_as_csv(tmp_path):
    lines = decide(tmp_path, "--csv").output.splitlines()
    assert lines[:2] == ["name,if discount,if since,then level,then who", "big,> 20,-,2,roles director"]


def test_what_is_no_json_or_no_table_is_told(tmp_path):
    facts = tmp_path / "facts.json"
    facts.write_text("[1]")
    assert "facts.json" in decide(tmp_path, "--facts", str(facts), code=1).output
    assert "Say one of" in decide(tmp_path, code=2).output
    folder = str(tmp_path / "my")
    done = CliRunner().invoke(main, ["decide", "levle", "--definitions", folder, "--csv"])
    assert (done.exit_code, 'did you mean "level"' in done.output) == (1, True)


def test_check_says_what_could_not_be_proved(tmp_path):
    promise = [{"input": "discount", "output": "level", "never": "decreases"}]
    counted = {**TABLE, "outputs": TABLE["outputs"][:1], "hit": "sum", "monotone": promise}
    counted["rows"] = [{"name": "all", "then": {"level": 1}}]
    (tmp_path / "level.json").write_text(json.dumps(counted))
    done = CliRunner().invoke(main, ["check", str(tmp_path)], env={"LC_ALL": "C"})
    assert done.exit_code == 0, done.output
    assert "decision/level: Not proved: whether Level always keeps its promise" in done.output
