"""What no committed file may say: the machine it was written on, or the registry it was installed from."""

import json
import re

from tests.house.repository import ROOT, texts

# Written as patterns, so that this file is not found by its own search.
HOSTS = re.compile(
    r"\b(?:registry\.npmjs|registry\.yarnpkg|npmmirror|pypi|pythonhosted|tuna\.tsinghua|mirrors\.aliyun"
    r"|deb\.debian|unpkg|jsdelivr|cdnjs\.cloudflare|fonts\.googleapis)\.(?:org|com|net|edu)\b"
)
MACHINE = re.compile(r"(?<![\w.<$}])(?:/(?:work|root|Users)/\w|/home/[a-z])|[A-Z]:\\\\Users")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b")


def _hits(pattern: re.Pattern[str], *suffixes: str, under: str = "") -> list[str]:
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1} {match[0]}"
        for path, text in texts(*suffixes, under=under)
        for match in pattern.finditer(text)
    ]


def test_no_registry_is_named():
    assert HOSTS.search("from files.pythonhosted" + ".org/packages"), "the search must find what it looks for"
    assert not _hits(HOSTS)
    assert not _hits(re.compile(r"--(?:extra-)?index-url|\"resolved\":"), ".lock", ".json", ".toml", ".txt")


def test_no_machine_is_named():
    assert not _hits(MACHINE)
    assert MACHINE.search("see /ro" + "ot/notes"), "the search must find what it looks for"


def test_nothing_reads_like_unfinished():
    unfinished = [
        hit
        for folder in ("platform", "ui", "schemas", "workflows")
        for hit in _hits(UNFINISHED, under=folder)
    ]
    assert not unfinished


def test_definitions_and_manifests_are_json():
    for path, text in texts(".json"):
        assert json.loads(text) is not None, path


def test_the_licence_is_what_the_package_says():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["license"] == "Apache-2.0"
