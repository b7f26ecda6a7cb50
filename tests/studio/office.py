"""An administrator who changes the configuration, and a rep who works with it."""

import re
from dataclasses import dataclass
from typing import Any

import httpx
from bs4 import BeautifulSoup

CHANNEL = {
    "label.en": "Channel",
    "label.zh-CN": "渠道",
    "type": "select",
    "audit": "true",
    "options.0.label.en": "Web shop",
    "options.0.label.zh-CN": "网店",
    "options.1.label.en": "Partner",
    "options.1.label.zh-CN": "合作伙伴",
    "_section": "basics",
    "_column": "true",
    "_filter": "true",
}


@dataclass
class Office:
    """The site with two people."""

    site: Any
    admin: httpx.AsyncClient
    rep: httpx.AsyncClient
    api: httpx.AsyncClient

    async def page(self, path, status=200, who=None):
        """A page, parsed."""
        reply = await (who or self.admin).get(path)
        assert reply.status_code == status, f"{path}: {reply.status_code} {reply.text[:2000]}"
        return BeautifulSoup(reply.text, "html.parser")

    async def send(self, path, data, status=303):
        """A form, sent; the answer parsed."""
        reply = await self.admin.post(path, data=data)
        assert reply.status_code == status, f"{path}: {reply.status_code} {text_of(reply.text)}"
        return BeautifulSoup(reply.text, "html.parser")

    async def change_field(self, path, **changes):
        """Open a field's form, change some inputs, save."""
        address = f"/studio/entities/{path}"
        form = form_of(await self.page(address), "#field-form")
        await self.send(address, form | changes)

    async def publish(self, note=""):
        """Read the plan and publish it; returns the plan."""
        plan = await self.page("/studio/publish")
        await self.send("/studio/publish", form_of(plan, ".plan-go") | {"note": note})
        return plan


def form_of(page, selector):
    """What a browser would send of a form without pressing a button."""
    found = {}
    form = page.select_one(selector)
    assert form is not None, text_of(str(page))
    for it in form.select("input[name], select[name], textarea[name]"):
        if it.name == "select":
            chosen = it.select_one("option[selected]") or it.select_one("option")
            found[it["name"]] = chosen["value"] if chosen else ""
        elif it.name == "textarea":
            found[it["name"]] = it.text.removeprefix("\n")
        elif it.get("type") != "checkbox" or it.has_attr("checked"):
            found[it["name"]] = it.get("value", "")
    return found


def text_of(html):
    """What a page says, in one line."""
    main = BeautifulSoup(html, "html.parser").select_one("main")
    return re.sub(r"\s+", " ", main.text if main else html)[:1500]


async def open_office(site):
    await site.with_password("Lin Tao", "admin")
    rep = await site.with_password("Li Wei", "rep")
    return Office(site, await site.browser("Lin Tao"), await site.browser("Li Wei"), await site.api(rep))
