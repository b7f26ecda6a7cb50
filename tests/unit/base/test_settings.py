from pathlib import Path

import pytest

from guanxi.settings import SettingError, from_environ


def test_without_anything_set_the_workspace_is_embedded_below_the_current_folder():
    settings = from_environ({})
    assert settings.home == Path.cwd() / "var"
    assert settings.database_url == f"sqlite://{Path.cwd()}/var/guanxi.sqlite3"
    assert settings.embedded
    assert settings.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")
    assert settings.timezone.key == "UTC"


def test_the_home_moves_the_embedded_database(tmp_path):
    settings = from_environ({"GUANXI_HOME": str(tmp_path), "GUANXI_LOG_LEVEL": ""})
    assert settings.database_url == f"sqlite://{tmp_path}/guanxi.sqlite3"
    assert settings.log_level == "info"


def test_a_server_is_not_embedded():
    assert not from_environ({"GUANXI_DATABASE_URL": "postgresql://guanxi@db/crm"}).embedded


def test_hosts_and_level_are_read_without_regard_to_case_and_blanks():
    settings = from_environ(
        {"GUANXI_ALLOWED_HOSTS": " CRM.example.org, ,*.example.org ", "GUANXI_LOG_LEVEL": "DEBUG"}
    )
    assert settings.allowed_hosts == ("crm.example.org", "*.example.org")
    assert settings.log_level == "debug"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GUANXI_DATABASE_URL", "mysql://db/crm"),
        ("GUANXI_POOL_SIZE", "0"),
        ("GUANXI_POOL_SIZE", "65"),
        ("GUANXI_POOL_SIZE", "٣"),
        ("GUANXI_LOG_LEVEL", "loud"),
        ("GUANXI_TIMEZONE", "Mars/Olympus"),
        ("GUANXI_TIMEZONE", "../etc/passwd"),
        ("GUANXI_TIMEZONE", "Asia"),
        ("GUANXI_CURRENCY", "cny"),
        ("GUANXI_CURRENCY", "EURO"),
        ("GUANXI_ALLOWED_HOSTS", " , "),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(variable, value):
    with pytest.raises(SettingError, match=variable):
        from_environ({variable: value})


def test_a_password_is_not_repeated():
    with pytest.raises(SettingError) as refused:
        from_environ({"GUANXI_DATABASE_URL": "postgres//guanxi:hush@db/crm"})
    assert "hush" not in str(refused.value)
