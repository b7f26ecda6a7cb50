"""Tables on the base CRM, compiled or with their problems."""

from collections.abc import Sequence
from typing import Any

from guanxi.definitions import Document, check_documents, compile_catalog
from guanxi.definitions.decisions import Decision
from guanxi.errors import DefinitionProblem
from tests.unit.definitions.base import base_documents

Data = dict[str, Any]


def table(
    inputs: Sequence[Any],
    rows: Sequence[Any],
    outputs: list[Data] | None = None,
    *,
    hit: str = "unique",
    name: str = "example",
    **more: Any,
) -> Data:
    """A table as a definition; rows without a name are called r1, r2 ..."""
    named = [{"name": f"r{number}", **row} for number, row in enumerate(rows, 1)]
    return {
        "kind": "decision",
        "name": name,
        "inputs": inputs,
        "outputs": outputs or [{"name": "out", "type": "integer"}],
        "hit": hit,
        "rows": named,
        **more,
    }


def compiled(*tables: Data) -> Decision:
    """The last of the tables."""
    documents = [Document(f"decision/{one['name']}", one) for one in tables]
    return compile_catalog([*base_documents(), *documents]).decisions[tables[-1]["name"]]


def problems(*tables: Data) -> list[DefinitionProblem]:
    documents = [Document(f"decision/{one['name']}", one) for one in tables]
    return check_documents([*base_documents(), *documents])


def told(*tables: Data) -> list[str]:
    return [one.message for one in problems(*tables)]
