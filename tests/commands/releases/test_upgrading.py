"""A newer version of a pack under what the workspace has made of it."""

import copy

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.releases.roll_back import plan_roll_back
from guanxi.commands.releases.upgrading import upgrade_with
from guanxi.definitions import Document
from guanxi.definitions.extension import KIND
from guanxi.errors import Invalid
from tests.commands.releases.shop import CAR, ROLE, Shop, open_workspace

pytestmark = pytest.mark.postgres
NAME = "entity/car:fields/size/label/en"


def pack(version, change=lambda car: None):
    """The pack `cars` as it comes."""
    car = copy.deepcopy(CAR)
    car["fields"]["size"]["label"] = {"en": "Size"}
    change(car)
    about = {"kind": "pack", "name": "cars", "label": {"en": "Cars"}, "version": version}
    return [Document(f"{one['kind']}.json", one, "cars") for one in (about, car, ROLE)]


def own(**entries):
    """What the workspace has made of the car."""
    head = {"kind": KIND, "name": "car_here", "of": {"kind": "entity", "name": "car"}}
    return Document("own", {**head, "against": {"pack": "cars", "version": "1.0.0"}, **entries})


MINE = own(change={"fields/size/label/en": "Dimensions"}, add={"fields/colour": {"type": "text"}})


def relabelled(car):
    car["fields"]["size"]["label"] = {"en": "Format"}
    car["fields"]["wheels"] = {"type": "integer"}


@pytest.fixture
async def shop(database_url, tmp_path):
    async with open_workspace(database_url, tmp_path) as workspace:
        shop = Shop(workspace)
        documents = [*await shop.documents(), *pack("1.0.0"), MINE]
        await apply_plan(workspace, OPERATOR, await plan_change(workspace, OPERATOR, documents))
        yield shop


async def planned(shop, incoming, **choices):
    upgrade = upgrade_with(await shop.documents(), incoming, choices)
    assert upgrade is not None
    return await plan_change(shop.workspace, OPERATOR, upgrade.documents, upgrade=upgrade)


async def test_a_conflict_is_told_and_nothing_happens_until_it_is_decided(shop):
    plan = await planned(shop, pack("1.1.0", relabelled))
    told = plan.to_json()
    assert told["class"] == "needsDecision"
    assert told["packs"] == [{"name": "cars", "before": "1.0.0", "after": "1.1.0"}]
    (conflict,) = told["conflicts"]
    assert (conflict["key"], conflict["what"], conflict["choice"]) == (NAME, "bothChanged", None)
    assert (conflict["base"], conflict["theirs"], conflict["ours"]) == ("Size", "Format", "Dimensions")
    assert "you changed it to “Dimensions”" in conflict["sentence"]
    with pytest.raises(Invalid, match="Choose"):
        await apply_plan(shop.workspace, OPERATOR, plan, accept=("lossy",))
    with pytest.raises(Invalid):
        await planned(shop, pack("1.1.0", relabelled), **{"entity/car:fields/seats": "ours"})


@pytest.mark.parametrize(("side", "label"), [("ours", "Dimensions"), ("theirs", "Format")])
async def test_who_is_followed_is_chosen_and_an_upgrade_can_be_taken_back(shop, side, label):
    id_ = await shop.add(name="A", size="L", colour="red")
    before = (await shop.workspace.live()).documents
    plan = await planned(shop, pack("1.1.0", relabelled), **{NAME: side})
    assert not plan.open_conflicts
    assert plan.digest != (await planned(shop, pack("1.1.0", relabelled))).digest
    await apply_plan(shop.workspace, OPERATOR, plan)
    live = await shop.workspace.live()
    assert live.packs["cars"].version == "1.1.0"
    car = live.entities["car"]
    assert car.fields["size"].label == {"en": label}
    assert {"wheels", "colour"} <= car.fields.keys()
    assert (await shop.values(id_))["colour"] == "red"
    await apply_plan(shop.workspace, OPERATOR, await plan_roll_back(shop.workspace, OPERATOR))
    assert [one.data for one in (await shop.workspace.live()).documents] == [one.data for one in before]


async def test_what_the_new_version_takes_from_under_an_extension_is_asked(shop):
    def without(car):
        del car["fields"]["size"]

    plan = await planned(shop, pack("1.1.0", without))
    (conflict,) = plan.open_conflicts
    assert conflict.what == "packRemoved"
    plan = await planned(shop, pack("1.1.0", without), **{conflict.key: "ours"})
    await apply_plan(shop.workspace, OPERATOR, plan)
    assert "size" in (await shop.workspace.live()).entities["car"].fields


async def test_without_a_newer_version_there_is_nothing_to_merge(shop):
    documents = await shop.documents()
    assert upgrade_with(documents, pack("1.0.0", relabelled)) is None
    assert upgrade_with(documents, [Document("role", ROLE)]) is None
    with pytest.raises(Invalid, match="older"):
        upgrade_with(documents, pack("0.9.0"))


async def test_an_exported_folder_can_be_merged_by_hand(shop):
    documents = [one for one in await shop.documents() if one.pack == "base"]
    by_hand = copy.deepcopy(MINE.data) | {"against": {"pack": "cars", "version": "1.1.0"}}
    folder = [*documents, *pack("1.1.0", relabelled), Document("own", by_hand)]
    assert upgrade_with(await shop.documents(), folder, whole=True) is None
    left = upgrade_with(await shop.documents(), [*documents, *pack("1.1.0", relabelled), MINE], whole=True)
    assert left is not None
    assert [one.key for one in left.open] == [NAME]
