"""Why a field is as it is, a check fails or a transition is held back, with the values that may be seen."""

import pytest
from jsonschema import Draft202012Validator

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.planning import plan_change
from tests.unit.definitions.base import base_documents, replaced
from tests.web.crm import make_crm

CHECK = {"name": "cheap_enough", "check": "product.cost < 50 and quantity < 3"}
TOTAL = {"name": "account_is_small", "check": "total < 150 or account.name == 'nobody'"}


@pytest.fixture
async def crm(site):
    return await make_crm(site)


async def explained(client, id_, field, **params):
    reply = await client.get(f"/api/v1/records/order/{id_}/explain/{field}", params=params)
    assert reply.status_code == 200, reply.text
    return {reason["aspect"]: reason for reason in reply.json()["reasons"]}


async def change(site, kind, name, change):
    documents = [replaced(one, kind, name, change) for one in base_documents()]
    await apply_plan(site.workspace, OPERATOR, await plan_change(site.workspace, OPERATOR, documents))


async def test_a_computed_value_comes_with_its_steps(crm):
    id_, _ = await crm.draft("5")
    reply = await crm.rep.get(f"/api/v1/records/order/{id_}/explain/total")
    assert reply.json()["label"] == "Total"
    value = (await explained(crm.rep, id_, "total"))["value"]
    assert (value["text"], value["now"]) == ("sum(lines.amount)", "190")
    assert value["steps"] == [
        {"text": "lines.amount", "offset": 4, "depth": 1, "values": ["190"], "more": 0},
        {"text": "sum(lines.amount)", "offset": 0, "depth": 0, "value": "190"},
    ]


async def test_a_field_of_a_line(crm):
    id_, _ = await crm.draft("5")
    line = (await crm.rep.get(f"/api/v1/records/order/{id_}")).json()["lines"][0]["id"]
    found = await explained(crm.rep, id_, "lines.amount", line=line)
    assert found["value"]["now"] == "190"
    steps = {step["text"]: step["value"] for step in found["value"]["steps"]}
    assert steps["100 - discount"] == "95"
    assert found["read_only"] == {"aspect": "read_only", "now": True, "text": None, "why": None, "steps": []}
    for wrong in ({}, {"line": "9999"}):
        path = f"/api/v1/records/order/{id_}/explain/lines.amount"
        assert (await crm.rep.get(path, params=wrong)).status_code == 404


async def test_why_a_field_is_hidden_or_wanted_or_locked(crm):
    id_, _ = await crm.draft("5")
    found = await explained(crm.rep, id_, "discount_reason")
    assert {aspect: reason["now"] for aspect, reason in found.items()} == {
        "visible": False,
        "required": False,
        "locked": False,
    }
    assert found["visible"]["why"] == "max(lines.discount) = 5"
    assert found["locked"]["why"] == "status = draft"
    found = await explained(crm.rep, await crm.submitted("25"), "discount_reason")
    assert {aspect: reason["now"] for aspect, reason in found.items()} == {
        "visible": True,
        "required": True,
        "locked": True,
    }
    assert found["locked"]["lock"] == "submitted"
    assert found["locked"]["text"] == "status != 'draft'"


async def test_the_reader_s_language(site, crm):
    id_, _ = await crm.draft("5")
    reply = await crm.rep.get(
        f"/api/v1/records/order/{id_}/explain/total", headers={"Accept-Language": "zh-CN"}
    )
    assert reply.json()["label"] in {"Total", "合计"}
    chinese = await site.api((await site.person("Zhao Min", "admin", locale="zh-CN")).user.id)
    reply = await chinese.get(f"/api/v1/records/order/{id_}/explain/total")
    assert reply.json()["label"] == "合计"


@pytest.mark.parametrize("path", ["order/{id}/explain/nothing", "order/{id}/explain/lines.nothing",
                                  "order/{id}/explain/total.x", "order/999/explain/total"])  # fmt: skip
async def test_what_is_not_there_is_not_explained(crm, path):
    id_, _ = await crm.draft("5")
    assert (await crm.rep.get(f"/api/v1/records/{path.format(id=id_)}")).status_code == 404


async def test_a_hidden_field_is_not_explained(crm):
    path = f"/api/v1/records/product/{crm.product}/explain/cost"
    assert (await crm.rep.get(path)).status_code == 404
    assert (await crm.admin.get(path)).status_code == 200


