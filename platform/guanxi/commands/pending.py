"""What is still to follow in a transaction from what processes did."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from guanxi.workflow import CancelChild, CarryOut, Finished, StartChild


@dataclass(frozen=True, slots=True)
class Given:
    """An instance gave something out that reaches beyond itself."""

    instance_id: int
    output: CarryOut | StartChild | CancelChild | Finished


@dataclass(frozen=True, slots=True)
class Begin:
    """A process of this kind and name is to begin on a record, in the name of a person.

    `parent` is the instance that waits for it, with the key by which it knows it.
    """

    kind: Literal["approval", "automation"]
    process: str
    entity: str
    record_id: int
    by: int
    parent: tuple[int, str] | None = None


Pending: TypeAlias = Given | Begin
