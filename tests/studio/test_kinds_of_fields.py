"""Fields of contact and time types, made in Studio, used by everybody."""

from guanxi.studio.conditions import Row, Rows, rows_of, text_of

MADE = {
    "office_mail": {"type": "email"},
    "hotline": {"type": "phone", "country": "44"},
    "shop": {"type": "url"},
    "trust": {"type": "rating", "max": "3", "default": "2"},
    "opens": {"type": "time", "min": "06:00"},
    "visit": {"type": "duration", "default": "PT45M"},
    "ways": {
        "type": "multiSelect",
        "default": "fair, mail",
        "options.0.label.en": "Mail",
        "options.1.label.en": "Fair",
        "options.2.label.en": "Shop",
    },
    "place": {"type": "address"},
}


async def test_fields_made_in_studio_hold_values(office):
    for name, typed in MADE.items():
        form = {"label.en": name, "name": name, "audit": "true", "_section": "basics", "_column": "true"}
        await office.send("/studio/entities/account/new-field", form | typed)
    await office.publish()
    sent = {
        "name": "Huaxin", "office_mail": "Li@EXAMPLE.com", "hotline": "020 7946 0958",
        "shop": "https://example.com", "opens": "08:30",
        "place": {"city": "Suzhou", "street": "Xinghu 218"},
    }  # fmt: skip
    reply = await office.api.post("/api/v1/records/account", json=sent)
    assert reply.status_code == 201, reply.text
    assert {name: reply.json()[name] for name in MADE} == {
        "office_mail": "Li@example.com", "hotline": "+442079460958", "shop": "https://example.com",
        "trust": 2, "opens": "08:30", "visit": "PT45M",
        "ways": ["mail", "fair"],
        "place": {
            "country": None, "region": None, "city": "Suzhou", "district": None, "street": "Xinghu 218",
            "postal_code": None,
        },
    }  # fmt: skip
    listed = (await office.page("/records/account", who=office.rep)).text
    assert all(text in listed for text in ("+44 207 946 0958", "★★☆", "08:30", "45 min", "Suzhou", "Fair"))
    page = await office.page("/studio/entities/account/fields/hotline")
    assert page.select_one("[name=country]")["value"] == "44"


def test_conditions_on_choices_of_several_are_rows():
    rows = Rows("and", (Row("ways", "contains", "fair"), Row("name", "contains", "fair")))
    text = text_of(rows, {"ways": "multiSelect", "name": "text"})
    assert text == "'fair' in ways and contains(name, 'fair')"
    assert rows_of(text, {"ways": "multiSelect", "name": "text"}) == rows


def test_conditions_on_times_and_durations_are_rows():
    types = {"opens": "time", "takes": "duration"}
    rows = Rows("and", (Row("opens", "<", "9:30"), Row("takes", ">=", "26:05")))
    text = text_of(rows, types)
    assert text == "opens < minutes(570) and takes >= minutes(1565)"
    assert rows_of(text, types) == rows
    assert rows_of("takes > hours(2)", types) is None
    assert rows_of("size > minutes(5)", {"size": "text"}) is None
