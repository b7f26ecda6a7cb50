from pathlib import Path
from typing import Any

from click import Group

from guanxi.cli import main
from guanxi.web.api.routes import API_ROUTES
from guanxi.web.strict_json import MAX_DEPTH, MAX_DIGITS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def commands(group, prefix="guanxi"):
    for name, command in group.commands.items():
        if isinstance(command, Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}"


def test_every_command_is_documented():
    page = (REFERENCE / "command-line.md").read_text("utf-8")
    for command in commands(main):
        assert f"`{command}" in page, command


def test_every_address_of_the_api_is_documented_with_its_methods():
    lines = (REFERENCE / "api.md").read_text("utf-8").splitlines()
    route: Any
    for route in API_ROUTES:
        for inner in getattr(route, "routes", None) or [route]:
            path = route.path + (inner.path if inner is not route else "")
            (line,) = [line for line in lines if line.startswith(f"| `{path}` |")]
            for method in inner.methods - {"HEAD"}:
                assert method in line, (path, method)


def test_the_limits_that_are_told_are_the_ones_that_hold():
    page = (REFERENCE / "api.md").read_text("utf-8")
    assert f"{MAX_DEPTH} levels, {MAX_DIGITS} digits" in page
