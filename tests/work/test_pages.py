"""The bell, the notifications, and the administrators' page of background work."""

import pytest
from bs4 import BeautifulSoup

from guanxi.commands.actor import SYSTEM
from guanxi.commands.messaging.deliver_mail import deliver_mail
from guanxi.commands.messaging.telling import Message, tell
from guanxi.storage.deliveries import deliveries

pytestmark = pytest.mark.postgres


def soup(reply):
    assert reply.status_code == 200, reply.text
    return BeautifulSoup(reply.text, "html.parser")


async def told(site, user_id, number=1, href="/inbox"):
    message = Message(
        f"occasion {number}",
        {"en": f"Order {number} waits for you", "zh-CN": f"订单 {number} 等待您审批"},
        {"en": "Discount 12 %.", "zh-CN": "折扣 12%。"},
        href,
    )

    async def work(turn):
        await tell(turn, [user_id], message, by_mail=True)

    await site.workspace.write(SYSTEM, work)


async def failed_job(site, error="The printer is on fire"):
    async with site.workspace.database.transaction() as session:
        if session.dialect == "sqlite":
            sql = (
                "INSERT INTO g_job (name, payload, run_at, attempts, failed_at) "
                "VALUES ('mail', '{\"delivery\": 1}', $1, 8, $1) RETURNING id"
            )
            id_ = await session.value(sql, site.clock.now())
        else:
            sql = (
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) "
                "VALUES ('guanxi', 'mail', '{\"delivery\": 1}', 'failed', 8) RETURNING id"
            )
            id_ = await session.value(sql)
        sql = "INSERT INTO g_job_error (job_id, attempts, error, at) VALUES ($1, 8, $2, $3)"
        await session.execute(sql, id_, error, site.clock.now())
    return id_


async def state_of(site):
    """Everything that a look could change, but for the time a session was last used."""
    tables = (
        "g_audit",
        "g_notification",
        "g_instance",
        "g_task",
        "g_delivery",
        "g_timer",
        "e_order",
        "e_user",
    )
    async with site.workspace.database.reading() as session:
        return [
            [tuple(row) for row in await session.fetch(f"SELECT * FROM {one} ORDER BY id")] for one in tables
        ]


async def test_the_bell_says_that_something_is_new_until_it_is_read(site):
    user = await site.with_password("Emma Clarke", "manager")
    browser = await site.browser("Emma Clarke")
    assert soup(await browser.get("/notifications")).select_one(".bell-dot") is None
    await told(site, user)
    await told(site, user, 2)
    page = soup(await browser.get("/notifications"))
    assert page.select_one(".bell-dot") is not None
    assert page.select_one(".bell")["aria-label"] == "Notifications, 2 unread"
    assert [link.text for link in page.select(".told a")] == [
        "Order 2 waits for you",
        "Order 1 waits for you",
    ]
    first = page.select_one(".told form")["action"]
    assert (await browser.post(first)).status_code == 303
    assert len(soup(await browser.get("/notifications")).select(".unread")) == 1
    assert (await browser.post("/notifications/read")).status_code == 303
    page = soup(await browser.get("/notifications"))
    assert (page.select(".unread"), page.select_one(".bell-dot")) == ([], None)
    assert "unread-dot" in (await browser.get("/inbox/badge")).text


async def test_each_sees_and_marks_only_their_own(site):
    user = await site.with_password("Emma Clarke", "manager")
    await site.with_password("Li Wei", "rep", locale="zh-CN")
    await told(site, user)
    other = await site.browser("Li Wei")
    page = soup(await other.get("/notifications"))
    assert page.select_one(".told") is None
    assert "没有新通知" in page.text
    assert (await other.post("/notifications/1/read")).status_code == 303
    browser = await site.browser("Emma Clarke")
    assert len(soup(await browser.get("/notifications")).select(".unread")) == 1


async def test_a_mailed_link_only_shows(site):
    """Fault 9: replayed or fetched ahead by a mail program, signed in or not, it changes nothing."""
    user = await site.with_password("Emma Clarke", "manager")
    for number, href in enumerate(("/inbox", "/notifications", "/records/order")):
        await told(site, user, number, href)
    browser = await site.browser("Emma Clarke")
    before = await state_of(site)
    async with site.workspace.database.reading() as session:
        links = [one.content["href"] for one in await deliveries(session, 10)]
    assert len(links) == 3
    for link in links:
        for _ in range(3):
            away = await site.client().get(link)
            assert (away.status_code, away.headers["location"].partition("?")[0]) == (303, "/sign-in")
            assert (await browser.get(link, headers={"Sec-Purpose": "prefetch"})).status_code == 200
            assert (await browser.head(link)).status_code == 200
    assert await state_of(site) == before


async def test_an_administrator_sees_why_a_job_failed_and_acts(site):
    await site.with_password("Lin Tao", "admin")
    job, other = await failed_job(site), await failed_job(site, "So is the other")
    browser = await site.browser("Lin Tao")
    page = soup(await browser.get("/work"))
    assert "The printer is on fire" in page.text
    assert "Send a mail" in page.text
    assert (await browser.post(f"/work/{job}/retry")).headers["location"] == "/work?said=retried"
    assert (await browser.post(f"/work/{job}/retry")).status_code == 404
    question = soup(await browser.get(f"/work/{other}/discard"))
    assert (await browser.post(question.select_one("form.confirm")["action"])).status_code == 303
    page = soup(await browser.get("/work"))
    assert "printer" not in page.text
    assert "1 job waits" in page.text


async def test_a_missing_mail_account_is_said_once(site):
    user = await site.with_password("Lin Tao", "admin")
    browser = await site.browser("Lin Tao")
    assert "No mail is sent" not in (await browser.get("/work")).text
    for number in range(3):
        await told(site, user, number)
    async with site.workspace.database.reading() as session:
        ids = [one.id for one in await deliveries(session, 10)]
    for id_ in ids:
        await deliver_mail(site.workspace, id_)
    page = soup(await browser.get("/work"))
    assert page.text.count("No mail is sent") == 1
    assert "3 mails were not sent" in page.text


async def test_background_work_is_for_administrators_of_processes(site):
    await site.with_password("Li Wei", "rep")
    job = await failed_job(site)
    browser = await site.browser("Li Wei")
    assert (await browser.get("/work")).status_code == 403
    assert (await browser.post(f"/work/{job}/retry")).status_code == 403
    assert (await browser.post(f"/work/{job}/discard")).status_code == 403
    assert 'href="/work"' not in (await browser.get("/notifications")).text
