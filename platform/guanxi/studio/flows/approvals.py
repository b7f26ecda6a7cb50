"""The list of approvals, and making one."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.approvals import KIND, Start, add_approval, start_of
from guanxi.commands.studio.drafting import Definitions, Drafted, of_release
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import Data
from guanxi.commands.studio.stages import stages_in
from guanxi.commands.studio.steps import steps_in
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Conflict, Invalid, Problem, Refused
from guanxi.studio.field_editor import LABEL
from guanxi.studio.field_list import CHANGED, NEW
from guanxi.studio.flows.beginnings import BEGINNINGS, NUMBERS, Beginning
from guanxi.studio.flows.homes import APPROVALS
from guanxi.studio.flows.views import ApprovalRow, ApprovalsPage
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.new_entity import NAME, NEEDS_LABEL
from guanxi.studio.part_views import Group, Part
from guanxi.studio.typed import Typed, label_of, name_from
from guanxi.studio.views import Badge, EditorPage
from guanxi.studio.vocabulary import labels_of, types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Link

NEW_NAME = "new"
ADD = N_("New approval")
WHAT, HOW = N_("What is approved"), N_("How it begins")
RECORDS, BEGIN = N_("Records of"), N_("Begin with")
BUTTON, THROUGH, BACK = (
    N_("Button that starts it"),
    N_("State while it is decided"),
    N_("State when rejected"),
)
NO_BUTTON = N_("These records have no buttons yet. Make one under States, and choose it here then.")
WATCH = N_("Field that it is about")
WATCH_HELP = N_("When it changes while people decide, they are asked again.")
NUMBER, NUMBER_HELP = N_("Number that decides"), N_("Its size says how many levels are asked.")
LIMITS = (N_("Asked above"), N_("Second level above"), N_("Third level above"))
NEEDS_ENTITY, NEEDS_NUMBER = N_("Choose what is approved."), N_("Choose a number.")
NEEDS_LIMITS = N_("Enter three numbers, each above the one before.")
NEEDS_STATES = N_("Choose the states, too.")
NEEDS_WATCH = N_("Choose the field that it is about.")


async def index(request: Request) -> Response:
    """All approvals, and which of them the draft changes."""
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    live, touched = of_release(draft.live), {(row.kind, row.name) for row in draft.rows}
    rows = []
    for (kind, name), data in draft.definitions.items():
        if kind != KIND:
            continue
        badges = []
        if (kind, name) not in live:
            badges.append(Badge(words.say(NEW), "ok"))
        elif (kind, name) in touched:
            badges.append(Badge(words.say(CHANGED), "warn"))
        rows.append(
            ApprovalRow(
                name=name,
                label=say(data.get("label") or humanised(name), tag),
                href=APPROVALS.href(name),
                of=entity_label(draft, data["of"], tag),
                start=buttons_of(draft, data["of"], tag).get(
                    start_of(draft.definitions, data).transition, ""
                ),
                steps=len(list(steps_in(data))),
                badges=badges,
            )
        )
    rows.sort(key=lambda row: row.label)
    head = head_of(request, draft, words.say(APPROVALS.title), "stamp")
    page = ApprovalsPage(head=head, add_href=APPROVALS.href(NEW_NAME), approvals=rows)
    return await framed(request, "studio/approvals.html", page)


async def new(request: Request) -> Response:
    """The form of a new approval."""
    return await _page(request, await draft_of(request), {"of": request.query_params.get("of", "")})


async def add(request: Request) -> Response:
    """The approval is in the draft, or the form says what is wrong or shows what else is needed."""
    draft, typed = await draft_of(request), await read_typed(request)
    if typed.pop("_do", ""):
        return await _page(request, draft, typed)
    name = name_from(label_of(typed, "label", None) or {})
    try:
        _refuse(draft, typed, name)
        approval, tables = BEGINNINGS[typed["begin"]][1](_beginning(draft, typed, name))
        start = Start(*(typed.get(key, "") for key in ("start", "through", "back")))

        def change(definitions: Definitions) -> None:
            add_approval(definitions, approval, tables, start)

        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Invalid, Conflict) as refusal:
        return await _page(request, draft, typed, refusal)
    return onward(APPROVALS.href(name), "drafted")


def buttons_of(draft: Drafted, entity: str, tag: str) -> dict[str, str]:
    """The buttons of an entity's records that change their state, with what they are called."""
    stages = stages_in(draft.definitions, entity) or {"transitions": {}}
    return {
        name: say(one.get("label") or humanised(name), tag) for name, one in stages["transitions"].items()
    }


def start_inputs(draft: Drafted, inputs: Inputs, entity: str) -> list[Input]:
    """The button that starts an approval, with the states around it."""
    tag = inputs.words.language.tag
    buttons = buttons_of(draft, entity, tag)
    stages = stages_in(draft.definitions, entity) or {"states": []}
    states = [(one["name"], say(one.get("label") or humanised(one["name"]), tag)) for one in stages["states"]]
    shown = [inputs.choice("start", BUTTON, list(buttons.items()), help_="" if buttons else NO_BUTTON)]
    if buttons:
        shown += [inputs.choice("through", THROUGH, states), inputs.choice("back", BACK, states)]
    return shown


