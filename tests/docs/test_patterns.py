"""The page of workflow patterns says what the scenarios show, and leaves none out."""

import re
from pathlib import Path

from tests.scenarios.patterns import OTHERS, page

CONTROL = {*range(1, 17), 19, 20, 21, 23, 24, 25, 27, 29, 30, 32, 35, 43}
RESOURCE = {1, 2, 3, 4, 5, 7, 10, 11, 13, 14, 19, 21, 22, 23, *range(26, 31), 33, 34, 40, 41, 42, 43}


def test_the_page_is_written_from_the_scenarios() -> None:
    assert Path("docs/patterns.md").read_text("utf-8") == page()


def test_every_pattern_is_shown_or_said_to_be_missing() -> None:
    control, resource = page().split("\n## Resources\n")
    for text, wanted, others in (
        (control, CONTROL, OTHERS["control-flow"]),
        (resource, RESOURCE, OTHERS["resource"]),
    ):
        shown = {int(number) for number in re.findall(r"^### (\d+)\.", text, re.MULTILINE)}
        assert shown == wanted
        assert shown | others.keys() == set(range(1, 44))
        assert not shown & others.keys()
