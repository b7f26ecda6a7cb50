import pytest

from guanxi.web.middleware.origin import comes_from_us


def scope(**headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "scheme": "https", "method": "POST", "headers": raw}


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_browser_that_says_it_comes_from_us_passes(site):
    assert comes_from_us(scope(host="crm.example", sec_fetch_site=site))


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "same-origin, cross-site", "SAME-ORIGIN"])
def test_any_other_site_does_not(site):
    assert not comes_from_us(scope(host="crm.example", sec_fetch_site=site, origin="https://crm.example"))


def test_without_that_header_the_origin_must_be_ours():
    assert comes_from_us(scope(host="crm.example", origin="https://crm.example"))


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://crm.example",
        "https://crm.example:8443",
        "null",
        "https://crm.example/",
    ],
)
def test_any_other_origin_is_refused(origin):
    assert not comes_from_us(scope(host="crm.example", origin=origin))


def test_neither_header_is_refused():
    assert not comes_from_us(scope(host="crm.example"))


def test_a_program_with_a_token_needs_neither():
    assert comes_from_us(scope(host="crm.example", authorization="Bearer gx_a", sec_fetch_site="cross-site"))
