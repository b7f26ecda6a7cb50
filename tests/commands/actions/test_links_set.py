"""Effects on fields of several references, and on addresses: set, taken over and emptied."""

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from tests.commands.actions.definitions import put
from tests.commands.rules.test_roll_ups import give

FIELDS = {
    "related": {"type": "references", "to": "account"},
    "seat": {"type": "address"},
    "above": {"type": "reference", "to": "account"},
}


def action(name, **effect):
    return {"kind": "action", "name": name, "of": "account", "effects": [{"name": "does", **effect}]}


ACTIONS = (
    action("only", update="this", set={"related": "= above"}),
    action("none", update="this", set={"related": None}),
    action("double", create="account", open=True, set={
        "name": "Double", "seat": "= seat",
        "related": {"each": "r in related", "set": {"record": "= r.record"}},
    }),
)  # fmt: skip


async def test_effects_set_take_over_and_empty_links(office):
    await give(office, "account", FIELDS)
    for one in ACTIONS:
        await put(office.workspace, one)
    admin, here = office.admin, str(office.account)
    other = (await create_record(office.workspace, admin, "account", {"name": "Other"})).id
    seat = {"street": "Chang'an Street 1", "city": "Beijing", "country": "CN"}
    content = {"name": "A", "seat": seat, "above": here, "related": [str(other), here]}
    id_ = (await create_record(office.workspace, admin, "account", content)).id

    async def press(name):
        done = await perform_action(office.workspace, admin, "account", id_, name)
        opened = done.opened[1] if done.opened is not None else id_
        values = (await read_record(office.workspace, admin, "account", opened)).values
        return values, [link["record"] for link in values["related"]]

    values, links = await press("double")
    assert (values["name"], links) == ("Double", [other, office.account])
    assert (values["seat.street"], values["seat.city"]) == (seat["street"], "Beijing")
    assert (await press("only"))[1] == [office.account]
    assert (await press("none"))[1] == []
