"""The state of a record."""

from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import COMPUTED, FieldProblem
from guanxi.definitions.fields.select import SelectField


class StageField(SelectField):
    """The state of a record: one of the states of its `stages`, moved by transitions and by nothing else."""

    name = "stage"

    def coerce(self, field: Field, raw: object, *, form: bool) -> Any:  # noqa: ARG002
        """Nobody enters a state.

        Raises:
            FieldProblem: always.
        """
        raise FieldProblem("computed", COMPUTED)
