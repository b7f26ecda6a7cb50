"""What a condition of a process may ask of its steps: `outcome('legal')`, `visits('legal')`.

Each stands for a variable that the process gives, so only expressions of a process know them.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

from guanxi.expressions.types import INTEGER, TextType, Type

Asked: TypeAlias = Literal["outcome", "visits"]

STEP_FUNCTIONS: Final[Mapping[str, str]] = {
    "outcome": "How a step ended, as a text; missing where it did not, or was skipped.",
    "visits": "How often a step was reached, as a whole number.",
}
"""The functions that take the name of a step, with what they mean."""


def step_variable(function: str, step: str) -> str:
    """The variable behind a call: `outcome:legal`."""
    return f"{function}:{step}"


def step_variables(outcomes: Mapping[str, tuple[str, ...]]) -> dict[str, Type]:
    """The variables of a process: its steps, with the outcomes that each can have."""
    found: dict[str, Type] = {}
    for step, ends in outcomes.items():
        found[step_variable("visits", step)] = INTEGER
        if ends:
            found[step_variable("outcome", step)] = TextType(ends)
    return found


def steps_asked(function: str, variables: Iterable[str]) -> list[str]:
    """The steps that a function is, or can be, asked about where these variables are used or known."""
    return sorted(name.partition(":")[2] for name in variables if name.startswith(f"{function}:"))
