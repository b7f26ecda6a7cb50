"""Layouts, sections with conditions, rules: edited in forms, seen on pages."""

from guanxi.commands.studio.layouts import layout_in
from guanxi.definitions import Document, compile_catalog
from tests.studio.office import CHANNEL, form_of, text_of

LAYOUTS = "/studio/entities/account/layouts"


async def press(office, path, selector, button):
    """Press a button of a form that changes it and saves nothing; returns what the form holds then."""
    page = await office.page(path)
    return form_of(await office.send(path, form_of(page, selector) | {"_do": button}, 200), selector)


async def test_a_dependent_field_a_formula_and_a_section_with_a_condition(office):
    new = "/studio/entities/account/new-field"
    await office.send(new, CHANNEL)
    dependent = {
        "label.en": "Shop address",
        "type": "text",
        "visibleWhen.mode": "rows",
        "visibleWhen.0.field": "channel",
        "visibleWhen.0.operator": "==",
        "visibleWhen.0.value": "web_shop",
        "_section": "basics",
    }
    await office.send(new, dependent)
    formula = {"label.en": "Full name", "type": "text", "formula": "name + ' / ' + coalesce(city, '-')"}
    await office.send(new, formula | {"_section": "basics"})
    path = f"{LAYOUTS}/detail"
    form = await press(office, path, "#layout-form", "sections.add")
    last = max(int(name.split(".")[1]) for name in form if name.startswith("sections."))
    section = {
        f"sections.{last}.label.en": "Partners",
        f"sections.{last}.label.zh-CN": "伙伴",
        f"sections.{last}.fields.0.field": "postal_code",
        f"sections.{last}.visibleWhen.0.field": "channel",
        f"sections.{last}.visibleWhen.0.operator": "==",
        f"sections.{last}.visibleWhen.0.value": "partner",
    }
    reach = next(name.removesuffix(".was") for name in form if form[name] == "reach")
    moved = next(n for n in form if n.startswith(f"{reach}.fields.") and form[n] == "postal_code")
    await office.send(path, {n: v for n, v in form.items() if n != moved} | section)

    preview = "/studio/entities/account/preview?role=rep&language=en"
    empty = await office.page(preview)
    assert empty.select_one("#f-shop_address") is None
    assert "Partners" not in empty.text
    typed = form_of(empty, "#form")
    shop = await office.send(preview, typed | {"channel": "web_shop"}, 200)
    assert shop.select_one("input#f-shop_address") is not None
    partner = await office.send(preview, typed | {"channel": "partner", "name": "Huaxin"}, 200)
    assert "Partners" in partner.text
    assert partner.select_one("input#f-postal_code") is not None
    assert "Huaxin / -" in partner.select_one("#f-full_name").text

    await office.publish()
    sent = {"name": "Huaxin", "channel": "partner", "postal_code": "200000"}
    made = (await office.api.post("/api/v1/records/account", json=sent)).json()
    assert made["full_name"] == "Huaxin / -"
    record = await office.page(f"/records/account/{made['id']}", who=office.rep)
    assert "Partners" in record.text
    other = (await office.api.post("/api/v1/records/account", json={"name": "Other"})).json()
    assert "Partners" not in (await office.page(f"/records/account/{other['id']}", who=office.rep)).text


async def test_columns_are_moved_and_left_out(office):
    path = f"{LAYOUTS}/list"
    await office.api.post("/api/v1/records/account", json={"name": "Huaxin"})
    before = [one.text.strip() for one in (await office.page("/records/account")).select("thead th")]
    form = await press(office, path, "#layout-form", "columns.up.1")
    await office.send(path, form)
    form = await press(office, path, "#layout-form", "columns.remove.2")
    await office.send(path, form)
    await office.publish()
    after = [one.text.strip() for one in (await office.page("/records/account")).select("thead th")]
    assert after == [before[1], before[0], *before[3:]]


async def test_a_layout_that_nobody_declared_can_be_changed(office):
    """Studio makes a definition of what was made from the fields."""
    live = await office.site.workspace.live()
    definitions = {(one.kind, one.name): one.data for one in live.effective}
    for view in ("detail", "list", "compact"):
        kept = {key: data for key, data in definitions.items() if data.get("view") != view}
        name, data = layout_in(kept, live, "team", view)
        assert (data["name"], data["of"], data["view"]) == (name, "team", view)
        documents = [Document(f"{kind}/{other}", one) for (kind, other), one in kept.items()]
        declared = compile_catalog([*documents, Document("made", data)]).layout_for("team", view)
        made = compile_catalog(documents).layout_for("team", view)
        assert [declared.columns, declared.sections] == [made.columns, made.sections]


