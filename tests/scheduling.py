"""Which tests run in one process, so that what they share is made once.

pytest-xdist writes the group of a test behind its id; pytest 9.2 keeps ids elsewhere, so the groups of
`--dist loadgroup` would be none at all. Here they follow from the ids themselves.
"""

import re

from xdist.scheduler import LoadScopeScheduling

DATABASE = re.compile(r"\[(sqlite|postgres)\b")


def group_of(nodeid: str) -> str:
    """The group of a test: browser tests by their server, the newcomer's by their clone, others alone."""
    if nodeid.startswith("tests/browser/"):
        database = DATABASE.search(nodeid)
        return f"browser {database[1] if database else 'pages'}"
    if nodeid.startswith("tests/house/test_newcomer.py"):
        return "newcomer"
    return nodeid


class ByGroup(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Gives each group to one process, the largest first."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
