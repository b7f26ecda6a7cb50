"""Bodies that strangers send: refused with a 4xx, without a traceback, and the server goes on."""

import pytest

from tests.web.crm import make_crm

BODIES = {
    "nothing": b"",
    "malformed": b'{"name": ',
    "nan": b'{"name": NaN}',
    "infinity": b'{"name": "a", "currency": Infinity}',
    "deep": b'{"name":' * 100_000,
    "deep and closed": b"[" * 100_000 + b"]" * 100_000,
    "long integer": b'{"name": ' + b"9" * 6_000 + b"}",
    "long integer in a known place": b'{"name": "a", "lines": ' + b"1" * 6_000 + b"}",
    "exponent": b'{"name": 1e999999}',
    "same key twice": b'{"name": "a", "name": "b"}',
    "not utf-8": b'{"name": "\xff"}',
    "half a surrogate": b'{"name": "\\ud800"}',
    "a nul": b'{"name": "a\\u0000"}',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "object for a text": b'{"name": {"a": 1}}',
    "list for a text": b'{"name": ["a"]}',
    "number for a text": b'{"name": 1.5}',
    "text over its length": b'{"name": "' + b"a" * 10_000 + b'"}',
    "empty key": b'{"name": "a", "": 1}',
    "pointer characters in a key": b'{"name": "a", "~/~0": 1}',
    "a key of a megabyte": b'{"' + b"k" * 1_000_000 + b'": 1}',
    "dunder": b'{"name": "a", "__class__": "x"}',
}


@pytest.fixture
async def crm(edge):
    return await make_crm(edge)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/records/account"),
        ("PATCH", "/api/v1/records/account/1"),
        ("POST", "/api/v1/users"),
    ],
)
async def test_hostile_bodies(crm, method, path, body):
    headers = {"Content-Type": "application/json", "If-Match": '"1"'}
    reply = await crm.admin.request(method, path, content=body, headers=headers)
    assert 400 <= reply.status_code < 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in reply.text
    assert len(reply.content) < 5_000
    assert (await crm.admin.get("/api/v1/records/account/1")).json()["name"] == "华信 Huaxin"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
async def test_a_body_must_be_declared_as_json(crm, kind):
    reply = await crm.rep.post(
        "/api/v1/records/account", content=b'{"name": "a"}', headers={"Content-Type": kind}
    )
    assert (reply.status_code, reply.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "token", ["", "x", "gx_", "gx_" + "a" * 43, "gx_" + "a" * 5_000, "gx_caf\u00e9", "Bearer", "null"]
)
async def test_a_token_that_is_none_is_refused(edge, token):
    value = f"Bearer {token}".encode()
    reply = await edge.http.get("/api/v1/tasks", headers=[(b"Authorization", value)])
    assert (reply.status_code, reply.json()["code"]) == (401, "unauthenticated")
    assert reply.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Basic bGk6dw==", "gx_abc", "bearer", "Token x"])
async def test_only_bearer_tokens_count(edge, header):
    reply = await edge.http.get("/api/v1/tasks", headers={"Authorization": header})
    assert reply.status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/records/../users",
        "/api/v1/records//order",
        "/api/v1/records/order/",
        "/api/v1//tasks",
        "//api/v1/tasks",
        "/api/v1/records/order%2f1",
        "/api/v1/records/%00",
        "/api/v1/records/order/1;admin",
        "/API/v1/tasks",
    ],
)
async def test_odd_addresses_lead_nowhere(edge, path):
    reply = await edge.http.get(f"http://localhost{path}")
    assert reply.status_code in (303, 307, 401, 404)
    assert "Traceback" not in reply.text


async def test_nothing_of_the_api_is_open_without_signing_in(edge):
    for route in edge.app.routes:
        for inner in getattr(route, "routes", None) or []:
            path = f"{route.path}{inner.path}".replace("{entity}", "order").replace("{id}", "1")
            for method in inner.methods - {"HEAD"}:
                reply = await edge.http.request(
                    method,
                    path.replace("{name}", "submit"),
                    json={},
                    headers={"Sec-Fetch-Site": "same-origin"},
                )
                assert reply.status_code == 401, (method, path)
    assert (await edge.http.get("/api/openapi.json")).status_code == 401
