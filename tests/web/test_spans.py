"""Times of the day and durations through the API and in the pages."""

import re

from bs4 import BeautifulSoup

from tests.web.forms import the
from tests.web.test_contact_fields import inputs_of
from tests.web.trying import put, trier

FIELDS = {
    "opens": {"type": "time", "default": "09:00", "min": "06:00"},
    "takes": {"type": "duration", "max": "PT100H"},
    "starts": {"type": "datetime"},
    "ends": {"type": "datetime", "formula": "starts + takes"},
    "again": {"type": "duration", "formula": "ends - starts + minutes(15)"},
}
RECORDS = "/api/v1/records/trial"


async def test_the_api_takes_gives_sorts_pages_and_filters_them(site):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    sent = {"name": "A", "takes": "PT90M", "starts": "2026-01-31T23:00:00Z"}
    made = await api.post(RECORDS, json=sent)
    assert made.status_code == 201, made.text
    kept = {name: made.json()[name] for name in ("opens", "takes", "ends", "again")}
    assert kept == {
        "opens": "09:00", "takes": "PT1H30M", "ends": "2026-02-01T00:30:00Z", "again": "PT1H45M",
    }  # fmt: skip
    for name, opens, takes in (("B", "08:00", "PT26H"), ("C", "17:30", "PT10M")):
        assert (
            await api.post(RECORDS, json={"name": name, "opens": opens, "takes": takes})
        ).status_code == 201

    async def names(**query):
        reply = await api.get(RECORDS, params=query)
        assert reply.status_code == 200, reply.text
        return [one["name"] for one in reply.json()["items"]]

    assert await names(sort="opens") == ["B", "A", "C"]
    assert await names(sort="-takes") == ["B", "A", "C"]
    assert await names(where="takes > hours(1) and opens >= hours(8) + minutes(30)") == ["A"]
    assert await names(where="takes == hours(1) + minutes(30)") == ["A"]
    assert await names(where="starts + takes > starts + minutes(89)") == ["A"]
    first = (await api.get(RECORDS, params={"sort": "takes", "limit": 1})).json()
    assert await names(sort="takes", limit=2, after=first["next"]) == ["A", "B"]
    wrong = await api.post(RECORDS, json={"name": "D", "opens": "05:59", "takes": "PT101H"})
    assert {one["field"] for one in wrong.json()["problems"]} == {"/opens", "/takes"}


async def test_forms_lists_and_history_write_them_for_people(site):
    await put(site.workspace, **FIELDS)
    browser, api = await trier(site)
    form = BeautifulSoup((await browser.get("/records/trial/new")).text, "html.parser")
    assert the(form, "input[name=opens]")["type"] == "time"
    assert inputs_of(form)["opens"] == "09:00"
    typed = inputs_of(form) | {"name": "Anna", "opens": "08:15", "takes": "26.5 h"}
    reply = await browser.post("/records/trial", data=typed)
    assert reply.status_code == 303, reply.text
    id_ = re.findall(r"[0-9]+", reply.headers["location"])[0]
    address = f"/records/trial/{id_}"
    form = inputs_of(BeautifulSoup((await browser.get(f"{address}/edit")).text, "html.parser"))
    assert (form["opens"], form["takes"]) == ("08:15", "26:30")
    reply = await browser.post(address, data=form | {"opens": "10:45", "takes": "40 min"})
    assert reply.status_code == 303, reply.text
    page = BeautifulSoup((await browser.get(address)).text, "html.parser").text
    assert all(text in page for text in ("08:15", "10:45", "26 h 30 min", "40 min"))
    await api.post(RECORDS, json={"name": "Bela", "opens": "07:00", "takes": "PT3H"})
    for query in ("opens.from=10:00&opens.to=11:00", "takes.to=1:00", "takes.from=30 min&takes.to=1 h"):
        rows = BeautifulSoup((await browser.get(f"/records/trial?{query}")).text, "html.parser")
        assert "Anna" in the(rows, "main").text, query
        assert "Bela" not in the(rows, "main").text, query
    history = await api.get(f"{RECORDS}/{id_}/history")
    changes = {one["field"]: one["after"] for one in history.json()["items"][0]["changes"]}
    assert (changes["opens"], changes["takes"]) == ("10:45", "PT40M")


async def test_a_text_becomes_a_number_a_time_and_a_duration(site):
    await put(site.workspace, tel={"type": "text"}, opens={"type": "text"}, takes={"type": "text"})
    _, api = await trier(site)
    sent = {"name": "A", "tel": "138 1234 5678", "opens": "9:30", "takes": "PT90M"}
    id_ = (await api.post(RECORDS, json=sent)).json()["id"]
    after = {"tel": {"type": "phone"}, "opens": {"type": "time"}, "takes": {"type": "duration"}}
    await put(site.workspace, accept=("lossy",), **after)
    kept = (await api.get(f"{RECORDS}/{id_}")).json()
    assert (kept["tel"], kept["opens"], kept["takes"]) == ("+8613812345678", "09:30", "PT1H30M")
