"""The inbox, by what an approver does with it."""

import re

from playwright.sync_api import Locator, Page, expect


def badge(page: Page) -> Locator:
    """The number beside the inbox in the navigation."""
    return page.locator("#inbox-count")


def waiting(page: Page) -> int:
    """How many tasks the badge counts."""
    found = re.match(r"\d+", badge(page).text_content() or "")
    return int(found[0]) if found else 0


def open_task(page: Page, number: str) -> None:
    """Open the task about an order from the list."""
    page.goto("/inbox")
    page.locator(".inbox-list a").filter(has_text=number).click()
    expect(page.locator("#task-title")).to_have_text(number)
    expect(page).to_have_url(re.compile(r"/inbox/\d+"))


def decide(page: Page, button: str, number: str, comment: str = "") -> None:
    """Approve or reject the open task; it gives way to the next one."""
    if comment:
        page.locator("#comment").fill(comment)
    page.locator(f"#{button}").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator("#inbox")).not_to_contain_text(number)
