"""Values of inputs in words: `Discount 20.01, Region East`."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.decisions.measures import Measure
from guanxi.definitions.decisions.model import Decision
from guanxi.errors import N_, Text

VALUE = N_("{input} {value}")
AND = N_("{one}, {other}")
MISSING = N_("missing")
YES, NO = N_("yes"), N_("no")


def facts_text(table: Decision, facts: Mapping[str, Any]) -> Text:
    """The facts that a table decides by, with the labels of its inputs."""
    said: Text | None = None
    for one in table.inputs:
        part = VALUE(input=one.label, value=value_text(one.measure, facts[one.name]))
        said = part if said is None else AND(one=said, other=part)
    return said or Text("")


def value_text(measure: Measure, value: Any) -> Text | str:
    """One value."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return ", ".join(str(value_text(measure, one)) for one in value)
    return str(measure.write(value))
