"""Expressions that people send, compiled like those of definitions.

A field that no role of the person shows does not exist for them, not even by name.

That they tell nothing hidden is seen to where they become SQL: a row counts only if what is asked of it may
be read there.
"""

from dataclasses import replace
from functools import lru_cache

from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Invalid, Problem
from guanxi.expressions import BOOLEAN, ExpressionError, Formula, Shapes, compile_formula
from guanxi.rules.access import Person, access_to

KEPT = 512
"""How many conditions are kept compiled: programs and saved addresses send the same ones again."""
NOT_AN_EXPRESSION = N_("The condition cannot be understood. {problem}")


def condition_from_text(turn: Turn, entity: Entity, text: str) -> Formula:
    """A condition on records of the entity. Raises Invalid with every problem of the text."""
    try:
        return _compiled(turn.catalog, turn.actor.roles, entity.name, text)
    except ExpressionError as error:
        problems = [Problem("/where", problem.code, problem.told) for problem in error.problems]
        raise Invalid(NOT_AN_EXPRESSION(problem=error.problems[0].told), problems) from None


@lru_cache(maxsize=KEPT)
def _compiled(catalog: Catalog, roles: frozenset[str], entity: str, text: str) -> Formula:
    return compile_formula(text, _shapes(catalog, roles), entity, expect=BOOLEAN)


@lru_cache(maxsize=64)
def _shapes(catalog: Catalog, roles: frozenset[str]) -> Shapes:
    """What records look like to people with these roles: without the fields that none of the roles shows."""
    held = [catalog.roles[name] for name in sorted(roles) if name in catalog.roles]
    shapes = dict(catalog.shapes)
    for name, entity in catalog.entities.items():
        scope = access_to(entity, held, Person(0)).scope("read")
        hidden = {field for field in entity.fields if not scope.seen_somewhere(field)}
        members = {key: kind for key, kind in shapes[name].members.items() if key not in hidden}
        shapes[name] = replace(shapes[name], members=members)
    return shapes
