"""Which language a reader gets."""

import pytest

from guanxi.web.rendering import language, negotiate


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("zh", "zh-CN"),
        ("zh-HK,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("zh-Hant-TW", "zh-CN"),
        ("en-GB,en;q=0.9", "en"),
        ("de-DE,de;q=0.9,zh;q=0.5,en;q=0.4", "zh-CN"),
        ("de", "en"),
        ("en;q=0.2, zh;q=0.7", "zh-CN"),
        ("zh;q=0, en", "en"),
        ("zh;q=broken, en", "en"),
        ("", "en"),
        (None, "en"),
        ("," * 5000, "en"),
    ],
)
def test_negotiation(header: str | None, tag: str):
    assert negotiate(header).tag == tag


@pytest.mark.parametrize(
    ("given", "tag"), [("zh_CN", "zh-CN"), ("ZH", "zh-CN"), ("en-US", "en"), ("xx", "en")]
)
def test_a_chosen_tag(given: str, tag: str):
    assert language(given).tag == tag


def test_locale_data_is_there_for_every_language():
    assert language("zh-CN").locale.language == "zh"
    assert language("zh-CN").folder == "zh_CN"
