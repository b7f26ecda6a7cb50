"""Tests about the tests: each file is collected, and each test can fail."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import ROOT, texts

CLAIMS = ("assert", "expect", "check", "verify", "raises", "warns", "must_")


def _named_calls(function: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called = node.func
            names.add(called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""))
    return names


def _claims(function: ast.AST, helpers: dict[str, ast.AST], seen: frozenset[str] = frozenset()) -> bool:
    if any(isinstance(node, ast.Assert) for node in ast.walk(function)):
        return True
    calls = _named_calls(function)
    if any(name.lstrip("_").startswith(CLAIMS) for name in calls):
        return True
    return any(
        _claims(helpers[name], helpers, seen | {name})
        for name in calls
        if name in helpers and name not in seen
    )


def _functions(tree: ast.Module) -> dict[str, ast.AST]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name: node for node in ast.walk(tree) if isinstance(node, kinds)}


def test_every_test_claims_something():
    silent = []
    for path, text in texts(".py", under="tests"):
        functions = _functions(ast.parse(text))
        tests = [name for name in functions if name.startswith("test_")]
        # A Hypothesis state machine claims by its invariants.
        if (
            path.name.startswith("test_")
            and not tests
            and not re.search(r"^Test\w+ = \w+\.TestCase$", text, re.MULTILINE)
        ):
            silent.append(f"{path}: no test in it")
        silent += [f"{path}::{name}" for name in tests if not _claims(functions[name], functions)]
    assert not silent


def test_a_test_that_claims_nothing_is_noticed():
    tree = ast.parse(
        "def test_nothing():\n    print(1)\ndef helper():\n    assert 1\ndef test_by_helper():\n    helper()"
    )
    functions = _functions(tree)
    assert not _claims(functions["test_nothing"], functions)
    assert _claims(functions["test_by_helper"], functions)


@pytest.mark.slow
def test_every_file_with_tests_is_collected():
    with_tests = {
        path
        for path, text in texts(".py", under="tests")
        if path.name.startswith("test_")
        or any(name.startswith("test_") for name in _functions(ast.parse(text)))
    }
    listing = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listing.returncode == 0, listing.stdout[-3000:]
    collected = {Path(line.split("::")[0]) for line in listing.stdout.splitlines() if "::" in line}
    assert with_tests - collected == set()
