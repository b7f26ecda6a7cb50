"""Which rows an actor may see: own, team, sub-teams by the closure table, or all."""

from tortoise.expressions import Q, Subquery

from bench.control.auth import Actor
from bench.control.models import TeamClosure, User


def visible(scope: str) -> Q:
    """The filter on `owner_id` of a table; its one value, if any, is `scope_values`."""
    match scope:
        case "all":
            return Q()
        case "own":
            return Q(owner_id=0)
        case "team":
            people = User.filter(team_id=0)
        case _:
            teams = TeamClosure.filter(ancestor_id=0)
            people = User.filter(team_id__in=Subquery(teams.values("descendant_id")))
    return Q(owner_id__in=Subquery(people.values("id")))


def scope_values(actor: Actor) -> list[int]:
    """What the placeholders of `visible` stand for with this actor."""
    if actor.scope == "all":
        return []
    return [actor.id if actor.scope == "own" else actor.team_id]
