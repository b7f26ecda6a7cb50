"""Files and pictures: through the API, in forms, and to nobody who may not see the record."""

import asyncio
import io
import zipfile
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from guanxi.commands.upkeep.clear_expired import clear_expired
from guanxi.storage.files import find_files
from tests.commands.actions.definitions import put as publish
from tests.web.trying import put, trier

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
FIELDS = {
    "contract": {
        "type": "file", "max": 1, "types": ["pdf", "docx"], "label": {"en": "Contract", "zh-CN": "合同"},
    },
    "photo": {"type": "image", "label": {"en": "Photo", "zh-CN": "照片"}},
    "signed": {"type": "boolean", "formula": "not missing(contract) and contract.size > 10"},
}  # fmt: skip
RECORDS = "/api/v1/records/trial"
NO_FILE = {"_file.contract": ("", b"")}


async def upload(api, name, content):
    return await api.post("/api/v1/files", params={"name": name}, content=content)


async def uploaded(api, name="a.pdf", content=PDF):
    sent = await upload(api, name, content)
    assert sent.status_code == 201, sent.text
    return sent.json()


async def test_a_program_uploads_a_file_and_gives_it_to_a_record(site):
    await put(site.workspace, **FIELDS)
    browser, api = await trier(site)
    file = await uploaded(api, "合同 1.pdf")
    made = await api.post(RECORDS, json={"name": "A", "contract": {"id": file["id"]}})
    assert made.status_code == 201, made.text
    contract = made.json()["contract"]
    assert contract == file
    assert made.json()["signed"] is True
    answer = await browser.get(contract["href"])
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%90%88")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in ", ".join(answer.headers.get_list("content-security-policy"))
    same = await api.patch(
        f"{RECORDS}/{made.json()['id']}", json={"contract": contract}, headers={"if-match": '"1"'}
    )
    assert (same.status_code, same.json()["version"]) == (200, 1)
    found = await api.get(RECORDS, params={"where": "contains(contract, '合同') and not missing(contract)"})
    assert [one["contract"] for one in found.json()["items"]] == [contract]
    schema = (await api.get("/api/v1/schemas/trial")).json()
    assert schema["properties"]["contract"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_kind"),
        ("a.html", b"<html>", "file_kind"),
        ("a", b"x", "file_kind"),
        ("a.png", PDF, "file_content"),
        ("a.pdf", b"<html><script>alert(1)</script>", "file_content"),
        ("a.txt", b"\xff\xfe\x00", "file_content"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(20), "file_content"),
        ("a.pdf", b"", "file_empty"),
    ],
)
async def test_what_is_no_file_of_its_name_is_refused(site, name, content, code):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    wrong = await upload(api, name, content)
    assert wrong.status_code == 422
    assert [one["code"] for one in wrong.json()["problems"]] == [code]


async def test_a_field_takes_its_kinds_and_sizes_only(site):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    large = await uploaded(api, "b.pdf", PDF + bytes(1_100_000))
    for field, id_, code in (
        ("contract", (await uploaded(api, "a.png", PNG))["id"], "file_kind"),
        ("contract", large["id"], "file_size"),
        ("photo", (await uploaded(api))["id"], "file_kind"),
        ("photo", "999", "no_such_file"),
        ("photo", 7, "file"),
    ):
        wrong = await api.post(RECORDS, json={"name": "A", field: {"id": id_}})
        assert [(one["field"], one["code"]) for one in wrong.json()["problems"]] == [(f"/{field}", code)]
    docx = await uploaded(api, "c.docx", packed.getvalue())
    assert (await api.post(RECORDS, json={"name": "A", "contract": {"id": docx["id"]}})).status_code == 201


async def test_a_file_belongs_to_one_record_and_to_who_uploaded_it(site):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    other = await site.api(await site.with_password("Emma Clarke", "rep"))
    file = await uploaded(api)
    href = file["href"]
    assert (await other.get(href)).status_code == 404
    made = await api.post(RECORDS, json={"name": "A", "contract": {"id": file["id"]}})
    assert made.status_code == 201
    taken = await api.post(RECORDS, json={"name": "B", "contract": {"id": file["id"]}})
    assert [one["code"] for one in taken.json()["problems"]] == ["no_such_file"]
    assert (await other.get(href)).status_code == 404
    assert (await api.get("/files/999/x.pdf")).status_code == 404
    fresh = await uploaded(api)
    both = await asyncio.gather(
        *(api.post(RECORDS, json={"name": name, "contract": {"id": fresh["id"]}}) for name in "CD")
    )
    first, second = sorted(one.status_code for one in both)
    assert (first, second in (409, 422)) == (201, True)


