import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.web.crm import make_crm


@pytest.fixture
async def crm(edge):
    return await make_crm(edge)


@pytest.mark.parametrize("who", ["rep", "manager", "director", "admin"])
async def test_the_document_is_valid_for_everybody(crm, who):
    document = (await getattr(crm, who).get("/api/openapi.json")).json()
    validate(document)
    assert document["openapi"].startswith("3.1")


async def test_it_names_every_address_of_the_api(crm, edge):
    document = (await crm.admin.get("/api/openapi.json")).json()
    told = set(document["paths"])
    for route in edge.app.routes:
        for inner in getattr(route, "routes", None) or []:
            if not route.path.startswith("/api"):
                continue
            path = f"{route.path}{inner.path}"
            if "/records/{entity}" in path:
                path = path.replace("{entity}", "order").replace("{name}", "submit")
            assert path in told
            methods = {method.lower() for method in inner.methods} - {"head"}
            assert methods <= set(document["paths"][path])


async def test_it_tells_nobody_what_is_hidden_from_them(crm):
    rep = (await crm.rep.get("/api/openapi.json")).json()
    admin = (await crm.admin.get("/api/openapi.json")).json()
    assert "cost" in admin["components"]["schemas"]["product"]["properties"]
    assert "cost" not in str(rep)
    assert "/api/v1/users" not in rep["paths"]
    assert "post" not in rep["paths"]["/api/v1/records/product"]
    assert "product_payload" not in rep["components"]["schemas"]


async def test_replies_are_as_it_says(crm):
    document = (await crm.admin.get("/api/openapi.json")).json()
    id_, _ = await crm.draft("5")
    schemas = document["components"]["schemas"]
    for path, name in [
        (f"/api/v1/records/order/{id_}", "order"),
        (f"/api/v1/records/account/{crm.account}", "account"),
        (f"/api/v1/records/product/{crm.product}", "product"),
    ]:
        schema = schemas[name]
        content = (await crm.admin.get(path)).json()
        Draft202012Validator({**schema, "components": document["components"]}).validate(content)
        assert set(content) <= set(schema["properties"])


async def test_what_it_lets_through_is_accepted(crm):
    document = (await crm.rep.get("/api/openapi.json")).json()
    schema = document["components"]["schemas"]["order_payload"]
    payload = crm.order("5")
    Draft202012Validator(schema).validate(payload)
    assert (await crm.rep.post("/api/v1/records/order", json=payload)).status_code == 201
    assert not Draft202012Validator(schema).is_valid(payload | {"total": {"amount": "1"}})


async def test_the_schema_of_an_entity(crm):
    reply = await crm.rep.get("/api/v1/schemas/product")
    assert reply.headers["content-type"] == "application/schema+json"
    schema = reply.json()
    Draft202012Validator.check_schema(schema)
    assert "cost" not in schema["properties"]
    assert "cost" in (await crm.admin.get("/api/v1/schemas/product")).json()["properties"]
    record = (await crm.rep.get(f"/api/v1/records/product/{crm.product}")).json()
    Draft202012Validator(schema).validate({name: v for name, v in record.items() if not name.startswith("_")})
