"""How the page of a record tells what was asked and taken back, and the way back to it."""

import pytest
from bs4 import BeautifulSoup

from guanxi.commands.records.perform_action import perform_action
from tests.web.forms import open_shop, saved


@pytest.fixture
async def shop(site):
    return await open_shop(site)


async def press(shop, id_, name):
    await perform_action(shop.workspace, shop.actor, "order", id_, name, payload={})


async def test_taking_a_request_back_is_told_once_and_not_as_a_refusal(shop):
    stored = await saved(shop, "12", discount_reason="Rival")
    await press(shop, stored.id, "submit")
    await press(shop, stored.id, "recall")
    page = BeautifulSoup((await shop.browser_.get(f"/records/order/{stored.id}")).text, "html.parser")
    told = [it.get_text(" ", strip=True) for it in page.select(".timeline li > div > p:first-child")]
    assert told == ["Li Wei took it back", "Li Wei pressed “Submit”", "Li Wei created this"]


async def test_from_a_locked_record_the_way_leads_back_to_it(shop):
    stored = await saved(shop, "12", discount_reason="Rival")
    await press(shop, stored.id, "submit")
    reply = await shop.browser_.get(f"/records/order/{stored.id}/edit")
    assert reply.status_code == 409
    page = BeautifulSoup(reply.text, "html.parser")
    assert page.select_one(f"a[href='/records/order/{stored.id}']")
    assert "faster" not in page.get_text(), "nobody was: it is locked"