async def test_steps_over_what_may_not_be_seen_have_no_value(site, crm):
    def with_margin(order):
        order["fields"]["note"]["visibleWhen"] = (
            "any(l.product.cost < 50 for l in lines) or largest_discount < 9"
        )

    await change(site, "entity", "order", with_margin)
    id_, _ = await crm.draft("5")
    admin = (await explained(crm.admin, id_, "note"))["visible"]
    assert next(step for step in admin["steps"] if step["text"] == "l.product.cost")["values"] == ["60"]
    rep = (await explained(crm.rep, id_, "note"))["visible"]
    assert rep["now"] is True
    assert rep["why"] == "largest_discount = 5"
    withheld = [step["text"] for step in rep["steps"] if step.get("withheld")]
    assert withheld == [
        "l.product.cost",
        "l.product.cost < 50",
        "any(l.product.cost < 50 for l in lines)",
        rep["text"],
    ]
    assert "60" not in str(rep)


async def test_a_masked_field_keeps_its_value_and_its_steps(site, crm):
    def masking(role):
        for grant, others in zip(role["grants"]["order"], ("write", "read"), strict=True):
            grant["fields"] = {"total": "masked", "*": others}

    await change(site, "role", "rep", masking)
    id_, _ = await crm.draft("5")
    value = (await explained(crm.rep, id_, "total"))["value"]
    assert value["withheld"] is True
    assert "190" not in str(value)


async def test_a_broken_check_names_the_values_that_broke_it(site, crm):
    def checked(order):
        order["fields"]["lines"]["constraints"].append(CHECK)
        order["constraints"] = [*order.get("constraints", ()), TOTAL]

    await change(site, "entity", "order", checked)

    async def refused(client):
        reply = await client.post("/api/v1/records/order", json=crm.order("5"))
        assert reply.status_code == 422
        return {problem["message"] for problem in reply.json()["problems"]}

    line = f"The rule “cheap_enough” does not hold: {CHECK['check']}"
    values = "total = 190; account.name = 华信 Huaxin"
    total = f"The rule “account_is_small” does not hold: {TOTAL['check']} ({values})"
    assert await refused(crm.admin) == {f"{line} (product.cost = 60)", total}
    assert await refused(crm.rep) == {line, total}


async def test_a_transition_held_back_names_the_values_that_hold_it(site, crm):
    def ready(stages):
        stages["transitions"]["submit"]["when"] = "total > 1000 or missing(discount_reason) and total < 9"

    await change(site, "stages", "order", ready)
    id_, etag = await crm.draft("5")
    reply = await crm.rep.post(f"/api/v1/records/order/{id_}/actions/submit", headers={"If-Match": etag})
    assert reply.status_code == 422
    (problem,) = reply.json()["problems"]
    assert problem["message"].endswith("total < 9 (total = 190)")
    assert (problem["code"], problem["message"][:32]) == ("condition", "“Submit” is not possible yet: to")


async def test_replies_are_as_the_api_document_says(crm):
    document = (await crm.admin.get("/api/openapi.json")).json()
    schema = document["components"]["schemas"]["explanation"]
    validator = Draft202012Validator({**schema, "components": document["components"]})
    id_, _ = await crm.draft("25", discount_reason="They asked.")
    (_, field) = document["paths"]["/api/v1/records/order/{id}/explain/{field}"]["parameters"]
    for name in (one for one in field["schema"]["enum"] if "." not in one):
        validator.validate((await crm.admin.get(f"/api/v1/records/order/{id_}/explain/{name}")).json())
    rep = (await crm.rep.get("/api/openapi.json")).json()["paths"]
    (_, field) = rep["/api/v1/records/product/{id}/explain/{field}"]["parameters"]
    assert "cost" not in field["schema"]["enum"]


async def test_a_line_s_field_may_depend_on_its_record(site, crm):
    def conditional(order):
        order["fields"]["lines"]["fields"]["discount"]["readOnlyWhen"] = "parent.status != 'draft'"

    await change(site, "entity", "order", conditional)
    id_, _ = await crm.draft("5")
    line = (await crm.rep.get(f"/api/v1/records/order/{id_}")).json()["lines"][0]["id"]
    found = await explained(crm.rep, id_, "lines.discount", line=line)
    assert found["read_only"]["now"] is False
    assert found["read_only"]["why"] == "parent.status = draft"
