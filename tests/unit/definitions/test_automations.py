"""Automations, messages and endpoints, read over the base CRM."""

import copy
from typing import Any

import pytest

from guanxi.definitions import Catalog, Document, check_documents, compile_catalog
from guanxi.definitions.flow.automation import Becomes, Decided, Due, Entered, Every, OnDay, Received
from guanxi.definitions.flow.spans import Span
from guanxi.definitions.uses import definition_uses, uses_of
from guanxi.definitions.uses_removed import removed_in_use
from guanxi.definitions.uses_rename import rename
from tests.unit.definitions.base import base_documents
from tests.unit.definitions.process_examples import ERP, REMIND, THANKS


def effect(**effect: Any) -> list[dict[str, Any]]:
    return [{"name": "tell", "type": "do", "effects": [{"name": "it", **effect}]}]


def with_them(*changed: dict[str, Any]) -> list[Document]:
    mine = {(one["kind"], one["name"]): one for one in (THANKS, ERP, REMIND, *changed)}
    return [*base_documents(), *(Document(f"{one['name']}.json", one) for one in mine.values())]


def compiled(*changed: dict[str, Any]) -> Catalog:
    return compile_catalog(with_them(*changed))


def test_a_message_reads_what_its_places_name() -> None:
    message = compiled().messages["thanks"]
    assert {"total", "number", "account.name", "owner"} <= message.reads
    assert [part if isinstance(part, str) else part.text for part in message.subject["en"].parts] == [
        "total: ",
        "total",
    ]
    assert message.body["zh-CN"].parts == ("您好",)


def test_an_endpoint_names_its_secret() -> None:
    endpoint = compiled().endpoints["erp"]
    assert (endpoint.url, endpoint.secret) == ("https://erp.example.com/orders", "webhook.erp")


def test_an_automation_knows_when_it_begins() -> None:
    automation = compiled().automations["remind"]
    assert isinstance(automation.on, Due)
    assert automation.on.before == Span(3, "days", working=True)
    assert automation.again == "whenDone"
    assert {"ordered_on", "status", "owner"} <= automation.reads
    assert automation.places["again"].before == ("call",)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ({"becomes": "total > 1000"}, Becomes),
        ({"entered": "approved"}, Entered),
        ({"every": "1 week", "at": "09:00"}, Every),
        ({"day": "working"}, OnDay),
        ({"event": "delivered"}, Received),
        ({"decided": {"approval": "order_discount", "outcome": "rejected"}}, Decided),
    ],
)
def test_what_can_begin_an_automation(on: dict[str, Any], kind: type) -> None:
    assert isinstance(compiled({**REMIND, "on": on}).automations["remind"].on, kind)


def test_what_automations_and_messages_name_is_in_use() -> None:
    catalog = compiled()
    assert {use.kind for use in definition_uses(catalog, "calendar", "office")} >= {"automation"}
    used = [use for use in uses_of(catalog, "order", "total") if use.kind == "message"]
    assert {use.path for use in used if use.name == "thanks"} == {"subject/en", "body/en"}
    (removed,) = removed_in_use(
        with_them(), [one for one in with_them() if (one.kind, one.name) != ("calendar", "office")]
    )
    assert (removed.kind, removed.name) == ("calendar", "office")


def test_a_field_that_is_renamed_is_renamed_in_the_places_of_texts() -> None:
    documents = [
        Document(one.file, copy.deepcopy(one.data), "" if one.kind != "pack" else one.pack)
        for one in with_them()
    ]
    renamed = rename(documents, "order", "total", "sum_total")
    data = next(one.data for one in renamed if one.name == "thanks")
    assert data["subject"]["en"] == "total: {{ sum_total }}"
    assert data["body"]["en"].endswith("{{ sum_total }} of {{sum_total}}")


@pytest.mark.parametrize(
    ("base", "path", "value", "place", "said"),
    [
        (THANKS, "of", "ordr", "/of", '"order"'),
        (THANKS, "subject", {"en": "a\nb", "zh-CN": "x"}, "/subject/en", "one line"),
        (THANKS, "subject", {"en": "a"}, "/subject", 'no text in "zh-CN"'),
        (THANKS, "subject", {"en": "{{ totl }}", "zh-CN": "x"}, "/subject/en", "total"),
        (THANKS, "subject", {"en": "{{ account }}", "zh-CN": "x"}, "/subject/en", "account.name"),
        (THANKS, "subject", {"en": "{{ total", "zh-CN": "x"}, "/subject/en", "stands alone"),
        (THANKS, "to", [{"roles": ["nobody"]}], "/to/0/roles/0", "no role"),
        (ERP, "url", "ftp://erp.example.com", "/url", "https://"),
        (ERP, "url", "https://me:word@erp.example.com/", "/url", "https://"),
        (ERP, "secret", "Secret", "/secret", "webhook.billing"),
        (REMIND, "of", "ordr", "/of", '"order"'),
        (REMIND, "on", {}, "/on", "fewer than 1"),
        (REMIND, "on", {"created": True, "deleted": True}, "/on", "exactly one"),
        (REMIND, "on", {"created": True, "at": "09:00"}, "/on/at", "says nothing"),
        (REMIND, "on", {"created": False}, "/on/created", "True"),
        (REMIND, "on", {"changed": ["totl"]}, "/on/changed/0", '"total"'),
        (REMIND, "on", {"entered": "aproved"}, "/on/entered", '"approved"'),
        (REMIND, "on", {"becomes": "total"}, "/on/becomes", "compare"),
        (REMIND, "on", {"due": "total"}, "/on/due", "date"),
        (REMIND, "on", {"due": "ordered_on", "before": "1 day", "after": "1 day"}, "/on/after", "either"),
        (REMIND, "on", {"failed": "thank"}, "/on/failed", '"thanks"'),
        (REMIND, "on", {"decided": {"approval": "discount"}}, "/on/decided/approval", "order_discount"),
        (REMIND, "where", "total > 1", "/where", '"when"'),
        (REMIND, "calendar", "ofice", "/calendar", '"office"'),
        (
            REMIND,
            "steps",
            [{"name": "x", "type": "approve", "by": [{"roles": ["director"]}]}],
            "/steps/0/type",
            "does not approve",
        ),
        (REMIND, "steps", effect(call="erpp"), "/steps/0/effects/0/call", '"erp"'),
        (REMIND, "steps", effect(call="erp", set={"a": 1}), "/steps/0/effects/0/set", "says nothing"),
        (REMIND, "steps", effect(emit="sent", data={"a": "= totl"}), "/steps/0/effects/0/data/a", "total"),
        (REMIND, "steps", [{"name": "x", "type": "end", "outcome": "approved"}], "/steps/0/outcome", "done"),
    ],
)
def test_what_does_not_fit_is_told_where_it_is(
    base: dict[str, Any], path: str, value: Any, place: str, said: str
) -> None:
    problems = check_documents(with_them({**base, path: value}))
    told = [f"{one.message} {one.hint}".replace("'", '"') for one in problems if one.pointer == place]
    assert any(said in one for one in told), list(map(str, problems))
