"""The served workspace as people meet it: who signs in, in which language, on which screen."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from guanxi.cli.sample_data import read_sample

PASSWORD = read_sample("people")["password"]
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 700}
TIMEOUT_MS = 20_000
expect.set_options(timeout=TIMEOUT_MS)


@dataclass
class Site:
    """A server, a browser, and the sessions of those who have signed in already."""

    address: str
    browser: Browser
    states: dict[str, Any] = field(default_factory=dict)
    open_contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def context(self, language: str = "en", theme: str = "light", **options: Any) -> BrowserContext:
        """A fresh browser profile; what its pages complain about is kept in `complaints`."""
        options = {"viewport": WIDE, "locale": language, "reduced_motion": "reduce"} | options
        context = self.browser.new_context(base_url=self.address, **options)
        context.set_default_timeout(TIMEOUT_MS)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        choices = {"guanxi_language": language, "guanxi_theme": theme}
        context.add_cookies([{"name": k, "value": v, "url": self.address} for k, v in choices.items()])
        self.open_contexts.append(context)
        return context

    def as_(self, who: str, language: str = "en", **options: Any) -> Page:
        """A page of somebody who is signed in; the first time through the sign-in page."""
        context = self.context(language, **options)
        page = context.new_page()
        if who in self.states:
            context.add_cookies(self.states[who])
            return page
        sign_in(page, who)
        self.states[who] = [c for c in context.cookies() if c["name"] == "guanxi_session"]
        return page

    def close_pages(self) -> list[str]:
        """End every profile; returns what pages complained about since the last time."""
        for context in self.open_contexts:
            context.close()
        self.open_contexts.clear()
        found, self.complaints = self.complaints, []
        return found

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning") and not _is_answer(message.text):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")


def _is_answer(text: str) -> bool:
    # Chromium reports every 4xx answer to a form; a refusal is the product's ordinary answer.
    told = text.startswith("Failed to load resource")
    return told and any(f"status of {status} " in text for status in (401, 404, 409, 422))


def sign_in(page: Page, who: str) -> None:
    """Sign in through the page, as a person would."""
    page.goto("/sign-in")
    page.locator("#email").fill(f"{who}@example.com")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
