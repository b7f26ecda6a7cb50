"""What is measured: an application under test and the requests that each measure sends to it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

CREATE = "create an order"
LIST_BY_STATE = "list by status, largest first"
LIST_BY_ACCOUNT = "list of a customer, newest first"
LIST_OF_TEAM = "list of a team by status, newest first"
LIST_BY_CUSTOM = "list by an added field, sorted by another"
READ = "read an order with its lines"
UPDATE = "change an order"
# Writing comes last, so that both applications list the same rows.
MEASURES = (LIST_BY_STATE, LIST_BY_ACCOUNT, LIST_OF_TEAM, LIST_BY_CUSTOM, READ, UPDATE, CREATE)


class Change:
    """A request that names the version it was made on: each is made on what the one before left."""

    def __init__(self, write: Callable[[int], bytes]) -> None:
        """`write` makes the request on a version."""
        self._write = write
        self._version = 0

    def next(self) -> bytes:
        """The request on the version that is there now."""
        self._version += 1
        return self._write(self._version)


@dataclass(frozen=True)
class Measure:
    """Requests to send in turn and the status that each must be answered with."""

    requests: Sequence[bytes | Change]
    expected: int


@dataclass(frozen=True)
class Prepared:
    """A loaded database: how to start the server on a port, and what to send."""

    command: Callable[[int], Sequence[str]]
    environment: Mapping[str, str]
    measures: Mapping[str, Measure]


@dataclass(frozen=True)
class Target:
    """An application: `prepare(url, orders)` creates and loads its database at an empty address."""

    name: str
    prepare: Callable[[str, int], Awaitable[Prepared]]