async def test_who_may_not_see_the_field_gets_no_file(site):
    await put(site.workspace, **FIELDS)
    grants = {"trial": [{"rows": "all", "can": ["read"], "fields": {"*": "read", "contract": "masked"}}]}
    looker = {"kind": "role", "name": "looker", "label": {"en": "Looker"}, "grants": grants}
    await publish(site.workspace, looker)
    _, api = await trier(site)
    other = await site.api(await site.with_password("Emma Clarke", "looker"))
    contract, photo = await uploaded(api), await uploaded(api, "a.png", PNG)
    content = {"name": "A", "contract": {"id": contract["id"]}, "photo": {"id": photo["id"]}}
    made = (await api.post(RECORDS, json=content)).json()
    seen = (await other.get(f"{RECORDS}/{made['id']}")).json()
    assert (seen["photo"], seen.get("contract"), seen["_masked"]) == (photo, None, ["contract"])
    assert [(await other.get(one["href"])).status_code for one in (contract, photo)] == [404, 200]


async def test_forms_send_keep_and_remove_files(site):
    await put(site.workspace, **FIELDS)
    browser, api = await trier(site)
    page = BeautifulSoup((await browser.get("/records/trial/new")).text, "html.parser")
    assert page.select("form#form")[0]["enctype"] == "multipart/form-data"
    assert page.select("input[name='_file.photo']")[0]["accept"] == ".png,.jpg,.jpeg,.gif,.webp"
    hidden = {one["name"]: one.get("value", "") for one in page.select("#form input[type=hidden]")}
    files = {"_file.photo": ("face.png", PNG, "image/png")}
    refused = await browser.post("/records/trial", data={**hidden, "name": ""}, files=files)
    assert refused.status_code == 422
    page = BeautifulSoup(refused.text, "html.parser")
    kept = str(page.select("input[name=photo]")[0]["value"])
    assert kept.isdigit()
    assert page.select(".file-now img")[0]["src"] == f"/files/{kept}/face.png"
    hidden = {one["name"]: one.get("value", "") for one in page.select("#form input[type=hidden]")}
    saved = await browser.post("/records/trial", data={**hidden, "name": "A"}, files=NO_FILE)
    assert saved.status_code == 303, saved.text
    record = saved.headers["location"].partition("?")[0]
    shown = BeautifulSoup((await browser.get(record)).text, "html.parser")
    source = str(shown.select("a.picture img")[0]["src"])
    picture = await browser.get(source)
    assert (picture.content, picture.headers["content-type"]) == (PNG, "image/png")
    assert picture.headers["content-disposition"].startswith("inline")
    page = BeautifulSoup((await browser.get(f"{record}/edit")).text, "html.parser")
    hidden = {one["name"]: one.get("value", "") for one in page.select("#form input[type=hidden]")}
    wrong = {"_file.photo": ("face.png", PDF, "image/png")}
    refused = await browser.post(record, data={**hidden, "name": "A"}, files=wrong)
    assert "is not what its name says" in refused.text
    gone = await browser.post(record, data={**hidden, "name": "A", "_nofile.photo": "1"}, files=NO_FILE)
    assert gone.status_code == 303, gone.text
    assert (await browser.get(source)).status_code == 404
    id_ = record.rpartition("/")[2]
    assert (await api.get(f"{RECORDS}/{id_}")).json()["photo"] is None


async def test_files_that_nobody_holds_go_in_time(site):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    loose, held = await uploaded(api), await uploaded(api)
    made = (await api.post(RECORDS, json={"name": "A", "contract": {"id": held["id"]}})).json()
    ids = [int(one["id"]) for one in (loose, held)]

    async def there():
        async with site.workspace.database.reading() as session:
            return set(await find_files(session, ids))

    site.clock.advance(timedelta(hours=25))
    await clear_expired(site.workspace)
    assert await there() == {ids[1]}
    changed = await api.patch(f"{RECORDS}/{made['id']}", json={"contract": None}, headers={"if-match": '"1"'})
    assert changed.status_code == 200
    await clear_expired(site.workspace)
    assert await there() == {ids[1]}
    site.clock.advance(timedelta(days=91))
    await clear_expired(site.workspace)
    assert await there() == set()


async def test_more_than_the_setting_is_not_even_read(site):
    await put(site.workspace, **FIELDS)
    _, api = await trier(site)
    assert (await upload(api, "a.pdf", PDF + bytes(22 * 1_048_576))).status_code == 413
    elsewhere = await api.post(
        RECORDS, content=b"x" * 1_100_000, headers={"content-type": "application/json"}
    )
    assert elsewhere.status_code == 413
