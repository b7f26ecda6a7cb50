"""Automations in Studio: how they run, and whether they begin."""

from tests.studio.office import form_of, text_of

HOME = "/studio/automations"


async def test_the_list_shows_them_and_one_is_turned_off_in_the_draft(office):
    page = await office.page(HOME)
    said = text_of(str(page.select_one("main")))
    for text in ("Remind of a draft order", "A moment comes", "Turn off"):
        assert text in said
    await office.send(f"{HOME}/order_draft/turn", form_of(page, "td form"))
    assert "Turn on" in text_of(str((await office.page(HOME)).select_one("main")))
