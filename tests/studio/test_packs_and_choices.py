"""A newer version of a pack in Studio, and values that go while records have them."""

import copy
import io
import json
import zipfile

from tests.studio.office import CHANNEL, form_of, text_of
from tests.unit.definitions.base import base_documents

NOTE = "choose:entity/order:fields/note/label/en"


def zipped(*documents, **files):
    """The ZIP of a folder."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, one in enumerate(documents):
            bundle.writestr(f"pack/{number}.json", json.dumps(one))
        for name, text in files.items():
            bundle.writestr(name, text)
    return content.getvalue()


def next_base(version="1.1.0"):
    found = []
    for one in base_documents():
        data = copy.deepcopy(one.data)
        if one.kind == "pack":
            data["version"] = version
        if (one.kind, one.name) == ("entity", "order"):
            data["fields"]["note"]["label"] = {"en": "Remark", "zh-CN": "说明"}
        found.append(data)
    return zipped(*found)


async def sent(office, content, status=200):
    reply = await office.admin.post("/studio/packs", files={"pack": ("base.zip", content, "application/zip")})
    assert reply.status_code == status, text_of(reply.text)
    from bs4 import BeautifulSoup

    return BeautifulSoup(reply.text, "html.parser")


async def test_a_newer_pack_is_merged_with_what_was_changed_here(office):
    await office.change_field("order/fields/note", **{"label.en": "Memo"})
    await office.publish()
    page = await office.page("/studio/packs")
    assert "1.0.0" in page.text
    plan = await sent(office, next_base())
    assert plan.select_one("button:not([name])[type=submit].btn-primary") is None
    asked = plan.select(f"[name='{NOTE}']")
    assert [one["value"] for one in asked] == ["ours", "theirs"]
    assert "Memo" in text_of(str(plan))
    assert "Remark" in text_of(str(plan))
    form = without_radios(form_of(plan, ".plan-go"))
    await office.send("/studio/packs/upgrade", form, 422)
    looked = await office.send("/studio/packs/upgrade", form | {NOTE: "ours", "_do": "look"}, 200)
    assert looked.select_one(f"[name='{NOTE}'][checked]")["value"] == "ours"
    ready = without_radios(form_of(looked, ".plan-go")) | {NOTE: "ours"}
    await office.send("/studio/packs/upgrade", ready | {NOTE: "theirs"}, 409)
    await office.send("/studio/packs/upgrade", ready)
    order = (await office.site.workspace.live()).entities["order"]
    assert order.fields["note"].label == {"en": "Memo", "zh-CN": "说明"}
    assert "1.1.0" in (await office.page("/studio/packs")).text
    assert "base 1.1.0" in (await office.page("/studio/history")).text
    await sent(office, next_base(), 409)


async def test_what_is_no_pack_is_refused_with_the_reason(office):
    large = zipped(**{"a.json": " " * 2_000_000})
    twice = zipped({"kind": "pack", "name": "a"}, {"kind": "pack", "name": "b"})
    for content in (b"no zip", zipped(), large, twice, b"x" * 700_001, next_base("0.1.0")):
        page = await sent(office, content, 422)
        assert page.select_one("#summary li"), text_of(str(page))
    broken = await sent(office, zipped({"kind": "pack", "name": "a"}, **{"b.json": "{"}), 422)
    assert "b.json" in broken.select_one("#summary").text
    empty = await office.admin.post("/studio/packs", files={"other": ("", b"")})
    assert empty.status_code == 422
    assert (await office.rep.get("/studio/packs")).status_code == 403
    stranger = await office.rep.post("/studio/packs", files={"pack": ("a.zip", next_base())})
    assert stranger.status_code == 403


async def test_an_option_that_records_have_goes_by_a_choice(office):
    await office.send("/studio/entities/account/new-field", CHANNEL)
    await office.publish()
    made = await office.api.post("/api/v1/records/account", json={"name": "Huaxin", "channel": "partner"})
    address = f"/api/v1/records/account/{made.json()['id']}"
    editor = form_of(await office.page("/studio/entities/account/fields/channel"), "#field-form")
    await office.send("/studio/entities/account/fields/channel", editor | {"_do": "options.remove.1"}, 200)
    left = {name: value for name, value in editor.items() if not name.startswith("options.1.")}
    await office.send("/studio/entities/account/fields/channel", left)
    plan = await office.page("/studio/publish")
    name = "map:account.channel:partner"
    assert "Partner" in plan.select_one(f"label[for='f-{name.replace('.', '-')}']").text
    form = form_of(plan, ".plan-go") | {name: "web_shop"}
    looked = await office.send("/studio/publish", form | {"_do": "look"}, 200)
    await office.send("/studio/publish", form_of(looked, ".plan-go"))
    assert (await office.api.get(address)).json()["channel"] == "web_shop"
    record = await office.page(f"/records/account/{made.json()['id']}", who=office.rep)
    assert "published a release that changed this" in record.text
    back = (await office.page("/studio/history")).select_one("tbody a.btn")["href"]
    await office.send(back, form_of(await office.page(back), ".plan-go"))
    assert (await office.api.get(address)).json()["channel"] == "partner"


def without_radios(form):
    return {name: value for name, value in form.items() if not name.startswith("choose:")}
