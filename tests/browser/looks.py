"""What every page has to hold: nothing for axe to find, nothing that sticks out, targets that can be hit."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.site import NARROW

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
SMALLEST = 24
"""CSS pixels."""
_axe = Axe()

# What is inline in a sentence is exempt by the guideline; what is not displayed cannot be hit.
SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option]")]
  .filter((it) => it.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((it) => !it.closest(".sr, .skip, [aria-hidden=true]") && getComputedStyle(it).position !== "fixed")
  .map((it) => {
    const label = it.matches("[type=checkbox], [type=radio]") ? it.closest("label") : null;
    const box = (label ?? it).getBoundingClientRect();
    const inline = getComputedStyle(it).display === "inline" && !label;
    return {inline, box, text: it.outerHTML.slice(0, 120)};
  })
  .filter(({box, inline}) => box.width > 1 && !inline && (box.width < least || box.height < least))
  .map(({box, text}) => `${Math.round(box.width)}x${Math.round(box.height)} ${text}`)"""

# Two frames later the page has taken the size that its window was given.
STICKS_OUT = """async () => {
  for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
  return document.documentElement.scrollWidth <= innerWidth ? [] :
  [`page is ${document.documentElement.scrollWidth} wide`, ...[...document.querySelectorAll("main *")]
    .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((it) => it.outerHTML.slice(0, 120))];
}"""


def violations(page: Page) -> list[str]:
    """What axe finds, a line each."""
    found: list[dict[str, Any]] = _axe.run(page, options=OPTIONS).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def small_targets(page: Page) -> list[str]:
    """Controls of less than 24 pixels."""
    return list(page.evaluate(SMALL_TARGETS, SMALLEST))


def overflow(page: Page) -> list[str]:
    """What makes the page wider than its window."""
    return list(page.evaluate(STICKS_OUT))


def check_page(page: Page) -> None:
    """Everything at the width it has, and the narrowest width; all that is wrong is told at once."""
    found = violations(page) + small_targets(page) + overflow(page)
    page.set_viewport_size(NARROW)
    found += overflow(page)
    assert not found, "\n".join(found)
