import pytest
from click.testing import CliRunner

from guanxi.cli import main


@pytest.fixture
def guanxi(bare_url, tmp_path):
    """The program on an empty workspace: `guanxi("init")` gives exit code and output."""
    return program(bare_url, tmp_path)


@pytest.fixture
def base(database_url, tmp_path):
    """The program on a workspace in which the base CRM is live."""
    return program(database_url, tmp_path)


def program(url, folder):
    environ = {"GUANXI_DATABASE_URL": url, "GUANXI_HOME": str(folder)}

    def run(*arguments, **more):
        result = CliRunner().invoke(main, [str(a) for a in arguments], env=environ | more)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    run.environ = environ
    return run
