"""plan, apply, diff, rollback and export."""

import json

import pytest

from guanxi.commands.actor import Actor
from guanxi.commands.records.create_record import create_record
from tests.cli.test_workspace_commands import ENTITY, in_workspace

pytestmark = pytest.mark.postgres
ROLE = {
    "kind": "role",
    "name": "fleet",
    "label": {"en": "Fleet"},
    "grants": {"vehicle": [{"rows": "all", "can": ["read", "create"]}]},
}
FLEET = Actor(user_id=None, name="fleet", channel="system", roles=frozenset({"fleet"}))


def write(folder, *definitions):
    folder.mkdir(exist_ok=True)
    for one in definitions:
        (folder / f"{one['kind']}-{one['name']}.json").write_text(json.dumps(one), "utf-8")
    return folder


def with_seats(**seats):
    return {**ENTITY, "fields": {**ENTITY["fields"], "seats": seats}}


def vehicle(program, **values):
    return in_workspace(
        program, lambda workspace: create_record(workspace, FLEET, "vehicle", {"plate": "A 1", **values})
    )


def test_a_plan_is_shown_published_and_gone_back_from(base, tmp_path):
    folder = write(tmp_path / "own", ENTITY, ROLE)
    shown = base("plan", folder)
    assert shown.exit_code == 0, shown.output
    assert "table e_vehicle" in shown.output
    assert "Nothing to change" not in base("plan", folder).output, "a plan publishes nothing"
    done = base("apply", folder)
    assert done.exit_code == 0, done.output
    assert "Plan " in done.output
    vehicle(base, seats=4)
    write(folder, with_seats(type="text"))
    told = json.loads(base("plan", folder, "--json").output)
    assert told["class"] == "lossless"
    assert [one["path"] for one in told["changes"] if one["findings"]] == ["fields/seats/type"]
    assert {one["what"] for one in told["storage"]} == {"column", "convert"}
    assert base("apply", folder).exit_code == 0
    difference = base("diff")
    assert "fields/seats/type: integer -> text" in difference.output
    assert "fields/seats" in base("rollback", "--plan").output
    back = base("rollback", "--note", "Numbers after all")
    assert back.exit_code == 0, back.output
    assert "Numbers after all" in base("diff").output


def test_records_that_stand_against_it_end_with_1(base, tmp_path):
    folder = write(tmp_path / "own", with_seats(type="text"), ROLE)
    assert base("apply", folder).exit_code == 0
    vehicle(base, seats="1.50")
    write(folder, with_seats(type="decimal", scale=2))
    refused = base("apply", folder)
    assert refused.exit_code == 1
    assert "--accept" not in refused.output.splitlines()[0]
    assert "lossy" in refused.output
    vehicle(base, seats="many")
    assert "many" in base("apply", folder, "--accept", "lossy").output
    assert base("apply", folder, "--accept", "lossy").exit_code == 1
    assert base("rollback", "nonsense").exit_code == 1


def test_an_export_is_all_there_is_and_only_good_for_its_release(base, tmp_path):
    assert base("apply", write(tmp_path / "own", ENTITY, ROLE)).exit_code == 0
    folder = tmp_path / "export"
    assert base("export", folder).exit_code == 0
    assert (folder / "packs" / "base" / "entities" / "order.json").is_file()
    assert "Nothing to change" in base("apply", folder).output
    entity = folder / "workspace" / "entities" / "vehicle.json"
    entity.write_text(json.dumps(with_seats(type="integer", required=True)), "utf-8")
    assert base("apply", folder).exit_code == 0
    stale = base("apply", folder)
    assert stale.exit_code == 1
    assert "entity vehicle" in stale.output
    assert base("export", folder).exit_code == 0
    entity.unlink()
    (folder / "workspace" / "roles" / "fleet.json").unlink()
    gone = base("apply", folder)
    assert gone.exit_code == 0, gone.output
    assert "entity vehicle removed" in gone.output
