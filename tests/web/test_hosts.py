import pytest

from guanxi.web.middleware.hosts import TrustedHosts

ALLOWED = ("127.0.0.1", "localhost", "[::1]", "crm.example.com", "*.guanxi.example")


@pytest.fixture
def hosts():
    async def nothing(scope, receive, send):
        raise AssertionError("not reached")

    return TrustedHosts(nothing, ALLOWED)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8000",
        "localhost",
        "[::1]:8000",
        "CRM.example.com",
        "crm.example.com:443",
        "a.guanxi.example",
    ],
)
def test_our_names_are_answered(hosts, host):
    assert hosts.answers_to([host])


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "crm.example.com.evil.example",
        "evilguanxi.example",
        "guanxi.example",
        "crm.example.com@evil.example",
        "evil.example#crm.example.com",
        "crm.example.com/evil",
        "crm.example.com:port",
        "crm.example.com:0",
        "[::1",
        "127.0.0.1 ",
        "localhost\x00",
    ],
)
def test_other_names_are_not(hosts, host):
    assert not hosts.answers_to([host])


def test_exactly_one_host_is_named(hosts):
    assert not hosts.answers_to([])
    assert not hosts.answers_to(["localhost", "localhost"])
