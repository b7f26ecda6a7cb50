import asyncio
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from tests.web.site import PASSWORD, email_of

SAME = {"Sec-Fetch-Site": "same-origin"}


def form(name, password=PASSWORD, **more):
    return {"email": email_of(name), "password": password, **more}


def flags(cookie):
    """Everything but name and value."""
    return {flag.strip().lower() for flag in cookie.split(";")[1:]}


def problem(reply):
    (alert,) = BeautifulSoup(reply.text, "html.parser").select("[role=alert]")
    return alert.get_text(strip=True)


async def test_signing_in_leads_to_where_one_wanted_to_go(site):
    await site.with_password("Li Wei", "rep")
    asked = await site.http.get("/orders?sort=-total")
    if asked.status_code == 303:
        assert asked.headers["location"] == "/sign-in?next=%2Forders%3Fsort%3D-total"
    reply = await site.http.post("/sign-in", data=form("Li Wei", next="/orders?sort=-total"), headers=SAME)
    assert (reply.status_code, reply.headers["location"]) == (303, "/orders?sort=-total")


async def test_the_session_cookie_on_loopback(site):
    await site.with_password("Li Wei", "rep")
    reply = await site.http.post("/sign-in", data=form("Li Wei"), headers=SAME)
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith("guanxi_session=")
    assert flags(cookie) == {"httponly", "samesite=lax", "path=/"}


async def test_the_session_cookie_over_https(site):
    await site.with_password("Li Wei", "rep")
    client = site.client("https://localhost")
    reply = await client.post("/sign-in", data=form("Li Wei"), headers=SAME)
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith("__Host-guanxi_session=")
    assert flags(cookie) == {"secure", "httponly", "samesite=lax", "path=/"}
    assert reply.headers["strict-transport-security"]


async def test_nobody_signs_in_over_plain_http_from_elsewhere(database_url, tmp_path):
    from tests.web.site import open_site

    async with open_site(database_url, tmp_path, GUANXI_ALLOWED_HOSTS="crm.example") as site:
        await site.with_password("Li Wei", "rep")
        client = site.client("http://crm.example")
        reply = await client.post("/sign-in", data=form("Li Wei"), headers={"Origin": "http://crm.example"})
        assert reply.status_code == 403
        assert "https" in problem(reply)
        assert "set-cookie" not in reply.headers


async def test_the_database_holds_no_secret(site):
    await site.with_password("Li Wei", "rep")
    browser = await site.browser("Li Wei")
    token = browser.cookies["guanxi_session"]
    async with site.workspace.database.reading() as session:
        rows = await session.fetch("SELECT digest FROM g_session")
        hashes = await session.fetch("SELECT password_hash FROM g_credential")
    assert len(token) >= 43
    assert token not in {row["digest"] for row in rows}
    assert all(row["password_hash"].startswith("$argon2id$") for row in hashes)


async def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(site):
    await site.with_password("Li Wei", "rep")
    wrong = await site.http.post("/sign-in", data=form("Li Wei", "not this one"), headers=SAME)
    unknown = await site.http.post("/sign-in", data=form("No One", "not this one"), headers=SAME)
    assert wrong.status_code == unknown.status_code == 401
    assert problem(wrong) == problem(unknown)
    assert "set-cookie" not in wrong.headers


async def test_somebody_who_has_not_chosen_a_password_cannot_sign_in(site):
    await site.person("Li Wei", "rep")
    for password in ("", PASSWORD, "None"):
        reply = await site.http.post("/sign-in", data=form("Li Wei", password), headers=SAME)
        assert reply.status_code == 401


@pytest.mark.parametrize("name", ["Li Wei", "No One"])
async def test_guessing_is_slowed_down_and_never_locked_for_good(site, name):
    await site.with_password("Li Wei", "rep")
    for _ in range(5):
        reply = await site.http.post("/sign-in", data=form(name, "guess"), headers=SAME)
        assert reply.status_code == 401
    slowed = await site.http.post("/sign-in", data=form(name, PASSWORD), headers=SAME)
    assert slowed.status_code == 429
    assert int(slowed.headers["retry-after"]) >= 1
    site.clock.advance(timedelta(seconds=int(slowed.headers["retry-after"])))
    again = await site.http.post("/sign-in", data=form(name), headers=SAME)
    assert again.status_code == (303 if name == "Li Wei" else 401)


async def test_many_guesses_at_once_are_not_all_let_through(site):
    await site.with_password("Li Wei", "rep")
    replies = await asyncio.gather(
        *(site.http.post("/sign-in", data=form("Li Wei", "guess"), headers=SAME) for _ in range(20))
    )
    codes = [reply.status_code for reply in replies]
    assert codes.count(401) <= 6
    assert codes.count(401) + codes.count(429) == 20


async def test_a_guesser_elsewhere_does_not_keep_the_owner_out(site):
    await site.with_password("Li Wei", "rep")
    stranger = site.client(address="203.0.113.7")
    for _ in range(6):
        await stranger.post("/sign-in", data=form("Li Wei", "guess"), headers=SAME)
    reply = await site.http.post("/sign-in", data=form("Li Wei"), headers=SAME)
    assert reply.status_code == 303


async def test_the_session_is_new_at_every_sign_in_and_the_old_one_ends(site):
    await site.with_password("Li Wei", "rep")
    browser = await site.browser("Li Wei")
    old = browser.cookies["guanxi_session"]
    await browser.post("/sign-in", data=form("Li Wei"))
    assert browser.cookies["guanxi_session"] != old
    thief = site.client(Cookie=f"guanxi_session={old}")
    assert (await thief.get("/api/v1/tasks")).status_code == 401


async def test_a_session_that_was_planted_is_not_taken_up(site):
    await site.with_password("Li Wei", "rep")
    browser = site.client(Cookie="guanxi_session=planted", **SAME)
    reply = await browser.post("/sign-in", data=form("Li Wei"))
    assert "guanxi_session=planted" not in reply.headers["set-cookie"]


async def test_a_session_ends_after_thirty_idle_minutes(site):
    await site.with_password("Li Wei", "rep")
    browser = await site.browser("Li Wei")
    for _ in range(3):
        site.clock.advance(timedelta(minutes=29))
        assert (await browser.get("/api/v1/tasks")).status_code == 200
    site.clock.advance(timedelta(minutes=31))
    assert (await browser.get("/api/v1/tasks")).status_code == 401


async def test_the_badge_alone_does_not_keep_a_session(site):
    await site.with_password("Li Wei", "rep")
    browser = await site.browser("Li Wei")
    for _ in range(4):
        site.clock.advance(timedelta(minutes=10))
        await browser.get("/inbox/badge")
    assert (await browser.get("/api/v1/tasks")).status_code == 401


async def test_a_session_ends_after_twelve_hours_of_use(site):
    await site.with_password("Li Wei", "rep")
    browser = await site.browser("Li Wei")
    for _ in range(35):
        site.clock.advance(timedelta(minutes=20))
        assert (await browser.get("/api/v1/tasks")).status_code == 200
    site.clock.advance(timedelta(minutes=21))
    assert (await browser.get("/api/v1/tasks")).status_code == 401


async def test_signing_out_ends_the_session_on_the_server(site):
    await site.with_password("Li Wei", "rep")
    browser = await site.browser("Li Wei")
    token = browser.cookies["guanxi_session"]
    reply = await browser.post("/sign-out")
    assert (reply.status_code, reply.headers["location"]) == (303, "/sign-in")
    thief = site.client(Cookie=f"guanxi_session={token}")
    assert (await thief.get("/api/v1/tasks")).status_code == 401


async def test_other_roles_or_none_end_the_sessions(site):
    admin = await site.api((await site.person("Admin", "admin")).user.id)
    id_ = await site.with_password("Li Wei", "rep")
    browser = await site.browser("Li Wei")
    version = next(u for u in (await admin.get("/api/v1/users")).json()["items"] if u["id"] == str(id_))[
        "version"
    ]
    changed = await admin.patch(
        f"/api/v1/users/{id_}", json={"roles": ["manager"]}, headers={"If-Match": f'"{version}"'}
    )
    assert changed.status_code == 200, changed.text
    assert (await browser.get("/api/v1/tasks")).status_code == 401
    again = await site.browser("Li Wei")
    gone = await admin.patch(
        f"/api/v1/users/{id_}", json={"active": False}, headers={"If-Match": changed.headers["etag"]}
    )
    assert gone.json()["state"] == "inactive"
    assert (await again.get("/api/v1/tasks")).status_code == 401
    reply = await site.http.post("/sign-in", data=form("Li Wei"), headers=SAME)
    assert reply.status_code == 401
