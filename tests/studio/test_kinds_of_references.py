"""References made in Studio: to one of several entities, to several records; and what a plan warns of."""

from tests.studio.office import form_of, text_of

BASE = {"audit": "true", "_section": "basics", "_column": "true", "_filter": "true"}
FORM = "/studio/entities/order/new-field"


async def test_a_reference_to_one_of_several_and_one_to_several_are_made(office):
    about = {"label.en": "About", "name": "about", "type": "reference", "to": "contact"}
    await office.send(FORM, BASE | about | {"to.others": ["", "product", "contact"]})
    linked = {"label.en": "Linked", "name": "linked", "type": "references", "to": "product"}
    choices = {"choices.mode": "text", "choices.text": "active"}
    await office.send(FORM, BASE | linked | choices)
    page = await office.page("/studio/entities/order/fields/about")
    assert form_of(page, "#field-form")["to"] == "contact"
    assert [one["value"] for one in page.select("input[name='to.others'][checked]")] == ["product"]
    await office.publish()
    catalog = await office.site.workspace.live()
    fields = catalog.entities["order"].fields
    assert fields["about"].targets == ("contact", "product")
    assert str(fields["linked"].lines.fields["record"].choices.text) == "active"
    listed = await office.page("/records/order", who=office.rep)
    columns = [place.field for place in catalog.layout_for("order", "list").columns]
    assert {"about", "linked"} <= set(columns)
    assert "About" in text_of(str(listed.select(".chip")))


async def test_a_plan_warns_of_what_a_locked_record_follows(office):
    field = {"label.en": "Customer then", "name": "then", "type": "text", "formula": "account.name"}
    await office.send(FORM, BASE | field)
    text = text_of(str(await office.page("/studio/publish")))
    assert "Look at this again" in text
    assert "Order › Customer then follows Customer › " in text
    assert "Currency" not in text.partition("Look at this again")[2], "what is live already is not new"
