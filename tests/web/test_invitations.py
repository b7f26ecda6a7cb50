from datetime import timedelta

from bs4 import BeautifulSoup

from tests.web.site import PASSWORD

SAME = {"Sec-Fetch-Site": "same-origin"}


async def test_a_link_lets_a_person_choose_a_password_once(site):
    added = await site.person("Li Wei", "rep")
    path = f"/welcome/{added.invitation}"
    page = await site.http.get(path)
    assert page.status_code == 200
    assert BeautifulSoup(page.text, "html.parser").select_one("input[type=password]")
    # Looking, even several times and by a mail scanner, uses nothing up.
    assert (await site.http.get(path)).status_code == 200
    chosen = await site.http.post(path, data={"password": PASSWORD}, headers=SAME)
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/")
    assert "guanxi_session=" in chosen.headers["set-cookie"]
    assert (await site.client().get(path)).status_code == 410
    assert (
        await site.client().post(path, data={"password": "another good one"}, headers=SAME)
    ).status_code == 410
    assert await site.browser("Li Wei")


async def test_a_weak_password_is_told_and_the_link_stays_good(site):
    added = await site.person("Li Wei", "rep")
    path = f"/welcome/{added.invitation}"
    weak = await site.http.post(path, data={"password": "password1"}, headers=SAME)
    assert weak.status_code == 422
    assert BeautifulSoup(weak.text, "html.parser").select_one("input[aria-invalid=true]")
    assert (await site.http.post(path, data={"password": PASSWORD}, headers=SAME)).status_code == 303


async def test_a_link_expires_after_seven_days(site):
    added = await site.person("Li Wei", "rep")
    site.clock.advance(timedelta(days=7, seconds=1))
    assert (await site.http.get(f"/welcome/{added.invitation}")).status_code == 410


async def test_a_made_up_link_answers_like_a_used_one(site):
    for token in ("x", "a" * 43, "%00", "%F0%9F%98%80"):
        reply = await site.http.get(f"/welcome/{token}")
        assert reply.status_code in (404, 410)
        assert "Traceback" not in reply.text


async def test_the_link_is_kept_as_a_digest(site):
    added = await site.person("Li Wei", "rep")
    async with site.workspace.database.reading() as session:
        kept = await session.value("SELECT digest FROM g_invitation")
    assert added.invitation not in kept
