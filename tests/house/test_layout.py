"""Where code may lie, how long it may be, and what the pure layers may not do."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import ROOT, texts, tracked

PACKAGE = Path("platform/guanxi")
PURE = ("expressions", "definitions", "records", "rules", "workflow", "assignment")
LONGEST = 300


def test_platform_stays_a_source_root():
    """A `platform/__init__.py` would hide the standard library's `platform` in every checkout."""
    assert not (ROOT / "platform" / "__init__.py").exists()
    found = subprocess.run(
        [sys.executable, "-c", "import platform; print(platform.python_version())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.startswith("3.")


def test_every_folder_of_the_package_is_a_package():
    """Import rules and type checks pass silently over a folder without `__init__.py`."""
    folders = {path.parent for path in tracked() if path.suffix == ".py" and path.is_relative_to(PACKAGE)}
    assert folders
    missing = [str(folder) for folder in sorted(folders) if not (ROOT / folder / "__init__.py").exists()]
    assert not missing


def test_no_file_is_longer_than_a_reader_can_hold():
    code = (*texts(".py", under="platform"), *texts(".py", under="tests"), *texts(".py", under="bench"))
    assert code
    # A migration is written by the database library and read by nobody else.
    written = [(path, text) for path, text in code if "migrations" not in path.parts]
    too_long = {str(path): text.count("\n") for path, text in written if text.count("\n") > LONGEST}
    assert not too_long


@pytest.mark.parametrize("layer", PURE)
def test_a_pure_layer_decides_without_waiting_or_looking_at_the_clock(layer: str):
    found = []
    for path, text in texts(".py", under=str(PACKAGE / layer)):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
                found.append(f"{path}:{node.lineno} waits")
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names]
                modules = [node.module] if isinstance(node, ast.ImportFrom) else names
                if {"guanxi.clock", "asyncio", "time", "random", "secrets"} & set(modules):
                    found.append(f"{path}:{node.lineno} imports {modules}")
    assert not found
