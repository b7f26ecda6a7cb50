"""What is imported is declared: a library that comes along with another may be gone after the next lock."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.repository import ROOT, texts

OURS = {"guanxi", "tests", "bench", "hatch_build"}


def _declared(*groups: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = list(project["project"]["dependencies"])
    for group in groups:
        lines += [line for line in project["dependency-groups"][group] if isinstance(line, str)]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def _imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names - OURS - set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("folder", "groups"), [("platform", ()), ("tests", ("dev", "build", "assets")), ("bench", ("dev",))]
)
def test_every_import_is_declared(folder: str, groups: tuple[str, ...]):
    declared = _declared(*groups)
    provided = {
        module: {canonicalize_name(name) for name in names}
        for module, names in packages_distributions().items()
    }
    undeclared = {
        f"{path}: {name}"
        for path, text in texts(".py", under=folder)
        for name in _imported(ast.parse(text))
        # A module that no distribution provides is installed on some machines only.
        if name in provided and not provided[name] & declared
    }
    assert not undeclared


def test_every_dependency_of_the_product_is_used():
    # Drivers, the event loop, parsers and time zones that other libraries look for by themselves.
    by_name = {"aiosqlite", "asyncpg", "ciso8601", "httptools", "uvloop", "python-multipart", "tzdata"}
    provided = packages_distributions()
    used = {
        canonicalize_name(name)
        for _, text in texts(".py", under="platform")
        for module in _imported(ast.parse(text))
        for name in provided.get(module, [])
    }
    assert _declared() - used - by_name == set()
