"""Newer packs, values that go and purging, from the command line."""

import copy
import json

import pytest

from tests.cli.test_changing import ROLE, vehicle, with_seats, write
from tests.cli.test_workspace_commands import ENTITY

pytestmark = pytest.mark.postgres
NOTE = "entity/order:fields/note/label/en"


def test_a_conflict_with_a_newer_pack_is_chosen_on_the_command_line(base, tmp_path):
    folder = tmp_path / "export"
    assert base("export", folder).exit_code == 0
    extension = {
        "kind": "extension",
        "name": "order_here",
        "of": {"kind": "entity", "name": "order"},
        "against": {"pack": "base", "version": "1.0.0"},
        "change": {"fields/note/label/en": "Memo"},
    }
    assert base("apply", write(tmp_path / "own", extension)).exit_code == 0
    newer = tmp_path / "newer"
    (folder / "packs" / "base").rename(newer)
    pack, order = newer / "pack.json", newer / "entities" / "order.json"
    pack.write_text(json.dumps(json.loads(pack.read_text("utf-8")) | {"version": "1.1.0"}), "utf-8")
    data = json.loads(order.read_text("utf-8"))
    data["fields"]["note"]["label"]["en"] = "Remark"
    order.write_text(json.dumps(data), "utf-8")
    shown = base("plan", newer)
    assert f"--choose '{NOTE}=ours'" in shown.output, shown.output
    assert json.loads(base("plan", newer, "--json").output)["conflicts"][0]["theirs"] == "Remark"
    refused = base("apply", newer)
    assert refused.exit_code == 1
    assert "Choose at every conflict" in refused.output
    assert base("apply", newer, "--choose", f"{NOTE}=both").exit_code == 2
    choices = tmp_path / "choices.json"
    choices.write_text("[]", "utf-8")
    assert base("apply", newer, "--choices", choices).exit_code == 2
    choices.write_text(json.dumps({NOTE: "theirs"}), "utf-8")
    done = base("apply", newer, "--choices", choices)
    assert done.exit_code == 0, done.output
    assert "Pack base 1.0.0 -> 1.1.0" in done.output
    assert base("apply", newer, "--choose", f"{NOTE}=ours").exit_code == 2, "nothing is newer any more"
    assert "entity order" in base("rollback").output


def with_kinds(*names):
    fields = copy.deepcopy(ENTITY["fields"])
    fields["kind"] = {"type": "select", "options": [{"name": name} for name in names]}
    return {**ENTITY, "fields": fields}


def test_what_becomes_of_values_is_written_on_the_command_line(base, tmp_path):
    folder = write(tmp_path / "own", with_kinds("van", "bus"), ROLE)
    assert base("apply", folder).exit_code == 0
    vehicle(base, kind="bus")
    write(folder, with_kinds("van"))
    assert "--map vehicle.kind:bus=van" in base("plan", folder).output
    assert base("apply", folder).exit_code == 1
    assert base("apply", folder, "--map", "kind").exit_code == 1
    done = base("apply", folder, "--map", "vehicle.kind:bus=van")
    assert done.exit_code == 0, done.output
    assert base("rollback").exit_code == 0
    assert "bus (1 records)" in base("plan", folder).output


def test_a_purge_is_shown_before_it_is_made(base, tmp_path):
    folder = write(tmp_path / "own", with_seats(type="text"), ROLE)
    assert base("apply", folder).exit_code == 0
    assert "nothing to purge" in base("purge", "--plan").output
    vehicle(base, seats="4")
    write(folder, with_seats(type="integer"))
    assert base("apply", folder).exit_code == 0
    shown = base("purge", "--plan").output
    assert "e_vehicle.seats: vehicle.seats, 1 rows" in shown
    name = shown.splitlines()[-1].rpartition(" ")[2]
    assert json.loads(base("purge", "--json").output)["digest"].startswith(name)
    assert base("purge").exit_code == 2
    assert base("purge", "0" * 12).exit_code == 1
    assert "1 columns and tables are gone" in base("purge", name).output
    assert "purged" in base("rollback", "--plan").output
