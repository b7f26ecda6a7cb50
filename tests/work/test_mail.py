"""People are told in the application and by mail, each in their language, once for an occasion."""

import logging

import pytest

from guanxi.commands.actor import SYSTEM
from guanxi.commands.messaging.deliver_mail import deliver_mail
from guanxi.commands.messaging.telling import Message, tell
from guanxi.delivery.outcome import NotDelivered
from guanxi.storage.deliveries import deliveries
from guanxi.storage.jobs import GiveUp, count_waiting_jobs
from guanxi.storage.notifications import notifications_of
from tests.web.site import open_site
from tests.work.catcher import MailCatcher, catching

pytestmark = pytest.mark.postgres
SUBMITTED = Message(
    "task 1 opened",
    {"en": "Order 7 waits for you", "zh-CN": "订单 7 等待您审批"},
    {"en": "Discount 12 %.\n\nFrom <Li Wei>", "zh-CN": "折扣 12%。"},
    "/inbox/1",
)


@pytest.fixture
async def catcher():
    async with catching(MailCatcher()) as one:
        yield one


@pytest.fixture
async def mailing(database_url, tmp_path, catcher):
    environ = {
        "GUANXI_MAIL_HOST": "127.0.0.1",
        "GUANXI_MAIL_PORT": str(catcher.port),
        "GUANXI_MAIL_SECURITY": "none",
        "GUANXI_MAIL_SENDER": "Guanxi <crm@example.org>",
        "GUANXI_PUBLIC_URL": "https://crm.example.org",
    }
    async with open_site(database_url, tmp_path, **environ) as opened:
        yield opened


async def told(site, people, message=SUBMITTED):
    async def work(turn):
        return await tell(turn, people, message, by_mail=True)

    return await site.workspace.write(SYSTEM, work)


async def stored(site):
    async with site.workspace.database.reading() as session:
        return await deliveries(session, 10)


async def two_people(site):
    first = (await site.person("Emma Clarke", "manager")).user.id
    return first, (await site.person("Wang Fang", "manager", locale="zh-CN")).user.id


async def test_each_is_told_in_their_language_with_a_link_that_shows(mailing, catcher):
    first, second = await two_people(mailing)
    assert await told(mailing, [first, second, 999_999]) == 2
    for one in await stored(mailing):
        await deliver_mail(mailing.workspace, one.id)
    english = next(mail for mail in catcher.mails if mail["To"].addresses[0].display_name == "Emma Clarke")
    chinese = next(mail for mail in catcher.mails if mail is not english)
    assert english["Subject"] == "Order 7 waits for you"
    assert chinese["Subject"] == "订单 7 等待您审批"
    plain = english.get_body(("plain",)).get_content()
    assert "https://crm.example.org/inbox/1" in plain
    assert "From <Li Wei>" in plain
    html = english.get_body(("html",)).get_content()
    assert "From &lt;Li Wei&gt;" in html
    assert 'href="https://crm.example.org/inbox/1"' in html
    assert "可能需要登录" in chinese.get_body(("plain",)).get_content()
    async with mailing.workspace.database.reading() as session:
        (notice,) = await notifications_of(session, second, 10)
    assert (notice.title, notice.href, notice.read) == ("订单 7 等待您审批", "/inbox/1", False)


async def test_an_occasion_is_told_once(mailing, catcher):
    first, _ = await two_people(mailing)
    assert [await told(mailing, [first]) for _ in range(3)] == [1, 0, 0]
    (one,) = await stored(mailing)
    for _ in range(3):
        await deliver_mail(mailing.workspace, one.id)
    assert len(catcher.mails) == 1


async def test_what_the_server_will_take_later_is_tried_again(mailing, catcher):
    first, _ = await two_people(mailing)
    await told(mailing, [first])
    (one,) = await stored(mailing)
    catcher.answers = ["451 come again"]
    with pytest.raises(NotDelivered, match="451"):
        await deliver_mail(mailing.workspace, one.id)
    (waiting,) = await stored(mailing)
    assert (waiting.state, waiting.status, waiting.attempts) == ("waiting", 451, 1)
    await deliver_mail(mailing.workspace, one.id)
    assert [mail["Subject"] for mail in catcher.mails] == ["Order 7 waits for you"]
    assert (await stored(mailing))[0].state == "sent"


async def test_what_the_server_refuses_is_not_tried_again(mailing, catcher):
    first, _ = await two_people(mailing)
    await told(mailing, [first])
    catcher.answers = ["554 no"]
    with pytest.raises(GiveUp, match="554"):
        await deliver_mail(mailing.workspace, (await stored(mailing))[0].id)
    assert (await stored(mailing))[0].state == "failed"


async def test_what_may_have_arrived_waits_for_an_administrator(mailing, catcher):
    """Fault 3: at most one mail; an administrator who knows more may send it again."""
    first, _ = await two_people(mailing)
    await told(mailing, [first])
    catcher.answers = ["hang up after keeping"]
    (one,) = await stored(mailing)
    with pytest.raises(GiveUp):
        await deliver_mail(mailing.workspace, one.id)
    assert (await stored(mailing))[0].state == "doubtful"
    assert len(catcher.mails) == 1
    await deliver_mail(mailing.workspace, one.id)
    assert (await stored(mailing))[0].state == "sent"
    assert len({mail["Message-ID"] for mail in catcher.mails}) == 1


async def test_without_a_mail_account_nothing_fails_and_nothing_is_logged(site, caplog):
    """The closest peer logs a traceback for each mail."""
    first, _ = await two_people(site)
    await told(site, [first])
    with caplog.at_level(logging.DEBUG, "guanxi"):
        await deliver_mail(site.workspace, (await stored(site))[0].id)
    assert (await stored(site))[0].state == "skipped"
    assert not caplog.records


async def test_nobody_is_told_of_what_was_rolled_back(site):
    first, _ = await two_people(site)

    async def work(turn):
        await tell(turn, [first], SUBMITTED, by_mail=True)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await site.workspace.write(SYSTEM, work)
    async with site.workspace.database.reading() as session:
        assert await notifications_of(session, first, 10) == []
        assert await count_waiting_jobs(session) == 0
    assert await stored(site) == []
