"""The picture in the README: an order that waits, as its approver sees it."""

import os
import re
import struct
from pathlib import Path

from playwright.sync_api import expect

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "order.png"
SIZE = {"width": 1280, "height": 900}
AT_MOST = 250_000
"""Bytes."""


def test_the_readme_shows_the_order_page(pages):
    if os.environ.get("GUANXI_DRAW") == "1" or not PICTURE.exists():
        _draw(pages)
    data = PICTURE.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (SIZE["width"], SIZE["height"])
    assert len(data) <= AT_MOST
    readme = (PICTURE.parents[2] / "README.md").read_text("utf-8")
    assert PICTURE.relative_to(PICTURE.parents[2]).as_posix() in readme


def _draw(pages):
    page = pages.as_("david.miller", viewport=SIZE)
    page.goto("/records/order?status=waiting")
    page.locator("tr").filter(has_text="Harbour View").locator(".row-link").first.click()
    page.wait_for_url(re.compile(r"/records/order/\d+"))
    expect(page.locator("#approve")).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => document.activeElement.blur())")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURE, animations="disabled")
