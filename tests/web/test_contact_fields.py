"""E-mail addresses, telephone numbers, web addresses and ratings through the API and in the pages."""

import re

from bs4 import BeautifulSoup

from tests.web.forms import the
from tests.web.trying import put, trier

FIELDS = {
    "mail": {"type": "email", "unique": True},
    "tel": {"type": "phone"},
    "site": {"type": "url"},
    "stars": {"type": "rating", "max": 4, "label": {"en": "Stars", "zh-CN": "星级"}},
    "good": {"type": "boolean", "formula": "stars >= 3"},
}
KEPT = {"mail": "li@example.com", "tel": "+8613812345678", "site": "https://example.com", "stars": 3}
RECORDS = "/api/v1/records/trial"


def inputs_of(page):
    """What a browser sends of the form."""
    found = {}
    for one in page.select("form.form input[name], form.form select[name], form.form textarea[name]"):
        if one.name == "select":
            chosen = one.select_one("option[selected]")
            found[one["name"]] = chosen["value"] if chosen else ""
        elif one.get("type") != "checkbox":
            found[one["name"]] = one.get("value", "")
    return found


async def test_the_api_takes_gives_and_filters_them(site):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    sent = {"name": "A", "mail": "li@EXAMPLE.com", "tel": "138 1234 5678", "site": KEPT["site"], "stars": 3}
    made = await api.post(RECORDS, json=sent)
    assert made.status_code == 201, made.text
    assert {name: made.json()[name] for name in KEPT} == KEPT
    assert made.json()["good"] is True
    await api.post(RECORDS, json={"name": "B", "stars": 1})
    for query in ("where=tel == '%2B8613812345678'", "where=stars > 2", "where=contains(mail, 'example')"):
        found = (await api.get(f"{RECORDS}?{query}")).json()
        assert [one["name"] for one in found["items"]] == ["A"], found
    wrong = await api.post(
        RECORDS, json={"name": "C", "mail": "li", "tel": "1", "site": "javascript:a", "stars": 5}
    )
    assert wrong.status_code == 422
    assert {one["field"] for one in wrong.json()["problems"]} == {"/mail", "/tel", "/site", "/stars"}
    again = await api.post(RECORDS, json={"name": "D", "mail": "li@example.COM"})
    assert again.status_code in (409, 422)


async def test_a_form_takes_them_as_people_write_and_pages_show_them(site):
    await put(site.workspace, **FIELDS)
    browser, api = await trier(site)
    form = BeautifulSoup((await browser.get("/records/trial/new")).text, "html.parser")
    choices = [one.text for one in form.select("select[name=stars] option")]
    assert choices[1:] == ["★☆☆☆ 1 of 4", "★★☆☆ 2 of 4", "★★★☆ 3 of 4", "★★★★ 4 of 4"]
    typed = {
        "name": "A",
        "mail": " li@example.com",
        "tel": "（010）68888888转801",
        "site": "example.com",
        "stars": "3",
    }
    reply = await browser.post("/records/trial", data=inputs_of(form) | typed)
    assert reply.status_code == 303, reply.text
    address = reply.headers["location"]
    page = BeautifulSoup((await browser.get(address)).text, "html.parser")
    links = {a["href"]: (a.text, a.get("rel")) for a in page.select("main a[href]")}
    assert links["mailto:li@example.com"][0] == "li@example.com"
    assert links["tel:+861068888888;ext=801"][0] == "+86 10 6888 8888 #801"
    assert links["https://example.com"] == ("example.com", ["noopener", "noreferrer"])
    assert the(page, ".stars").text == "★★★☆ 3 of 4"
    id_ = re.findall(r"[0-9]+", address)[0]
    form = BeautifulSoup((await browser.get(f"/records/trial/{id_}/edit")).text, "html.parser")
    unchanged = inputs_of(form)
    assert unchanged["tel"] == "+86 10 6888 8888 #801"
    reply = await browser.post(f"/records/trial/{id_}", data=unchanged | {"stars": "4"})
    assert reply.status_code == 303, reply.text
    kept = (await api.get(f"{RECORDS}/{id_}")).json()
    assert (kept["tel"], kept["stars"]) == ("+861068888888;ext=801", 4)
    history = (await browser.get(f"/records/trial/{id_}")).text
    assert "★★★☆" in history
    assert "★★★★" in history


async def test_lists_filter_by_them(site):
    await put(site.workspace, **FIELDS)
    browser, api = await trier(site)
    await api.post(RECORDS, json={"name": "Anna", **KEPT})
    await api.post(RECORDS, json={"name": "Bela", "stars": 1})
    for query in ("tel=138 1234", "mail=LI@", "site=example", "stars.from=2&stars.to=4"):
        page = BeautifulSoup((await browser.get(f"/records/trial?{query}")).text, "html.parser")
        assert "Anna" in the(page, "main").text, query
        assert "Bela" not in the(page, "main").text, query
