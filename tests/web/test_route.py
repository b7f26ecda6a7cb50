"""Who would have to approve, and why an instance went its way: by the API and on pages."""

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator

from tests.studio.office import text_of
from tests.web.crm import make_crm
from tests.web.site import open_site


@pytest.fixture
async def crm(edge):
    return await make_crm(edge)


async def test_the_api_tells_the_route_before_submitting_as_it_says(crm):
    document = (await crm.rep.get("/api/openapi.json")).json()
    id_, _ = await crm.draft("25", discount_reason="They buy every month.")
    reply = await crm.rep.get(f"/api/v1/records/order/{id_}/route/submit")
    assert reply.status_code == 200, reply.text
    content = reply.json()
    schema = {**document["components"]["schemas"]["route"], "components": document["components"]}
    Draft202012Validator(schema).validate(content)
    assert content["condition"]["why"] == "max(lines.discount) = 25"
    assert [step["step"] for step in content["steps"]] == ["manager", "tier", "director_ok"]
    assert content["steps"][0]["named"][0]["who"] == ["the manager of the person in Owner"]
    (change,) = (one for one in content["changes"] if one["field"] == "lines.discount")
    assert (change["now"], change["value"], change["spared"]) == ("25", "20", ["Director"])


@pytest.mark.parametrize(
    "path", ["order/{id}/route/no_such_button", "account/1/route/submit", "order/99/route/submit"]
)
async def test_what_asks_for_no_approval_has_no_route(crm, path):
    id_, _ = await crm.draft("25", discount_reason="They buy every month.")
    assert (await crm.rep.get(f"/api/v1/records/{path.format(id=id_)}")).status_code == 404


async def test_the_api_explains_an_instance_to_who_may_see_it(crm):
    await crm.submitted("15")
    content = (await crm.rep.get("/api/v1/instances/1")).json()["explanation"]
    assert content["needed"]
    branches = content["steps"][1]["branches"]
    assert [(one["name"], one["taken"]) for one in branches] == [("director", False), ("otherwise", True)]
    assert branches[0]["condition"]["why"] == "max(lines.discount) = 15"


@pytest.fixture
async def site(database_url, tmp_path):
    async with open_site(database_url, tmp_path) as opened:
        yield opened


async def page_of(site, discount, locale="en"):
    """The page of the route of an order, as its rep sees it."""
    director = (await site.person("Chen Jing", "director")).user.id
    manager = (await site.person("Wang Fang", "manager", manager=director)).user.id
    rep = await site.with_password("Li Wei", "rep", manager=manager, locale=locale)
    admin = await site.api((await site.person("Lin Tao", "admin")).user.id)
    api, browser = await site.api(rep), await site.browser("Li Wei")
    account = (await api.post("/api/v1/records/account", json={"name": "Huaxin"})).json()
    price = {"amount": "100.00", "currency": "CNY"}
    product = {"code": "P1", "name": "Printer", "price": price}
    made = (await admin.post("/api/v1/records/product", json=product)).json()
    line = {"product": made["id"], "quantity": "2", "discount": discount}
    reason = {"discount_reason": "They buy every month."} if float(discount) > 10 else {}
    order = {"account": account["id"], "lines": [line], **reason}
    order = (await api.post("/api/v1/records/order", json=order)).json()
    record = BeautifulSoup((await browser.get(f"/records/order/{order['id']}")).text, "html.parser")
    (link,) = record.select(".actions a[href*='/route/']")
    reply = await browser.get(link["href"])
    assert reply.status_code == 200, reply.text
    return reply.text


async def test_the_page_draws_the_flow_and_says_why(site):
    html = await page_of(site, "25")
    page, told = BeautifulSoup(html, "html.parser"), text_of(html)
    across, down = page.select("svg.flow-sheet")
    for drawn in (across, down):
        assert drawn["role"] == "img"
        labels = [text.get_text() for text in drawn.select("text.label")]
        assert " ".join(labels) == "Submitted Manager Size of the discount Director Approved"
        assert drawn.select("desc")[0].get_text().startswith("2 steps")
    listed = page.select(".flow-words ol")[0].get_text(" ", strip=True)
    assert "Manager to do \N{MIDDLE DOT} Wang Fang" in listed
    assert "Otherwise not taken" in listed
    assert "An approval would be needed." in told
    assert "It holds: max(lines.discount) = 25." in told
    assert "With Discount 20% instead of 25% in line 1, Director would not be asked." in told
    assert "The manager of the person in Owner: Wang Fang" in told
    assert "No other condition holds." not in told
    assert "style=" not in html


async def test_it_is_told_in_chinese_and_where_nobody_is_needed(site):
    html = await page_of(site, "10", locale="zh-CN")
    told = text_of(html)
    assert "提交后不需要审批。" in told
    assert "若第1行的折扣为10.01%而不是10%，就需要直属上级审批。" in told
    assert "flow-sheet" not in html