async def test_lines_get_another_column(office):
    page = await office.page("/studio/entities/order/fields/lines")
    address = next(a["href"] for a in page.select("#field-form a") if "lines=" in a["href"])
    await office.page(address)
    column = {"label.en": "Colour", "type": "text"}
    await office.send(address, column)
    assert "Colour" in (await office.page("/studio/entities/order/fields/lines.colour")).text
    preview = await office.page("/studio/entities/order/preview?role=rep&language=en")
    assert preview.select_one("[name='lines.0.colour']") is not None
    await office.publish()
    form = await office.page("/records/order/new", who=office.rep)
    assert form.select_one("[name='lines.0.colour']") is not None


async def test_a_rule_over_the_record(office):
    path = "/studio/entities/account/rules"
    form = await press(office, path, "#rules-form", "check.add")
    rule = {
        "constraints.0.message.en": "Companies need a code.",
        "constraints.0.check.0.field": "code",
        "constraints.0.check.0.operator": "there",
        "constraints.0.when.mode": "rows",
        "constraints.0.when.0.field": "kind",
        "constraints.0.when.0.operator": "==",
        "constraints.0.when.0.value": "company",
    }
    await office.send(path, form | rule)
    form = await press(office, path, "#rules-form", "unique.add")
    together = {"constraints.1.message.en": "One a city.", "constraints.1.unique.0.field": "city"}
    await office.send(path, form | together | {"constraints.1.unique.1.field": "country"})
    await office.publish()
    refused = await office.api.post("/api/v1/records/account", json={"name": "Huaxin"})
    assert refused.status_code == 422
    assert "Companies need a code." in refused.text
    place = {"city": "Shanghai", "country": "China"}
    first = await office.api.post("/api/v1/records/account", json={"name": "A", "code": "1", **place})
    assert first.status_code == 201, first.text
    second = await office.api.post("/api/v1/records/account", json={"name": "B", "code": "2", **place})
    assert second.status_code in (409, 422), second.text


async def test_problems_are_shown_at_their_place(office):
    wrong = {"visibleWhen.mode": "text", "visibleWhen.text": "knd == 1"}
    await office.change_field("account/fields/city", **wrong)
    page = await office.page("/studio/entities/account/fields/city")
    assert "knd" in page.select_one("#visibleWhen-part .wrong").text
    assert page.select_one(".troubles a")["href"] == "/studio/entities/account/fields/city"
    preview = await office.page("/studio/entities/account/preview?role=rep")
    assert "no preview yet" in text_of(str(preview))
    plan = await office.page("/studio/publish")
    assert not plan.select(".plan-go button")
    assert form_of(plan, "form[action='/studio/discard']")["key"] == "entity/account"
    await office.send("/studio/discard", {"key": "*"})
    assert not (await office.page("/studio/entities/account")).select(".troubles")


async def test_a_condition_made_with_buttons_alone(office):
    """What a browser sends after "Add condition" is a condition: nothing is left unchosen but the field."""
    path = "/studio/entities/account/fields/city"
    form = await press(office, path, "#field-form", "visibleWhen.add")
    assert form["visibleWhen.0.operator"] == "=="
    chosen = form | {"visibleWhen.0.field": "kind", "_do": "refresh"}
    shown = await office.send(path, chosen, 200)
    values = [one["value"] for one in shown.select("[name='visibleWhen.0.value'] option")]
    assert values == ["", "company", "person"]
    await office.send(path, form_of(shown, "#field-form") | {"visibleWhen.0.value": "company"})
    page = await office.page(path)
    assert not page.select(".troubles")
    assert form_of(page, "#field-form")["visibleWhen.0.value"] == "company"


async def test_related_records_are_a_section(office):
    path = f"{LAYOUTS}/detail"
    form = await press(office, path, "#layout-form", "sections.related")
    last = max(int(name.split(".")[1]) for name in form if name.startswith("sections."))
    head = f"sections.{last}"
    assert form[f"{head}.kind"] == "related"
    form |= {
        f"{head}.label.en": "Its customers",
        f"{head}.via": "account.parent_account",
        f"{head}.limit": "3",
    }
    await office.send(path, form | {f"{head}.shows.0.field": "name", f"{head}.shows.1.field": "city"})
    page = await office.page(path)
    assert not page.select(".troubles")
    again = form_of(page, "#layout-form")
    assert again[f"{head}.via"] == "account.parent_account"
    await office.send(path, again)
    await office.publish()
    group = (await office.api.post("/api/v1/records/account", json={"name": "Group"})).json()
    await office.api.post("/api/v1/records/account", json={"name": "Branch", "parent_account": group["id"]})
    record = await office.page(f"/records/account/{group['id']}", who=office.rep)
    assert "Its customers" in record.text
    assert "Branch" in record.text
