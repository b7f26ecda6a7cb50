"""Expressions that people send, compiled like those of definitions.

That they tell nothing hidden is seen to where they become SQL: a row counts only if what is asked of it may
be read there.
"""

from functools import lru_cache

from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Invalid, Problem
from guanxi.expressions import BOOLEAN, ExpressionError, Formula, compile_formula

KEPT = 512
"""How many conditions are kept compiled: programs and saved addresses send the same ones again."""
NOT_AN_EXPRESSION = N_("The condition cannot be understood. {problem}")


def condition_from_text(turn: Turn, entity: Entity, text: str) -> Formula:
    """A condition on records of the entity. Raises Invalid with every problem of the text."""
    try:
        return _compiled(turn.catalog, entity.name, text)
    except ExpressionError as error:
        problems = [Problem("/where", problem.code, problem.told) for problem in error.problems]
        raise Invalid(NOT_AN_EXPRESSION(problem=error.problems[0].told), problems) from None


@lru_cache(maxsize=KEPT)
def _compiled(catalog: Catalog, entity: str, text: str) -> Formula:
    return compile_formula(text, catalog.shapes, entity, expect=BOOLEAN)
