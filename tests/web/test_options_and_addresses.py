"""Choices of several and addresses through the API, in forms, lists, conditions and the history."""

import re

from bs4 import BeautifulSoup

from tests.web.forms import the
from tests.web.test_contact_fields import inputs_of
from tests.web.trying import put, trier

CHANNELS = {
    "type": "multiSelect", "index": True, "default": ["email"], "label": {"en": "Channels", "zh-CN": "渠道"},
    "options": [
        {"name": "email", "label": {"en": "E-mail", "zh-CN": "邮件"}, "tint": "info"},
        {"name": "phone", "label": {"en": "Phone", "zh-CN": "电话"}},
        {"name": "fair", "label": {"en": "Fair", "zh-CN": "展会"}, "when": "name != 'Online'"},
    ],
}  # fmt: skip
FIELDS = {
    "channels": CHANNELS,
    "place": {"type": "address", "index": True, "label": {"en": "Address", "zh-CN": "地址"}},
    "shy": {"type": "text", "requiredWhen": "'fair' in channels and count(channels) > 1"},
    "far": {"type": "boolean", "formula": "place.country == 'France'"},
}
RECORDS = "/api/v1/records/trial"
SHANGHAI = {
    "country": "中国", "region": "上海市", "city": None, "district": "静安区", "street": "南京西路1号",
    "postal_code": "200040",
}  # fmt: skip


async def test_the_api_takes_gives_and_filters_them(site):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    made = await api.post(
        RECORDS, json={"name": "A", "channels": ["phone", "email", "phone"], "place": SHANGHAI}
    )
    assert made.status_code == 201, made.text
    assert made.json()["channels"] == ["email", "phone"]
    assert made.json()["place"] == SHANGHAI
    assert made.json()["far"] is None or made.json()["far"] is False
    paris = {"city": "Paris", "street": "1 rue de Rivoli", "country": "France", "postal_code": "75001"}
    other = (await api.post(RECORDS, json={"name": "B", "place": paris})).json()
    assert (other["channels"], other["far"]) == (["email"], True)
    none = (await api.post(RECORDS, json={"name": "C", "channels": []})).json()
    assert (none["channels"], none["place"]) == (None, None)
    asked = {
        "'phone' in channels": "A",
        "'phone' not in channels": "BC",
        "count(channels) == 2": "A",
        "missing(channels)": "C",
        "place.city == 'Paris'": "B",
        "contains(place, '静安区南京西路')": "A",
        "missing(place)": "C",
        "not missing(place.region) or count(channels) == 0": "AC",
    }
    for where, names in asked.items():
        found = (await api.get(RECORDS, params={"where": where, "sort": "name"})).json()
        assert "".join(one["name"] for one in found["items"]) == names, (where, found)
    for sent, pointer in (
        ({"channels": ["email", "fair"]}, "/shy"),
        ({"channels": ["mail"]}, "/channels"),
        ({"place": {"town": "Leeds"}}, "/place"),
        ({"name": "Online", "channels": ["fair"]}, "/channels"),
    ):
        wrong = await api.post(RECORDS, json={"name": "D", **sent})
        assert wrong.status_code == 422, sent
        assert [one["field"] for one in wrong.json()["problems"]] == [pointer]
    slip = await api.get(RECORDS, params={"where": "'mail' in channels"})
    assert slip.status_code == 422
    unsorted = await api.get(RECORDS, params={"sort": "channels"})
    assert unsorted.status_code == 422


async def test_forms_take_them_and_pages_show_them(site):
    await put(site.workspace, **FIELDS)
    browser, api = await trier(site)
    form = BeautifulSoup((await browser.get("/records/trial/new")).text, "html.parser")
    assert [one["value"] for one in form.select("input[name=channels][checked]")] == ["email"]
    assert next(one["name"] for one in form.select("[name^='place.']")) == "place.street"
    typed = inputs_of(form) | {
        "name": "A", "channels": ["", "phone", "email"], "place.street": " 1 rue de Rivoli ",
        "place.city": "Paris", "place.postal_code": "75001", "place.country": "France",
    }  # fmt: skip
    reply = await browser.post("/records/trial", data=typed)
    assert reply.status_code == 303, reply.text
    address = reply.headers["location"]
    page = (await browser.get(address)).text
    assert "1 rue de Rivoli, Paris, 75001, France" in page
    assert [one.text for one in BeautifulSoup(page, "html.parser").select("main .badges .badge")][:2] == [
        "E-mail",
        "Phone",
    ]
    id_ = re.findall(r"[0-9]+", address)[0]
    form = BeautifulSoup((await browser.get(f"/records/trial/{id_}/edit")).text, "html.parser")
    unchanged = inputs_of(form) | {"channels": ["", "email", "phone"]}
    assert unchanged["place.city"] == "Paris"
    reply = await browser.post(f"/records/trial/{id_}", data=unchanged)
    assert reply.status_code == 303, reply.text
    assert (await api.get(f"{RECORDS}/{id_}")).json()["version"] == 1
    form = BeautifulSoup((await browser.get(f"/records/trial/{id_}/edit")).text, "html.parser")
    emptied = inputs_of(form) | {"channels": "", "place.city": ""}
    reply = await browser.post(f"/records/trial/{id_}", data=emptied)
    assert reply.status_code == 303, reply.text
    kept = (await api.get(f"{RECORDS}/{id_}")).json()
    assert (kept["channels"], kept["place"]["city"], kept["place"]["country"]) == (None, None, "France")
    page = BeautifulSoup((await browser.get(address)).text, "html.parser")
    assert [one.text for one in page.select(".badges .badge")][:2] == ["E-mail", "Phone"]
    assert "1 rue de Rivoli, 75001, France" in page.text
    history = (await api.get(f"{RECORDS}/{id_}/history")).json()
    assert {one["field"] for one in history["items"][0]["changes"]} == {"channels", "place"}


async def test_chinese_addresses_are_written_from_the_country_down(site):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    made = (await api.post(RECORDS, json={"name": "A", "place": SHANGHAI})).json()
    await site.with_password("Zhang Min", "trier", locale="zh-CN")
    page = await (await site.browser("Zhang Min")).get(f"/records/trial/{made['id']}")
    assert "中国上海市静安区南京西路1号 200040" in page.text


async def test_lists_filter_by_them(site):
    await put(site.workspace, **FIELDS)
    browser, api = await trier(site)
    await api.post(RECORDS, json={"name": "Anna", "channels": ["email", "phone"], "place": SHANGHAI})
    await api.post(RECORDS, json={"name": "Bela", "channels": ["email"], "place": {"city": "Győr"}})
    await api.post(RECORDS, json={"name": "Cleo", "channels": ["fair"]})
    for query, names in (
        ("channels=phone&channels=fair", {"Anna", "Cleo"}),
        ("channels=email", {"Anna", "Bela"}),
        ("place=győr", {"Bela"}),
    ):
        page = BeautifulSoup((await browser.get(f"/records/trial?{query}")).text, "html.parser")
        assert {name for name in ("Anna", "Bela", "Cleo") if name in the(page, "main").text} == names, query
