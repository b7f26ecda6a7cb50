"""Several people at one draft: nothing of one is lost to another without a word."""

from tests.studio.office import CHANNEL, form_of, text_of

CITY = "/studio/entities/account/fields/city"


async def test_who_saves_second_is_told(office):
    first, second = [form_of(await office.page(CITY), "#field-form") for _ in range(2)]
    await office.send(CITY, first | {"label.en": "Town"})
    page = await office.send(CITY, second | {"label.en": "Place"}, 409)
    assert "Somebody changed this in the draft" in text_of(str(page))
    assert form_of(page, "#field-form")["label.en"] == "Place", "what was typed stays"
    assert form_of(await office.page(CITY), "#field-form")["label.en"] == "Town"


async def test_changes_of_other_fields_do_not_collide(office):
    address = "/studio/entities/account/fields/region"
    city, region = [form_of(await office.page(path), "#field-form") for path in (CITY, address)]
    await office.send(CITY, city | {"label.en": "Town"})
    await office.send(address, region | {"label.en": "Province"})
    text = text_of(str(await office.page("/studio/entities/account")))
    assert "Town" in text
    assert "Province" in text


async def test_a_plan_that_is_not_the_one_looked_at_is_not_published(office):
    await office.change_field("account/fields/city", **{"label.en": "Town"})
    plan = form_of(await office.page("/studio/publish"), ".plan-go")
    await office.send("/studio/entities/account/new-field", CHANNEL)
    page = await office.send("/studio/publish", plan, 409)
    assert "have changed since you looked" in text_of(str(page))
    assert "Town" not in text_of(str(await office.page("/records/account")))


async def test_a_change_that_is_taken_back_leaves_the_draft(office):
    await office.change_field("account/fields/city", **{"label.en": "Town"})
    assert (await office.page("/studio")).select_one("a.badge") is not None
    await office.change_field("account/fields/city", **{"label.en": "City"})
    assert (await office.page("/studio")).select_one("a.badge") is None


async def test_a_draft_goes_on_over_what_a_release_changed_elsewhere(office):
    """Rolling back while somebody edits: what is elsewhere stays, what is the same place is told."""
    await office.change_field("account/fields/city", **{"label.en": "Town"})
    await office.publish()
    await office.change_field("account/fields/region", **{"label.en": "Province"})
    history = await office.page("/studio/history")
    back = history.select_one("tbody a.btn")["href"]
    await office.send(back, form_of(await office.page(back), ".plan-go"))
    text = text_of(str(await office.page("/studio/entities/account")))
    assert "Province" in text
    assert "Town" not in text
    plan = await office.publish()
    assert "Province" in plan.text
    assert "City" in text_of(str(await office.page("/studio/entities/account")))


async def test_a_draft_that_clashes_with_a_release_is_told(office):
    await office.change_field("account/fields/city", **{"label.en": "Town"})
    await office.publish()
    await office.change_field("account/fields/city", **{"label.en": "Place"})
    history = await office.page("/studio/history")
    back = history.select_one("tbody a.btn")["href"]
    await office.send(back, form_of(await office.page(back), ".plan-go"))
    page = await office.page("/studio/publish")
    assert "Clashes with a release" in page.text
    assert not page.select(".plan-go button")
    await office.send("/studio/discard", {"key": "entity/account"})
    assert not (await office.page("/studio/publish")).select(".plan-go")
