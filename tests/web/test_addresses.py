from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.web.addresses import HOME, local


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "javascript:alert(1)",
        "elsewhere",
        " //elsewhere.example",
        "/" + "a" * 3_000,
    ],
)
def test_an_address_that_leads_away_becomes_the_start_page(address):
    assert local(address) == HOME


@pytest.mark.parametrize(
    "address", ["/", "/orders/7", "/orders?where=total%20%3E%20100&sort=-total", "/search?q=%E5%8D%8E"]
)
def test_an_address_of_this_site_stays_as_it_is(address):
    assert local(address) == address


@given(st.text(max_size=40))
def test_no_text_leads_to_another_host(text):
    for address in (text, "/" + text, "//" + text):
        parts = urlsplit("https://here.example" + local(address))
        assert parts.hostname == "here.example"
        assert not local(address).startswith(("//", "/\\"))
