"""Facts of a decision table as the form of a new record that has them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from guanxi.definitions.decisions import Decision
from guanxi.expressions.nodes import Aggregate, Member, Node

_OF_ONE_LINE = frozenset({"min", "max", "sum", "avg"})
"""What these come to over one line is the value of that line."""


def record_href(table: Decision, facts: Mapping[str, Any]) -> str:
    """The address of a new record's form filled with what the inputs read; empty where that is nothing.

    An input that is a field is filled with its value, one that is the sum or extreme of a field of lines
    fills the first line. What other expressions come to, whoever opens the form enters.
    """
    if table.of is None:
        return ""
    filled = {}
    for one in table.inputs:
        name = "" if one.formula is None else _input_name(one.formula.tree)
        value = facts[one.name]
        if name and value is not None:
            written = str(one.measure.write(value))
            filled[name] = written.lower() if isinstance(value, bool) else written
    return f"/records/{table.of}/new?{urlencode(filled)}" if filled else ""


def _input_name(tree: Node) -> str:
    match tree:
        case Member(frame=frame, keys=(name,)) if frame.kind == "root":
            return name
        case Aggregate(
            function=function, loops=(loop,), conditions=(), element=Member(keys=(name,)) as element
        ):
            own = loop.base is not None and loop.base.kind == "root" and loop.via is None
            if own and function in _OF_ONE_LINE and element.frame == loop and len(loop.keys) == 1:
                return f"{loop.keys[0]}.0.{name}"
    return ""
