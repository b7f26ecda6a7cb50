from datetime import timedelta

from bs4 import BeautifulSoup

from tests.web.forms import the
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


async def test_a_new_link_is_for_who_lost_the_password(site):
    await site.with_password("Lin Tao", "admin")
    rep = await site.with_password("Li Wei", "rep")
    boss = await site.browser("Lin Tao")
    first, second = [await boss.post(f"/people/{rep}/link") for _ in range(2)]
    old, new = [the(BeautifulSoup(it.text, "html.parser"), "#link")["value"] for it in (first, second)]
    assert await site.browser("Li Wei"), "the password works until the link was used"
    assert (await site.http.get(old)).status_code == 410
    chosen = await site.http.post(new, data={"password": "a lamp on the table"}, headers=SAME)
    assert chosen.status_code == 303
    again = await site.client().post(
        "/sign-in", data={"email": "li.wei@example.com", "password": PASSWORD}, headers=SAME
    )
    assert again.status_code != 303


async def test_a_new_link_is_made_by_who_manages_people_for_who_may_sign_in(site):
    boss_id = await site.with_password("Lin Tao", "admin")
    rep = await site.with_password("Li Wei", "rep")
    assert (await (await site.browser("Li Wei")).post(f"/people/{boss_id}/link")).status_code == 403
    boss = await site.browser("Lin Tao")
    assert (await boss.post("/people/987654/link")).status_code == 404
    assert (await boss.get(f"/people/{rep}/link")).status_code == 405
    api = await site.api(boss_id)
    changed = await api.patch(f"/api/v1/users/{rep}", json={"active": False}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200, changed.text
    assert (await boss.post(f"/people/{rep}/link")).status_code == 409
