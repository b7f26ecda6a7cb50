"""The locks: complete, hashed, no older than the security fixes, and what the package asks for."""

import json
import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.repository import ROOT

# Below these, a known hole of the library is open.
MINIMUM = {"simpleeval": "1.0.8", "jinja2": "3.1.6", "starlette": "1.3.1", "python-multipart": "0.0.27"}
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-assets.lock")


def _project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_version_has_a_hash(name: str):
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    pinned = [entry for entry in entries if "==" in entry]
    assert pinned
    assert not [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry]


@pytest.mark.parametrize(("package", "minimum"), MINIMUM.items())
def test_no_version_with_a_known_hole(package: str, minimum: str):
    assert Version(_locked("requirements.lock")[package]) >= Version(minimum)
    assert Version(version(package)) >= Version(minimum)
    asked = {Requirement(line).name: Requirement(line) for line in _project()["project"]["dependencies"]}
    # Whoever installs without the lock gets no older one either.
    assert not asked[package].specifier.contains("0.0.1")
    assert asked[package].specifier.contains(minimum)


def test_the_lock_holds_all_that_the_package_asks_for():
    locked = _locked("requirements.lock")
    for line in _project()["project"]["dependencies"]:
        asked = Requirement(line)
        assert asked.specifier.contains(locked[canonicalize_name(asked.name)]), line


def test_development_uses_the_versions_that_are_shipped():
    runtime, development = _locked("requirements.lock"), _locked("requirements-dev.lock")
    assert {name: development.get(name) for name in runtime} == runtime


def test_front_end_packages_are_pinned_with_their_hashes():
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert asked["htmx.org"] == "4.0.1"
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, wanted in asked.items():
        entry = packages[f"node_modules/{name}"]
        assert entry["version"] == wanted
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry
