"""An instance in the JSON form of the API."""

from typing import Any

from guanxi.commands.process_views import CommentView, EventView, InstanceView
from guanxi.definitions.fields.datetime import moment_text
from guanxi.definitions.fields.file import href_of_file
from guanxi.definitions.labels import Label, say
from guanxi.web.api.present import person_json
from guanxi.web.api.record_json import record_json
from guanxi.web.api.tasks_json import approval_json
from guanxi.web.rendering import Catalog


def instance_json(view: InstanceView, words: Catalog) -> dict[str, Any]:
    """An instance; its record where the reader may read it."""
    tag = words.language.tag
    return {
        "id": str(view.id),
        "kind": view.kind,
        "process": view.process,
        "label": say(view.label, tag),
        "status": view.status,
        "entity": view.entity,
        "record": {"id": str(view.record_id)},
        "content": record_json(view.record, whole=False) if view.record is not None else None,
        "card": approval_json(view.card, words) if view.card is not None else None,
        "history": [_event(event, tag) for event in view.history],
        "comments": [_comment(comment, tag) for comment in view.comments],
        "copies": [
            {"person": person_json(one.person), "by": person_json(one.by), "at": moment_text(one.at)}
            for one in view.copies
        ],
        "may": {
            "recall": view.recall,
            "manage": view.manage,
            "comment": list(view.comment_at),
            "remind": list(view.remind),
            "move": [{"to": name, "label": say(label, tag)} for name, label in view.moves],
        },
    }


def _event(event: EventView, tag: str) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "type": event.type,
        "at": moment_text(event.at),
        "by": person_json(event.by),
        "behalf": person_json(event.behalf),
        "who": person_json(event.who),
        "step": _said(event.step, tag),
        "answer": event.answer,
        "to": event.to,
        "comment": event.comment,
    }


def _comment(comment: CommentView, tag: str) -> dict[str, Any]:
    return {
        "id": str(comment.id),
        "by": person_json(comment.by),
        "at": moment_text(comment.at),
        "text": comment.text,
        "step": _said(comment.step, tag),
        "people": [person_json(one) for one in comment.people],
        "files": [
            {"id": str(id_), "name": name, "href": href_of_file(id_, name)} for id_, name in comment.files
        ],
    }


def _said(label: Label | None, tag: str) -> str | None:
    return say(label, tag) if label is not None else None
