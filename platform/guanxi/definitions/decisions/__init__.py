"""Decision tables: what they are, and how they are read, written as CSV and checked before they are live."""

from guanxi.definitions.decisions.model import (
    Decision,
    Hit,
    Input,
    Monotone,
    Outcome,
    Output,
    Row,
)

__all__ = ["Decision", "Hit", "Input", "Monotone", "Outcome", "Output", "Row"]
