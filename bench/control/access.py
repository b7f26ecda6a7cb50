"""Which rows an actor may see: own, team, sub-teams by the closure table, or all."""

from tortoise.expressions import Q, Subquery

from bench.control.auth import Actor
from bench.control.models import TeamClosure, User


def visible_to(actor: Actor) -> Q:
    """The filter on `owner_id` of a table for this actor."""
    match actor.scope:
        case "all":
            return Q()
        case "own":
            return Q(owner_id=actor.id)
        case "team":
            people = User.filter(team_id=actor.team_id)
        case _:
            teams = TeamClosure.filter(ancestor_id=actor.team_id)
            people = User.filter(team_id__in=Subquery(teams.values("descendant_id")))
    return Q(owner_id__in=Subquery(people.values("id")))
