"""Expressions that people send, compiled like those of definitions.

That they tell nothing hidden is seen to where they become SQL: a row counts only if what is asked of it may
be read there.
"""

from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Invalid, Problem, Text
from guanxi.expressions import BOOLEAN, ExpressionError, Formula, compile_formula

NOT_AN_EXPRESSION = N_("The condition cannot be understood. {problem}")


def condition_from_text(turn: Turn, entity: Entity, text: str) -> Formula:
    """A condition on records of the entity. Raises Invalid with every problem of the text."""
    try:
        return compile_formula(text, turn.catalog.shapes, entity.name, expect=BOOLEAN)
    except ExpressionError as error:
        problems = [Problem("/where", problem.code, Text(str(problem))) for problem in error.problems]
        raise Invalid(NOT_AN_EXPRESSION(problem=str(error)), problems) from None
