"""One step of a process: its form, a new one, and what the checks say of it."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import CHANGED, Data, entity_in
from guanxi.commands.studio.processes import process_in
from guanxi.commands.studio.read_people import read_people
from guanxi.commands.studio.steps import (
    MAIN,
    earlier,
    sequence_in,
    sequence_of,
    step_in,
    steps_in,
)
from guanxi.definitions.flow.steps import OTHERWISE
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem, Refused
from guanxi.studio.flows.findings import findings_of
from guanxi.studio.flows.homes import home_of, opened
from guanxi.studio.flows.step_editor import StepForm
from guanxi.studio.flows.step_typed import step_of, step_typed
from guanxi.studio.flows.who_editor import People
from guanxi.studio.flows.words import Names
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.new_entity import NEEDS_LABEL
from guanxi.studio.part_views import Group
from guanxi.studio.pressing import pressed
from guanxi.studio.typed import TAGS, Typed, free_name, label_of, name_from
from guanxi.studio.views import EditorPage
from guanxi.studio.vocabulary import types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link, Notice

NEW_STEP = N_("New step")
NOT_RIGHT = N_("This step is not right yet")
FIRST = {
    "approval": {"type": "approve", "by.0.kind": "managerOf", "by.0.managerOf": "submitter"},
    "automation": {"type": "do", "effects.0.verb": "update"},
}
"""What a new step is until somebody chooses."""
RESERVED = frozenset({"submitter", "previous", OTHERWISE})
"""What a step cannot be called: definitions mean something else by it."""


async def show(request: Request) -> Response:
    """The form of a step."""
    return await _page(request, None)


async def new(request: Request) -> Response:
    """The form of a step that is to be added to a sequence."""
    begun = FIRST[home_of(request).kind]
    return await _page(request, {**begun, "_in": request.query_params.get("in", MAIN)})


async def save(request: Request) -> Response:
    """The step is kept in the draft, or the form says what is wrong or shows what a button did."""
    draft, typed = await draft_of(request), await read_typed(request)
    home, process = home_of(request), opened(request, draft)
    types = types_of(entity_in(draft.definitions, process["of"]))
    if typed.get("_do"):
        return await _page(request, pressed(typed, typed.pop("_do"), types))
    name = request.path_params.get("step", "")
    try:
        before = step_in(process, name) if name else {}
        _refuse_unnamed(typed)
        own = name or _new_name(process, typed)
        data = step_of(typed, {**before, "name": own}, types)

        def change(definitions: Definitions) -> None:
            _put(process_in(definitions, home.kind, process["name"]), data, typed)

        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Conflict, Invalid, NotFound) as refusal:
        return await _page(request, typed, refusal)
    return onward(home.href(process["name"]), "drafted")


def _put(data: Data, step: Data, typed: Typed) -> None:
    """Put a step in the place of the one of its name, or at the end of the sequence that was chosen."""
    seen = typed.get("_seen", "")
    if seen:
        place = sequence_in(data, sequence_of(data, step["name"]))
        at = [one["name"] for one in place].index(step["name"])
        if print_of(place[at]) != seen:
            raise Conflict(CHANGED)
        place[at] = step
    else:
        sequence_in(data, typed.get("_in", MAIN)).append(step)


def _refuse_unnamed(typed: Typed) -> None:
    if not typed.get(f"label.{TAGS[0]}", "").strip():
        raise Invalid(NEEDS_LABEL, [Problem(f"/label.{TAGS[0]}", "required", NEEDS_LABEL)])


def _new_name(process: Data, typed: Typed) -> str:
    taken = {step["name"] for step in steps_in(process)} | RESERVED
    return free_name(
        name_from(label_of(typed, "label", None) or {}) or typed.get("type", "step").lower(), taken
    )


async def _page(request: Request, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    home, process = home_of(request), opened(request, draft)
    entity = entity_in(draft.definitions, process["of"])
    name, of = request.path_params.get("step", ""), process["name"]
    step = step_in(process, name) if name else None
    if typed is None and step is not None:
        typed = step_typed(step, types_of(entity)) | {"_seen": print_of(step)}
    typed = typed or {}
    sequence = sequence_of(process, name) if name else typed.get("_in", MAIN)
    inputs = Inputs(words, typed, by_input(refusal, words))
    people = await whom(request)
    names = Names(draft, process, words.say, tag)
    title = names.label(step, name) if step is not None else words.say(NEW_STEP)
    form = StepForm(draft, process, entity, inputs, people, earlier(process, sequence, name))
    crumbs = [
        Link(words.say(home.title), home.address),
        Link(names.label(process, of), home.href(of)),
        Link(title, ""),
    ]
    page = EditorPage(
        head=head_of(
            request, draft, title, home.icon, crumbs=crumbs, notices=_notices(draft, process, name, request)
        ),
        title=title,
        form="step-form",
        action=home.href(of, "steps", name) if name else home.href(of, "new-step"),
        cancel_href=home.href(of),
        groups=[Group(parts=form.parts())],
        hidden=[Hidden("_seen", typed.get("_seen", "")), Hidden("_in", typed.get("_in", ""))],
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


def _notices(draft: Drafted, process: Data, name: str, request: Request) -> list[Notice]:
    """What the checks say of the step as the draft has it."""
    words = context_of(request).words
    found = [one for one in findings_of(draft, process, tag_of(request), words) if name and one.step == name]
    return [
        Notice("warn" if one.warning else "bad", words.say(NOT_RIGHT), f"{one.text} {one.hint}".strip())
        for one in found
    ]


async def whom(request: Request) -> People:
    """Whom a form offers by name."""
    context = context_of(request)
    found = await read_people(context.workspace, context.signed_in)
    return People([(one.email, f"{one.name} ({one.email})") for one in found.people], found.teams)
