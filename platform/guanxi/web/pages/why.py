"""Why a record is as it is: a field's value and state, its locks, buttons that cannot be pressed."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.explain_field import Reason, explain_field
from guanxi.commands.records.explain_record import Against, explain_record
from guanxi.commands.records.read_record import read_record
from guanxi.definitions.labels import say
from guanxi.errors import N_, Text
from guanxi.web.api.explain import reason_json
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import entity_href, framed
from guanxi.web.pages.finding import record_id
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.records import WhyPage, WhyReason, WhyStep
from guanxi.web.rendering.views.values import Link

WHY, WHY_FIELD = N_("Why it is so"), N_("Why “{field}” is so")
SAYS: dict[tuple[str, bool], Text] = {
    ("visible", True): N_("It is shown."),
    ("visible", False): N_("It does not apply, so it is not shown."),
    ("required", True): N_("It must be filled."),
    ("required", False): N_("It need not be filled."),
    ("read_only", True): N_("It cannot be changed."),
    ("read_only", False): N_("It can be changed."),
    ("locked", True): N_("The record is locked."),
}
NOT_PRESSED = N_("“{name}” cannot be pressed now.")
COMPUTED, COMPUTED_UNSEEN = (
    N_("It is computed: {value}"),
    N_("It is computed from what is not for you to see."),
)
ALWAYS = N_("Its definition says so for every record.")
NOTHING = N_("Nothing stands against changing this record or pressing its buttons.")
YES, NO, EMPTY, UNSEEN = N_("Yes"), N_("No"), N_("empty"), N_("not for you to see")
MORE = N_("and {count} more")


async def field(request: Request) -> Response:
    """Why a field is as it is."""
    context, place = context_of(request), request.path_params
    explained = await explain_field(
        context.workspace, context.signed_in, place["entity"], record_id(request), place["field"]
    )
    told = (one for one in explained.reasons if one.aspect != "locked" or one.now is True)
    reasons = [_reason(one, context.words) for one in told]
    return await _page(request, context.words.say(WHY_FIELD(field=explained.label)), reasons)


async def record(request: Request) -> Response:
    """Which locks hold on a record, and why buttons cannot be pressed."""
    context, entity = context_of(request), request.path_params["entity"]
    against = await explain_record(context.workspace, context.signed_in, entity, record_id(request))
    reasons = [_against(one, context.words) for one in against]
    return await _page(request, context.words.say(WHY), reasons)


async def _page(request: Request, title: str, reasons: list[WhyReason]) -> Response:
    context, entity, id_ = context_of(request), request.path_params["entity"], record_id(request)
    view = await read_record(context.workspace, context.signed_in, entity, id_)
    tag, here = context.words.language.tag, entity_href(entity, id_)
    page = WhyPage(
        title=title,
        breadcrumb=(
            Link(say(view.entity.plural, tag), entity_href(entity)),
            Link(view.title, here),
            Link(title, ""),
        ),
        reasons=reasons,
        empty=context.words.say(NOTHING),
        back=Link(view.title, here),
    )
    return await framed(request, "why.html", page)


def _against(one: Against, words: Catalog) -> WhyReason:
    told = _reason(one.reason, words)
    label = words.say(NOT_PRESSED(name=one.label)) if one.label is not None else told.text
    message = say(one.message, words.language.tag) if one.message is not None else told.why
    return WhyReason(text=label, why=message, expression=told.expression, steps=told.steps)


def _reason(reason: Reason, words: Catalog) -> WhyReason:
    content = reason_json(reason, words)
    if reason.aspect == "value":
        said = COMPUTED_UNSEEN if reason.withheld else COMPUTED(value=_text(content["now"], words))
    else:
        said = SAYS.get((reason.aspect, bool(reason.now)), Text(""))
    return WhyReason(
        text=words.say(said),
        why=content["why"] or ("" if reason.text else words.say(ALWAYS)),
        expression=reason.text or "",
        steps=[why_step(one, words) for one in content["steps"]],
    )


def why_step(step: dict[str, Any], words: Catalog) -> WhyStep:
    """A part of an expression in its JSON form, as a page shows it."""
    if step.get("withheld"):
        return WhyStep(step["text"], words.say(UNSEEN), step["depth"])
    if "values" in step:
        shown = ", ".join(_text(one, words) for one in step["values"])
        more = step.get("more")
        if isinstance(more, int) and not isinstance(more, bool) and more:
            shown = f"{shown} … {words.say(MORE(count=more))}"
        return WhyStep(step["text"], shown or words.say(EMPTY), step["depth"])
    return WhyStep(step["text"], _text(step["value"], words), step["depth"])


def _text(value: Any, words: Catalog) -> str:
    if isinstance(value, bool):
        return words.say(YES if value else NO)
    return words.say(EMPTY) if value in (None, "") else str(value)
