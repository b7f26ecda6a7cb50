"""What saving, changing and removing views of lists share."""

from dataclasses import dataclass

from guanxi.commands.workspace import Turn
from guanxi.errors import N_, Forbidden, Invalid, NotFound, Problem
from guanxi.storage.list_views import Query, StoredView, view_of

LONGEST = 60
MOST_PARAMETERS = 100
LONGEST_VALUE = 1000
SHARE = "studio"
"""The right to share views with a role: who arranges pages for others."""
NO_NAME = N_("Give the view a name of at most {limit} characters.", limit=LONGEST)
TAKEN = N_("You have a view of this name. Choose another.")
NOT_SAVED = N_("The view was not saved. Correct what is marked and save again.")
TOO_LONG = N_("There is too much to save in one view. Take out some filters.")
GONE = N_("There is no such view, or it is not for you.")
NO_ROLE = N_("There is no such role. Choose another.")
MAY_NOT_SHARE = N_("Only who may change the configuration shares views.")
NOT_YOURS = N_("Only who saved this view, or who may change the configuration, changes it.")


@dataclass(frozen=True, slots=True)
class ListView:
    """A saved view as a person may use it; `yours` whether they may change it."""

    id: int
    entity: str
    label: str
    role: str | None
    query: Query
    yours: bool


def shown(turn: Turn, view: StoredView) -> ListView:
    """The view for the actor."""
    return ListView(view.id, view.entity, view.label, view.role, view.query, _yours(turn, view))


async def own_view(turn: Turn, id_: int) -> StoredView:
    """A view that the actor may change.

    Raises:
        NotFound: it is not there, or not for the actor.
        Forbidden: it is only for the actor to use.
    """
    view = await view_of(turn.session, id_)
    actor = turn.actor
    if view is None or not (_yours(turn, view) or view.role in actor.roles):
        raise NotFound(GONE)
    if not turn.access(view.entity).may("read"):
        raise NotFound(GONE)
    if not _yours(turn, view):
        raise Forbidden(NOT_YOURS)
    return view


def refuse_view(turn: Turn, label: str, role: str | None, query: Query, before: str | None = None) -> None:
    """Refuse a name, a role or parameters that cannot be kept; `before` is the role that it has.

    Raises:
        Invalid: with every problem.
    """
    problems = []
    if not 0 < len(label) <= LONGEST:
        problems.append(Problem("/label", "length", NO_NAME))
    if role is not None and role not in turn.catalog.roles:
        problems.append(Problem("/role", "unknown", NO_ROLE))
    elif role != before and not turn.actor.may(turn.catalog, SHARE):
        problems.append(Problem("/role", "may_not", MAY_NOT_SHARE))
    if len(query) > MOST_PARAMETERS or any(len(value) > LONGEST_VALUE for _, value in query):
        problems.append(Problem("", "too_long", TOO_LONG))
    if problems:
        raise Invalid(NOT_SAVED, problems)


def taken() -> Invalid:
    """The refusal of a name that the person has used."""
    return Invalid(NOT_SAVED, [Problem("/label", "taken", TAKEN)])


def _yours(turn: Turn, view: StoredView) -> bool:
    shared = view.role is not None and turn.actor.may(turn.catalog, SHARE)
    return view.user_id == turn.actor.user_id or shared
