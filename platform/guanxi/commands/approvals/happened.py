"""The history of an instance, its remarks and copies, with the names of the people."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.approvals.card import person
from guanxi.commands.approvals.case import Case
from guanxi.commands.process_views import CommentView, CopyView, EventView
from guanxi.commands.workspace import Turn
from guanxi.definitions.labels import Label
from guanxi.storage.comments import comments_of, copies_of
from guanxi.storage.files import find_files
from guanxi.storage.instances import StoredEvent, events_of
from guanxi.storage.people import titles_of_users

QUIET = frozenset({"tick"})
"""Events that say nothing to people: the content was looked at again."""


async def event_views(turn: Turn, case: Case) -> tuple[EventView, ...]:
    """All that happened, the oldest first."""
    events = [one for one in await events_of(turn.session, case.instance.id) if one.kind not in QUIET]
    named = {id_ for one in events for id_ in (one.by, *map(one.event.get, ("behalf", "who", "add")))}
    people = await titles_of_users(turn.session, turn.catalog, {id_ for id_ in named if id_ is not None})
    return tuple(_event(case, one, people) for one in events)


async def comment_views(turn: Turn, case: Case) -> tuple[CommentView, ...]:
    """The remarks, the oldest first."""
    comments = await comments_of(turn.session, case.instance.id)
    named = {id_ for one in comments for id_ in (one.by, *one.people)}
    people = await titles_of_users(turn.session, turn.catalog, named)
    files = await find_files(turn.session, {id_ for one in comments for id_ in one.files})
    return tuple(
        CommentView(
            one.id,
            person(one.by, people),
            one.at,
            one.text,
            _label(case, one.step),
            tuple(person(id_, people) for id_ in one.people),
            tuple((id_, files[id_].name) for id_ in one.files if id_ in files),
        )
        for one in comments
    )


async def copy_views(turn: Turn, case: Case) -> tuple[CopyView, ...]:
    """Who was sent a copy, in order."""
    copies = await copies_of(turn.session, case.instance.id)
    named = {id_ for one in copies for id_ in (one.by, one.user_id)}
    people = await titles_of_users(turn.session, turn.catalog, named)
    return tuple(CopyView(person(one.user_id, people), person(one.by, people), one.at) for one in copies)


def _event(case: Case, stored: StoredEvent, people: Mapping[int, str]) -> EventView:
    said: Mapping[str, Any] = stored.event

    def one(id_: int | None) -> Any:
        return person(id_, people) if id_ is not None else None

    key = said.get("task") or said.get("step") or said.get("key") or ""
    about = said.get("who") if said.get("who") is not None else said.get("add")
    return EventView(
        seq=stored.seq,
        type=stored.kind,
        at=stored.at,
        by=one(stored.by),
        behalf=one(said.get("behalf")),
        who=one(about if isinstance(about, int) else None),
        step=_label(case, key.partition("#")[0]),
        answer=said.get("answer") or "",
        to=said.get("to") or "",
        comment=said.get("comment") or "",
    )


def _label(case: Case, step: str) -> Label | None:
    place = case.process.places.get(step)
    return place.step.label if place is not None else None
