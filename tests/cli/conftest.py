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


class Program:
    """The command line with an environment; what it raises beyond an exit is raised here."""

    def __init__(self, environ):
        self.environ = environ

    def __call__(self, *arguments, **more):
        result = CliRunner().invoke(main, [str(a) for a in arguments], env=self.environ | more)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result


def program(url, folder):
    return Program({"GUANXI_DATABASE_URL": url, "GUANXI_HOME": str(folder), "LC_ALL": "C.UTF-8"})