def refuse_start(typed: Mapping[str, str]) -> list[Problem]:
    """What is missing of the button that starts an approval."""
    missing = [key for key in ("through", "back") if typed.get("start") and not typed.get(key)]
    return [Problem(f"/{key}", "required", NEEDS_STATES) for key in missing]


def _beginning(draft: Drafted, typed: Typed, name: str) -> Beginning:
    calendars = [one for kind, one in draft.definitions if kind == "calendar"]
    return Beginning(
        of=typed["of"],
        name=name,
        label=label_of(typed, "label", None) or {},
        watch=typed.get("watch", ""),
        number=typed.get("number", ""),
        type=types_of(draft.entities[typed["of"]]).get(typed.get("number", ""), ""),
        called=draft.entities[typed["of"]]["fields"].get(typed.get("number", ""), {}).get("label", {}),
        limits=tuple(typed.get(f"limit.{place}", "").strip() for place in range(len(LIMITS))),
        calendar=min(calendars, default=""),
        roles=tuple(one for kind, one in draft.definitions if kind == "role"),
    )


def _refuse(draft: Drafted, typed: Typed, name: str) -> None:
    problems = refuse_start(typed)
    if not NAME.fullmatch(name) or name == NEW_NAME:
        problems.append(Problem("/label.en", "required", NEEDS_LABEL))
    if typed.get("of") not in draft.entities:
        problems.append(Problem("/of", "required", NEEDS_ENTITY))
    if typed.get("begin") == "levels":
        if not typed.get("number"):
            problems.append(Problem("/number", "required", NEEDS_NUMBER))
        if not _rising([typed.get(f"limit.{place}", "").strip() for place in range(len(LIMITS))]):
            problems.append(Problem("/limit.0", "limits", NEEDS_LIMITS))
    elif not typed.get("watch"):
        problems.append(Problem("/watch", "required", NEEDS_WATCH))
    if problems:
        raise Invalid(problems[0].message, problems)


def _rising(limits: list[str]) -> bool:
    whole = [one.removeprefix("-") for one in limits]
    if not all(one.replace(".", "", 1).isdecimal() and one.isascii() for one in whole):
        return False
    sizes = [float(one) for one in limits]
    return sizes == sorted(set(sizes))


async def _page(request: Request, draft: Drafted, typed: Typed, refusal: Refused | None = None) -> Response:
    words, tag = context_of(request).words, tag_of(request)
    typed = {"begin": next(iter(BEGINNINGS)), **typed}
    inputs = Inputs(words, typed, by_input(refusal, words))
    entities = sorted(
        ((name, entity_label(draft, name, tag)) for name in draft.entities), key=lambda it: it[1]
    )
    what = [
        *inputs.label("label", LABEL, required=True),
        inputs.choice("of", RECORDS, entities, required=True),
    ]
    parts = [Part(title=words.say(WHAT), inputs=what, refresh=True)]
    if typed.get("of") in draft.entities:
        begins = [(key, words.say(text)) for key, (text, _) in BEGINNINGS.items()]
        how = [inputs.choice("begin", BEGIN, begins, first=True)]
        how += _of_numbers(draft, inputs) if typed["begin"] == "levels" else [_watched(draft, inputs)]
        parts.append(Part(title=words.say(HOW), inputs=how, refresh=True))
        parts.append(Part(title=words.say(BUTTON), inputs=start_inputs(draft, inputs, typed["of"])))
    title = words.say(ADD)
    page = EditorPage(
        head=head_of(
            request,
            draft,
            title,
            "stamp",
            crumbs=[Link(words.say(APPROVALS.title), APPROVALS.address), Link(title, "")],
        ),
        title=title,
        form="approval-form",
        action=APPROVALS.href(NEW_NAME),
        cancel_href=APPROVALS.address,
        groups=[Group(parts=parts)],
        hidden=(),
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


def _watched(draft: Drafted, inputs: Inputs) -> Input:
    entity, tag = _entity(draft, inputs), inputs.words.language.tag
    return inputs.choice(
        "watch", WATCH, list(labels_of(entity, "", tag).items()), required=True, help_=WATCH_HELP
    )


def _of_numbers(draft: Drafted, inputs: Inputs) -> list[Input]:
    entity, tag = _entity(draft, inputs), inputs.words.language.tag
    types, labels = types_of(entity), labels_of(entity, "", tag)
    offered = [(one, labels[one]) for one, type_ in types.items() if type_ in NUMBERS]
    limits = [inputs.text(f"limit.{place}", text, "decimal") for place, text in enumerate(LIMITS)]
    return [inputs.choice("number", NUMBER, offered, required=True, help_=NUMBER_HELP), *limits]


def _entity(draft: Drafted, inputs: Inputs) -> Data:
    found: Data = draft.entities[inputs.typed["of"]]
    return found
