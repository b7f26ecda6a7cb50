"""What an operator sets from outside, read once from the environment.

`docs/reference/settings.md` describes each for operators; a test compares the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guanxi.errors import GuanxiError

_LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
_MAIL_SECURITY = ("starttls", "tls", "none")
_DATABASE_SCHEMES = ("sqlite://", "postgres://", "postgresql://")


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Where mail is handed in, and as whom. `security` says when the connection is encrypted."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"


class SettingError(GuanxiError):
    """An environment variable holds something that cannot be used; the text says which and what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One workspace's settings; every field is read from `GUANXI_` plus its name in capitals."""

    home: Path
    """The folder of the embedded workspace; it is made when first needed."""
    database_url: str
    """`sqlite:///PATH` or `postgresql://USER@HOST/NAME`."""
    allowed_hosts: tuple[str, ...]
    """Host names the server answers to; a leading `*.` matches every subdomain."""
    pool_size: int
    """How many connections a process may hold to a PostgreSQL server."""
    currency: str
    """The workspace's own currency, an ISO 4217 code; it is shown with its short sign."""
    timezone: ZoneInfo
    """Where the workspace's days begin and end: what `today` means to it."""
    log_level: str
    """One of debug, info, warning, error, critical."""
    public_url: str
    """Where people reach the workspace, for links in mails; empty: mails carry no links."""
    mail_host: str
    """The mail server; empty: no mail is sent."""
    mail_port: int
    mail_sender: str
    """The address that mails come from, e.g. `Guanxi <crm@example.org>`."""
    mail_user: str
    mail_password: str = field(repr=False)
    mail_security: str
    """`starttls` (encrypted after a greeting), `tls` (at once) or `none`."""
    webhook_networks: tuple[IPv4Network | IPv6Network, ...]
    """Inner networks that webhooks may reach, and without https."""

    max_file_mb: int
    """The most megabytes that an uploaded file may have."""

    @property
    def embedded(self) -> bool:
        """Whether the database is a file of this workspace rather than a server."""
        return self.database_url.startswith("sqlite://")

    @property
    def mail(self) -> MailAccount | None:
        """The mail account, if there is one."""
        if not self.mail_host:
            return None
        return MailAccount(
            self.mail_host,
            self.mail_port,
            self.mail_sender,
            self.mail_user,
            self.mail_password,
            self.mail_security,
        )


def variable(name: str) -> str:
    """The environment variable of a setting, e.g. `GUANXI_HOME` of `home`."""
    return f"GUANXI_{name.upper()}"


def from_environ(environ: Mapping[str, str]) -> Settings:
    """Read every setting; one that is unset or empty has its default.

    Raises:
        SettingError: a value cannot be used.
    """
    home = Path(environ.get(variable("home")) or "var").absolute()
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "home": (str(home), lambda text: Path(text).absolute()),
        "database_url": (f"sqlite://{home / 'guanxi.sqlite3'}", _database_url),
        "allowed_hosts": ("127.0.0.1,localhost,[::1]", _hosts),
        "pool_size": ("10", _pool_size),
        "currency": ("CNY", _currency),
        "timezone": ("UTC", _timezone),
        "log_level": ("info", _log_level),
        "public_url": ("", _public_url),
        "mail_host": ("", str),
        "mail_port": ("587", _port),
        "mail_sender": ("", str),
        "mail_user": ("", str),
        "mail_password": ("", str),
        "mail_security": ("starttls", _mail_security),
        "webhook_networks": ("", _networks),
        "max_file_mb": ("20", _megabytes),
    }
    values = {}
    for one in fields(Settings):
        default, read = readers[one.name]
        values[one.name] = read(environ.get(variable(one.name)) or default)
    if values["mail_host"] and "@" not in values["mail_sender"]:
        raise SettingError(
            "GUANXI_MAIL_HOST is set and GUANXI_MAIL_SENDER is not; write the address that mails come from."
        )
    return Settings(**values)


def _database_url(text: str) -> str:
    if not text.startswith(_DATABASE_SCHEMES):
        # The value may carry a password, so it is not repeated.
        raise SettingError(
            "GUANXI_DATABASE_URL starts with none of the schemes that can be used; write "
            "sqlite:///PATH or postgresql://USER@HOST/NAME."
        )
    return text


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in text.split(",") if host.strip())
    if not hosts:
        raise SettingError("GUANXI_ALLOWED_HOSTS names no host; write host names separated by commas.")
    return hosts


def _pool_size(text: str) -> int:
    # Two thirds of a server's customary 100 connections are the most that one process may take.
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 64):
        raise SettingError(f"GUANXI_POOL_SIZE is {text!r}; write a whole number from 1 to 64.")
    return int(text)


def _currency(text: str) -> str:
    if not (text.isascii() and text.isalpha() and text.isupper() and len(text) == 3):
        raise SettingError(f"GUANXI_CURRENCY is {text!r}; write a code of three capital letters such as CNY.")
    return text


def _timezone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise SettingError(
            f"GUANXI_TIMEZONE is {text!r}; write the name of a time zone such as Asia/Shanghai."
        ) from unknown


def _log_level(text: str) -> str:
    level = text.lower()
    if level not in _LOG_LEVELS:
        raise SettingError(f"GUANXI_LOG_LEVEL is {text!r}; write one of {', '.join(_LOG_LEVELS)}.")
    return level


def _public_url(text: str) -> str:
    address = text.rstrip("/")
    if address and not address.startswith(("https://", "http://")):
        raise SettingError(
            f"GUANXI_PUBLIC_URL is {text!r}; write an address such as https://crm.example.org."
        )
    return address


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise SettingError(f"GUANXI_MAIL_PORT is {text!r}; write a whole number from 1 to 65535.")
    return int(text)


def _megabytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= 100):
        raise SettingError(f"GUANXI_MAX_FILE_MB is {text!r}; write a whole number from 1 to 100.")
    return int(text)


def _mail_security(text: str) -> str:
    if text not in _MAIL_SECURITY:
        raise SettingError(f"GUANXI_MAIL_SECURITY is {text!r}; write one of {', '.join(_MAIL_SECURITY)}.")
    return text


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as wrong:
        raise SettingError(
            f"GUANXI_WEBHOOK_NETWORKS is {text!r}; write networks such as 10.1.0.0/16, separated by commas."
        ) from wrong
