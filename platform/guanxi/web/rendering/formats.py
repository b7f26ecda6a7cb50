"""How numbers, money and times are written for one reader."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from guanxi.definitions.labels import say
from guanxi.web.rendering.languages import Language

# A currency written as its code stands apart from the amount.
_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[A-Z])(?=[0-9])")
# Beyond this a distance ("23 days ago") says less than the day itself.
_RELATIVE_FOR = timedelta(days=7)
HOME_ZONE = ZoneInfo("Asia/Shanghai")
"""The time zone of a workspace that has not said another."""
_JUST_NOW = {"en": "just now", "zh-CN": "刚刚"}
_LOCAL_SYMBOLS = {"CNY": "¥", "JPY": "¥", "TWD": "NT$", "HKD": "HK$", "USD": "$", "EUR": "€", "GBP": "£"}


@dataclass(frozen=True, slots=True)
class Formats:
    """Numbers and times as one reader expects them.

    `now` is the moment the page is drawn (aware), `zone` the reader's time zone, `home_currency` the
    workspace's own currency: it alone is written with its short symbol, so that CNY is `¥` for an English
    reader of a Chinese workspace while another currency with the same sign stays recognisable.
    """

    language: Language
    now: datetime
    zone: ZoneInfo = HOME_ZONE
    home_currency: str = "CNY"

    def integer(self, value: int) -> str:
        """1280 is `1,280`."""
        return str(format_decimal(value, locale=self.language.locale))

    def decimal(self, value: Decimal | int, scale: int | None = None) -> str:
        """Grouped, without trailing zeros, or with exactly `scale` digits."""
        pattern = "#,##0." + ("#" * 12 if scale is None else "0" * scale)
        return str(format_decimal(value, format=pattern.rstrip("."), locale=self.language.locale))

    def percent(self, value: Decimal | int) -> str:
        """Points: 12.50 is `12.5%`."""
        return f"{self.decimal(value)}%"

    def money(self, amount: Decimal, currency: str | None) -> str:
        """An amount with its currency and that currency's minor digits; a bare number without currency."""
        if not currency:
            return self.decimal(amount, 2)
        locale = self.language.locale
        text = str(format_currency(amount, currency, locale=locale))
        text = text.replace(get_currency_symbol(currency, locale), self.currency_symbol(currency), 1)
        return _LETTER_BEFORE_DIGIT.sub("\N{NO-BREAK SPACE}", text)

    def currency_symbol(self, currency: str) -> str:
        """The sign put before an amount in this currency."""
        home = _LOCAL_SYMBOLS.get(self.home_currency)
        if currency == self.home_currency and home:
            return home
        symbol = str(get_currency_symbol(currency, self.language.locale))
        # Yen beside renminbi: the country tells them apart.
        return currency[:2] + symbol if symbol == home else symbol

    def day(self, value: date) -> str:
        """`Dec 3, 2026`, in Chinese `2026-12-03`."""
        if self._chinese:
            return value.isoformat()
        return str(format_date(value, "medium", locale=self.language.locale))

    def moment(self, value: datetime) -> str:
        """Day and minute in the reader's time zone."""
        local = value.astimezone(self.zone)
        if self._chinese:
            return local.strftime("%Y-%m-%d %H:%M")
        return str(format_datetime(local, "MMM d, y, h:mm a", locale=self.language.locale))

    def ago(self, value: datetime) -> str:
        """`3 hours ago` up to a week, then the day."""
        distance = value - self.now
        if abs(distance) > _RELATIVE_FOR:
            return self.day(value.astimezone(self.zone).date())
        if abs(distance) < timedelta(minutes=1):
            # Two clocks may differ by seconds; "in 2 seconds" would only puzzle.
            return say(_JUST_NOW, self.language.tag)
        return str(format_timedelta(distance, add_direction=True, locale=self.language.locale, threshold=1))

    def machine(self, value: datetime) -> str:
        """The moment as `<time datetime>` wants it: UTC, to the second."""
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def local_input(self, value: datetime) -> str:
        """The moment as a datetime-local input wants it, in the reader's time zone."""
        return value.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M")

    @property
    def _chinese(self) -> bool:
        return self.language.tag.startswith("zh")
