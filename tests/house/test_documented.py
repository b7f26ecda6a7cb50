"""What an operator can set is described where an operator looks."""

import re
from dataclasses import fields

from guanxi.settings import Settings, from_environ, variable
from tests.house.repository import ROOT, texts

PAGE = ROOT / "docs" / "reference" / "settings.md"


def _documented() -> dict[str, str]:
    return dict(
        re.findall(r"^\| `(GUANXI_[A-Z_]+)` \| (.+?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_every_setting_is_documented_with_its_default():
    documented = _documented()
    settings = from_environ({})
    for field in fields(Settings):
        assert variable(field.name) in documented
    assert documented["GUANXI_POOL_SIZE"] == f"`{settings.pool_size}`"
    assert documented["GUANXI_TIMEZONE"] == f"`{settings.timezone.key}`"
    assert documented["GUANXI_LOG_LEVEL"] == f"`{settings.log_level}`"
    assert documented["GUANXI_ALLOWED_HOSTS"] == f"`{','.join(settings.allowed_hosts)}`"


def test_no_variable_is_read_or_described_in_secret():
    named = {
        name
        for folder in ("platform", "tests", "bench")
        for _, text in texts(".py", under=folder)
        for name in re.findall(r"[\"'](GUANXI_[A-Z_]+)[\"']", text)
    }
    described = set(_documented())
    known = {variable(field.name) for field in fields(Settings)}
    assert named - described == set()
    assert {name for name in described - known if name not in named} == set()
