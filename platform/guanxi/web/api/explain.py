"""`/api/v1/records/<entity>/<id>/explain/<field>`: why a field is as it is."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.explain_field import FieldExplanation, Reason, StepView, explain_field
from guanxi.definitions.labels import say
from guanxi.expressions import Each, ReferenceType
from guanxi.web.api.present import plain
from guanxi.web.api.query import id_of, parameters
from guanxi.web.context import context_of
from guanxi.web.rendering import Catalog
from guanxi.web.replies import json_reply


async def explain(request: Request) -> Response:
    """The field with the reasons for each of its aspects."""
    context = context_of(request)
    line = parameters(request, "line").get("line")
    place = request.path_params
    explanation = await explain_field(
        context.workspace,
        context.signed_in,
        place["entity"],
        id_of(place["id"]),
        place["field"],
        line=None if line is None else id_of(line),
    )
    return json_reply(explanation_json(explanation, context.words))


def explanation_json(explanation: FieldExplanation, words: Catalog) -> dict[str, Any]:
    """The explanation in its JSON form; sentences in the reader's language."""
    return {
        "field": explanation.name,
        "label": say(explanation.label, words.language.tag),
        "reasons": [reason_json(reason, words) for reason in explanation.reasons],
    }


def reason_json(reason: Reason, words: Catalog) -> dict[str, Any]:
    """One reason in its JSON form."""
    content: dict[str, Any] = {"aspect": reason.aspect}
    if reason.withheld:
        content["withheld"] = True
    else:
        content["now"] = _value(reason.now, is_reference=_ends_in_reference(reason))
    if reason.lock is not None:
        content["lock"] = reason.lock
    return content | {
        "text": reason.text,
        "why": words.say(reason.why) if reason.why is not None else None,
        "steps": [part_json(view) for view in reason.steps],
    }


def part_json(view: StepView) -> dict[str, Any]:
    """A part of an expression with its value, or that this is withheld."""
    step = view.step
    content: dict[str, Any] = {"text": step.text, "offset": step.offset, "depth": step.depth}
    if view.withheld:
        return content | {"withheld": True}
    is_reference = isinstance(step.type, ReferenceType)
    if isinstance(step.value, Each):
        values = [_value(one, is_reference=is_reference) for one in step.value.values]
        return content | {"values": values, "more": step.value.more}
    return content | {"value": _value(step.value, is_reference=is_reference)}


def _ends_in_reference(reason: Reason) -> bool:
    is_value = reason.aspect == "value" and bool(reason.steps)
    return is_value and isinstance(reason.steps[-1].step.type, ReferenceType)


def _value(value: object, *, is_reference: bool) -> Any:
    if is_reference and value is not None:
        return str(value)
    if isinstance(value, timedelta):
        return f"PT{_seconds(value)}S"
    return plain(value)


def _seconds(span: timedelta) -> str:
    """The seconds of a span, exactly, as ISO 8601 writes a duration."""
    whole, rest = divmod(abs(span) // timedelta(microseconds=1), 1_000_000)
    digits = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{digits}" if span < timedelta(0) else digits
