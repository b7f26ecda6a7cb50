"""Tasks and approvals in the JSON form of the API."""

from decimal import Decimal
from typing import Any

from guanxi.commands.process_views import PowersView
from guanxi.commands.views import ApprovalView, ShownValue, TaskView
from guanxi.definitions.fields.datetime import moment_text
from guanxi.definitions.fields.money import money_text
from guanxi.definitions.labels import say
from guanxi.web.api.present import any_json, chain_json, person_json, plain
from guanxi.web.api.record_json import record_json
from guanxi.web.rendering import Catalog


def task_json(task: TaskView, words: Catalog) -> dict[str, Any]:
    """A task; with its record and approval where the command brought them."""
    tag = words.language.tag
    content: dict[str, Any] = {
        "id": str(task.id),
        "approval": say(task.approval, tag),
        "step": say(task.step, tag),
        "entity": task.entity,
        "record": {"id": str(task.record_id), "title": task.title},
        "submitter": person_json(task.submitter),
        "opened_at": moment_text(task.opened_at),
        "open": task.open,
        "mine": task.mine,
        "decided_by": person_json(task.decided_by),
        "decided_at": moment_text(task.decided_at) if task.decided_at else None,
        "outcome": task.outcome,
        "kind": task.kind,
        "instance": str(task.instance_id),
        "due": moment_text(task.due) if task.due else None,
        "overdue": task.overdue,
        "holders": [person_json(person) for person in task.holders],
    }
    if task.powers is not None:
        content["may"] = _powers(task.powers, tag)
    if task.record is not None:
        content["content"] = record_json(task.record, whole=False)
    if task.card is not None:
        content["card"] = approval_json(task.card, words)
    return content


def approval_json(card: ApprovalView, words: Catalog) -> dict[str, Any]:
    """An approval: who asks, what for, who has it, who has decided."""
    return {
        "id": str(card.instance_id),
        "name": card.name,
        "label": say(card.label, words.language.tag),
        "status": card.status,
        "submitter": person_json(card.submitter),
        "submitted_at": moment_text(card.submitted_at),
        "shown": [_shown(value, words) for value in card.shown],
        "chain": [chain_json(entry, words) for entry in card.chain],
        "waiting_for": [person_json(person) for person in card.waiting_for],
        "ended_at": moment_text(card.ended_at) if card.ended_at else None,
        "comment": card.comment,
    }


def _powers(powers: PowersView, tag: str) -> dict[str, Any]:
    """What the reader may do with the task; people by id and name."""
    lists = {name: getattr(powers, name) for name in ("transfer", "delegate", "ask", "add", "cc", "added")}
    return {
        "answers": [{"name": name, "label": say(label, tag)} for name, label in powers.answers],
        "reply": powers.reply,
        "return": [{"to": to, "label": say(label, tag) if label else None} for to, label in powers.returns],
        **{name: [person_json(person) for person in people] for name, people in lists.items()},
        "claim": powers.claim,
        "release": powers.release,
        "skip": powers.skip,
        "behalf": person_json(powers.behalf),
        "fields": dict(powers.fields),
    }


def _shown(value: ShownValue, words: Catalog) -> dict[str, Any]:
    return {
        "name": value.name,
        "label": say(value.label, words.language.tag),
        "before": _value(value.before, value.currency),
        "after": _value(value.after, value.currency),
        "limit": _value(value.limit, value.currency),
    }


def _value(value: Any, currency: str | None) -> Any:
    """A value on the card: money with its currency, a number as text."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return any_json(value)
    if currency is not None:
        return {"amount": money_text(Decimal(value)), "currency": currency}
    return plain(Decimal(value))
