"""The saved views of a list: their tabs, and where they lead."""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from guanxi.commands.lists.views import ListView
from guanxi.definitions.entity import Entity
from guanxi.definitions.layout import Layout
from guanxi.errors import N_, Sentence
from guanxi.web.pages.drawing import entity_href
from guanxi.web.pages.filters import Asked, read_asked
from guanxi.web.rendering.views.values import Link

SAVE = N_("Save as a view")
CHANGE = N_("Change this view")
LEFT_OUT = N_(
    "A part of this view is left out: a field of it is not there any more, or not for you to see. "
    "Save the view again to keep it as it is shown."
)


def saved_link(view: ListView) -> Link:
    """The tab of a saved view: the list as it was asked for then."""
    query = urlencode([*view.query, ("saved", str(view.id))])
    return Link(view.label, f"{entity_href(view.entity)}?{query}", "users" if view.role is not None else "")


def saving_links(
    say: Callable[[Sentence | str], str], entity: Entity, asked: Asked, saved: Sequence[ListView]
) -> tuple[Link, ...]:
    """Where the list as it stands is saved, and where the open view is changed."""
    query = urlencode(asked.query())
    here = views_href(entity.name)
    links = [Link(say(SAVE), f"{here}/new?{query}", "bookmark-plus")]
    if any(str(one.id) == asked.saved and one.yours for one in saved):
        links.insert(0, Link(say(CHANGE), f"{here}/{asked.saved}?{query}", "pencil"))
    return tuple(links)


def views_href(entity: str) -> str:
    """Where the views of an entity's list are kept."""
    return f"/lists/{entity}/views"


def missing_parts(
    saved: Sequence[ListView], asked: Asked, entity: Entity, layout: Layout, columns: Sequence[str]
) -> bool:
    """Whether the open view names something that the list does not know, or does not show this person."""
    view = next((one for one in saved if str(one.id) == asked.saved), None)
    if view is None:
        return False
    kept, said = dict(read_asked(view.query, entity, layout).query()), dict(view.query)
    lost = kept.keys() != said.keys() or kept.get("columns") != said.get("columns")
    unsorted = "sort" in said and not asked.sort
    return lost or unsorted or not set(asked.columns) <= set(columns)
