"""Documentation leads somewhere: every relative link and picture exists, every `make` target too."""

import re

from tests.house.repository import ROOT, texts


def test_links_and_pictures_exist():
    dead = [
        f"{path}: {target}"
        for path, text in texts(".md")
        for target in re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", text)
        if "://" not in target and not (ROOT / path).parent.joinpath(target).exists()
    ]
    assert not dead


def test_targets_that_are_named_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"setup", "run", "test", "check", "bench"} <= targets
    named = {
        target
        for path, text in texts(".md")
        if path.name != "CHANGELOG.md"
        for target in re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)
    }
    assert named <= targets


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
