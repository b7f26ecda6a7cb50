"""Headers, hosts, limits, origins: what holds for every address."""

import pytest

from guanxi.web.middleware.headers import CONTENT_POLICY
from tests.web.site import PASSWORD, email_of

A_FILE = b'--x\r\nContent-Disposition: form-data; name="email"; filename="a"\r\n\r\nfile\r\n--x--\r\n'
ADDRESSES = [
    "/",
    "/sign-in",
    "/nothing/here",
    "/api/v1/tasks",
    "/api/v1/nothing",
    "/api/openapi.json",
    "/healthz",
]


@pytest.mark.parametrize("path", ADDRESSES)
async def test_every_reply_carries_the_security_headers(edge, path):
    reply = await edge.http.get(path)
    assert reply.headers["content-security-policy"] == CONTENT_POLICY
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["referrer-policy"] == "same-origin"
    assert "server" not in reply.headers


async def test_the_policy_is_the_one_that_was_decided(edge):
    assert CONTENT_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


async def test_a_foreign_host_is_not_answered(edge):
    reply = await edge.http.get("/sign-in", headers={"Host": "evil.example"})
    assert reply.status_code == 421
    api = await edge.http.get("/api/v1/tasks", headers={"Host": "evil.example"})
    assert api.json()["code"] == "misdirected_host"


async def test_static_files_are_kept_by_browsers_only_under_their_hash(edge):
    plain = await edge.http.get("/static/css/tokens.css")
    assert (plain.status_code, plain.headers["cache-control"]) == (200, "public, no-cache")
    named = await edge.http.get("/static/css/tokens.css?v=abc")
    assert "immutable" in named.headers["cache-control"]
    for path in (
        "/static/../templates/base.html",
        "/static/%2e%2e/templates/base.html",
        "/static/css",
        "/static/",
    ):
        assert (await edge.http.get(path)).status_code in (404, 405)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "http://localhost"}, 303),
    ],
)
async def test_changes_come_from_our_own_pages_only(edge, headers, status):
    await edge.with_password("Li Wei", "rep")
    data = {"email": email_of("Li Wei"), "password": PASSWORD}
    reply = await edge.http.post("/sign-in", data=data, headers=headers)
    assert reply.status_code == status


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT"])
async def test_another_site_changes_nothing_with_a_signed_in_persons_cookie(edge, method):
    await edge.with_password("Li Wei", "rep")
    browser = await edge.browser("Li Wei")
    reply = await browser.request(
        method, "/api/v1/records/account/1", json={}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


async def test_a_token_needs_no_origin_and_a_cookie_beside_it_does_not_count(edge):
    await edge.with_password("Li Wei", "rep")
    browser = await edge.browser("Li Wei")
    reply = await browser.post(
        "/api/v1/records/account",
        json={},
        headers={"Authorization": "Bearer gx_wrong", "Sec-Fetch-Site": "cross-site"},
    )
    assert reply.status_code == 401


async def test_an_announced_and_an_unannounced_large_body_are_refused(edge):
    big = b"a" * (1_048_576 + 1)

    async def in_pieces():
        for start in range(0, len(big), 65_536):
            yield big[start : start + 65_536]

    api = await edge.api((await edge.person("Li Wei", "rep")).user.id)
    for content in (big, in_pieces()):
        reply = await api.post(
            "/api/v1/records/account", content=content, headers={"Content-Type": "application/json"}
        )
        assert (reply.status_code, reply.json()["code"]) == (413, "too_large")
    page = await edge.http.post("/sign-in", content=b"email=" + big, headers={
        "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})  # fmt: skip
    assert page.status_code == 413


@pytest.mark.parametrize(
    ("headers", "path", "status"),
    [
        ({f"X-{n}": "a" for n in range(120)}, "/sign-in", 431),
        ({"X-Long": "a" * 40_000}, "/sign-in", 431),
        ({}, "/sign-in?next=" + "a" * 9_000, 414),
        ({"Content-Length": "-1"}, "/sign-in", 400),
        ({"Content-Length": "ten"}, "/sign-in", 400),
    ],
)
async def test_requests_out_of_bounds_are_refused(edge, headers, path, status):
    reply = await edge.http.get(path, headers=headers)
    assert reply.status_code == status
    assert "Traceback" not in reply.text


@pytest.mark.parametrize(
    "content",
    [
        b"&".join(b"f%d=1" % n for n in range(30_000)),
        b"email=a&email=b&password=c",
        b"email=a&password=b&admin=1",
        b"email=%00&password=b",
    ],
)
async def test_forms_out_of_bounds_are_refused(edge, content):
    reply = await edge.http.post("/sign-in", content=content, headers={
        "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})  # fmt: skip
    assert reply.status_code == 400


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data; boundary=x", A_FILE),
        ("text/plain", b"email=a"),
        ("application/json", b"{}"),
    ],
)
async def test_what_is_no_form_is_refused(edge, kind, content):
    reply = await edge.http.post(
        "/sign-in", content=content, headers={"Content-Type": kind, "Sec-Fetch-Site": "same-origin"}
    )
    # The start of a form without any field is one in which both are missing: 401.
    assert reply.status_code in (400, 401, 415)
    assert "set-cookie" not in reply.headers
    assert "Traceback" not in reply.text


async def test_a_mistake_of_ours_is_answered_without_its_traceback(edge, monkeypatch, caplog):
    async def fail(self):
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(type(edge.workspace), "live", fail)
    page = await edge.http.get("/healthz")
    assert page.status_code == 500
    for word in ("secret", "RuntimeError", "Traceback"):
        assert word not in page.text
    assert "the secret inside" in caplog.text


async def test_the_database_being_away_is_said_and_may_be_tried_again(edge, monkeypatch):
    from guanxi.errors import Unavailable

    async def away(self):
        raise Unavailable("connection refused at 10.0.0.7")

    api = await edge.api((await edge.person("Li Wei", "rep")).user.id)
    monkeypatch.setattr(type(edge.workspace), "live", away)
    reply = await api.get("/api/v1/records/account")
    assert reply.status_code == 503
    assert reply.headers["retry-after"]
    assert "10.0.0.7" not in reply.text


async def test_pages_and_refusals_speak_the_readers_language(edge):
    english = await edge.http.get("/sign-in", headers={"Accept-Language": "en-GB"})
    chinese = await edge.http.get("/sign-in", headers={"Accept-Language": "zh-Hant-TW,zh;q=0.9,en;q=0.5"})
    assert 'lang="en"' in english.text
    assert 'lang="zh-CN"' in chinese.text
    refusal = await edge.http.get("/api/v1/tasks", headers={"Accept-Language": "zh"})
    assert refusal.headers["content-language"] == "zh-CN"


async def test_a_chosen_language_and_theme_are_remembered(edge):
    data = {"language": "zh-CN", "theme": "dark", "next": "/sign-in"}
    reply = await edge.http.post("/preferences", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/sign-in")
    page = await edge.http.get("/sign-in", headers={"Accept-Language": "en"})
    assert 'lang="zh-CN"' in page.text
    assert 'data-theme="dark"' in page.text


async def test_a_method_that_an_address_does_not_take(edge):
    reply = await edge.http.put("/api/v1/tasks", headers={"Authorization": "Bearer x"})
    assert reply.status_code in (401, 405)
    page = await edge.http.delete("/sign-in", headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 405
    assert set(page.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
