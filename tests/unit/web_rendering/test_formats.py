"""Numbers, money and times for a reader."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from guanxi.web.rendering import Formats, language

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ENGLISH = Formats(language("en"), NOW, ZoneInfo("Asia/Shanghai"))
CHINESE = Formats(language("zh-CN"), NOW, ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("amount", "currency", "english", "chinese"),
    [
        ("1280000", "CNY", "¥1,280,000.00", "¥1,280,000.00"),
        ("12.5", "USD", "$12.50", "US$12.50"),
        ("-12.5", "CNY", "-¥12.50", "-¥12.50"),
        ("1280", "JPY", "JP¥1,280", "JP¥1,280"),
        ("1.234", "KWD", "KWD\xa01.234", "KWD\xa01.234"),
        ("12.5", None, "12.50", "12.50"),
    ],
)
def test_money(amount: str, currency: str | None, english: str, chinese: str):
    assert ENGLISH.money(Decimal(amount), currency) == english
    assert CHINESE.money(Decimal(amount), currency) == chinese


def test_the_home_currency_alone_has_the_short_sign():
    abroad = Formats(language("en"), NOW, ZoneInfo("UTC"), home_currency="USD")
    assert abroad.money(Decimal(5), "CNY") == "CN¥5.00"
    assert ENGLISH.currency_symbol("CNY") == "¥"


def test_numbers():
    assert ENGLISH.decimal(Decimal("1234.50")) == "1,234.5"
    assert ENGLISH.decimal(Decimal(3), 2) == "3.00"
    assert ENGLISH.percent(Decimal("12.50")) == "12.5%"
    assert ENGLISH.percent(Decimal(25)) == "25%"
    assert CHINESE.integer(1280) == "1,280"


def test_days_and_moments_in_the_readers_zone():
    evening = datetime(2026, 12, 2, 16, 30, tzinfo=UTC)
    assert ENGLISH.day(date(2026, 12, 3)) == "Dec 3, 2026"
    assert CHINESE.day(date(2026, 12, 3)) == "2026-12-03"
    assert CHINESE.moment(evening) == "2026-12-03 00:30"
    assert ENGLISH.moment(evening).replace("\u202f", " ") == "Dec 3, 2026, 12:30 AM"
    assert ENGLISH.machine(evening) == "2026-12-02T16:30:00Z"
    assert ENGLISH.local_input(evening) == "2026-12-03T00:30"


@pytest.mark.parametrize(
    ("before", "english", "chinese"),
    [
        (timedelta(seconds=20), "just now", "刚刚"),
        (timedelta(seconds=-3), "just now", "刚刚"),
        (timedelta(minutes=5), "5 minutes ago", "5分钟前"),
        (timedelta(hours=3), "3 hours ago", "3小时前"),
        (timedelta(days=2), "2 days ago", "2天前"),
        (timedelta(days=8), "Nov 13, 2026", "2026-11-13"),
    ],
)
def test_how_long_ago(before: timedelta, english: str, chinese: str):
    assert ENGLISH.ago(NOW - before) == english
    assert CHINESE.ago(NOW - before) == chinese
