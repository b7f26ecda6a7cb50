"""A new automation, and what holds of the whole of one: what begins it, how it runs, what ends it."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import Data, entity_in
from guanxi.commands.studio.processes import AUTOMATION, add_process, put_process
from guanxi.commands.studio.steps import steps_in
from guanxi.definitions.extension_paths import segments
from guanxi.errors import N_, Conflict, Invalid, Problem, Refused
from guanxi.studio.effects_editor import EffectsForm
from guanxi.studio.effects_typed import effects_of
from guanxi.studio.flows.approvals import RECORDS, buttons_of
from guanxi.studio.flows.automation_form import AutomationForm
from guanxi.studio.flows.automation_typed import PEOPLE, automation_of, automation_typed
from guanxi.studio.flows.homes import AUTOMATIONS, opened
from guanxi.studio.flows.rules import PEOPLE_TITLE, PEOPLE_WORDS, RULES
from guanxi.studio.flows.step_editor import StepForm
from guanxi.studio.flows.steps import whom
from guanxi.studio.flows.words import Names
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_label, head_of, spot_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.new_entity import NAME, NEEDS_LABEL
from guanxi.studio.part_views import Group, Part
from guanxi.studio.pressing import pressed
from guanxi.studio.typed import TAGS, Typed, label_of, name_from
from guanxi.studio.views import EditorPage
from guanxi.studio.vocabulary import types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link

ADD = N_("New automation")
NEW_NAME = "new"
NEEDS_ENTITY = N_("Choose whose records it is about.")
FIRST_STEP = N_("What happens at once")
FIRST_HELP = N_("Waits, tasks and branches follow as steps, once the automation is there.")


async def new(request: Request) -> Response:
    """The form of a new automation."""
    of = request.query_params.get("of", "")
    return await _new_page(request, await draft_of(request), {"of": of, "active": "true"})


async def add(request: Request) -> Response:
    """The automation is in the draft, or the form says what is wrong or shows what else is needed."""
    draft, typed = await draft_of(request), await read_typed(request)
    known = typed.get("of") in draft.entities
    types = types_of(draft.entities[typed["of"]]) if known else {}
    if typed.get("_do"):
        return await _new_page(request, draft, pressed(typed, typed.pop("_do"), types))
    try:
        name = _refuse_new(typed, known=known)
        effects = effects_of(typed, "effects", (), types)
        label = label_of(typed, "label", None)
        first = {"name": "first", "type": "do", "label": label, "effects": effects}
        steps = [first] if effects else []
        begun = {"kind": AUTOMATION, "name": name, "of": typed["of"], "on": {}, "steps": steps}
        data = automation_of(typed, begun, types)
        await edit_draft(
            context_of(request).workspace,
            context_of(request).signed_in,
            lambda definitions: add_process(definitions, data),
        )
    except (Invalid, Conflict) as refusal:
        return await _new_page(request, draft, typed, refusal)
    return onward(AUTOMATIONS.href(name), "drafted")


async def show(request: Request) -> Response:
    """The form of what holds of the whole."""
    return await _page(request, None)


async def save(request: Request) -> Response:
    """It is kept in the draft, or the form says what is wrong or shows what a button did."""
    draft, typed = await draft_of(request), await read_typed(request)
    before = opened(request, draft)
    types = types_of(entity_in(draft.definitions, before["of"]))
    if typed.get("_do"):
        return await _page(request, pressed(typed, typed.pop("_do"), types))
    try:
        _refuse_unnamed(typed)
        data = automation_of(typed, before, types)

        def change(definitions: Definitions) -> None:
            put_process(definitions, data, typed.get("_seen", ""))

        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    return onward(AUTOMATIONS.href(before["name"]), "drafted")


def _refuse_unnamed(typed: Typed) -> None:
    if not typed.get(f"label.{TAGS[0]}", "").strip():
        raise Invalid(NEEDS_LABEL, [Problem(f"/label.{TAGS[0]}", "required", NEEDS_LABEL)])


def _refuse_new(typed: Typed, *, known: bool) -> str:
    """The name of the new automation; refused without a label or an entity."""
    name = name_from(label_of(typed, "label", None) or {})
    problems = []
    if not NAME.fullmatch(name) or name == NEW_NAME:
        problems.append(Problem("/label.en", "required", NEEDS_LABEL))
    if not known:
        problems.append(Problem("/of", "required", NEEDS_ENTITY))
    if problems:
        raise Invalid(problems[0].message, problems)
    return name


async def _new_page(
    request: Request, draft: Drafted, typed: Typed, refusal: Refused | None = None
) -> Response:
    words, tag = context_of(request).words, tag_of(request)
    inputs = Inputs(words, typed, by_input(refusal, words))
    offered = [(name, entity_label(draft, name, tag)) for name in draft.entities]
    of = inputs.choice("of", RECORDS, sorted(offered, key=lambda it: it[1]), required=True)
    entity: Data | None = draft.entities.get(typed.get("of", ""))
    if entity is None:
        names = AutomationForm(draft, {"name": "", "fields": {}}, inputs).basics(of)
        parts = [Part(title=names.title, inputs=names.inputs, refresh=True)]
    else:
        form = AutomationForm(draft, entity, inputs)
        buttons = buttons_of(draft, entity["name"], tag)
        effects = EffectsForm(draft, entity, inputs, buttons).editor("effects", FIRST_STEP)
        first = Part(title=words.say(FIRST_STEP), note=words.say(FIRST_HELP), effects=effects)
        parts = [form.basics(of), form.begins(), first, form.runs()]
    title = words.say(ADD)
    crumbs = [Link(words.say(AUTOMATIONS.title), AUTOMATIONS.address), Link(title, "")]
    page = EditorPage(
        head=head_of(request, draft, title, AUTOMATIONS.icon, crumbs=crumbs),
        title=title,
        form="automation-form",
        action=AUTOMATIONS.href(NEW_NAME),
        cancel_href=AUTOMATIONS.address,
        groups=[Group(parts=parts)],
        hidden=(),
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


async def _page(request: Request, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    automation = opened(request, draft)
    name, entity = automation["name"], entity_in(draft.definitions, automation["of"])
    stands = typed is None
    if typed is None:
        typed = automation_typed(automation, types_of(entity)) | {"_seen": print_of(automation)}
    problems = _problems(draft, automation) if stands else by_input(refusal, words)
    inputs = Inputs(words, typed, problems)
    form = AutomationForm(draft, entity, inputs)
    powers = StepForm(draft, automation, entity, inputs, await whom(request), list(steps_in(automation)))
    people = Part(
        title=words.say(PEOPLE_TITLE),
        lists=[powers.who.editor(key, PEOPLE_WORDS[key], folded=True) for key in PEOPLE],
    )
    crumb = Names(draft, automation, words.say, tag).label(automation, name)
    crumbs = [
        Link(words.say(AUTOMATIONS.title), AUTOMATIONS.address),
        Link(crumb, AUTOMATIONS.href(name)),
        Link(words.say(RULES), ""),
    ]
    page = EditorPage(
        head=head_of(request, draft, crumb, AUTOMATIONS.icon, crumbs=crumbs),
        title=crumb,
        form="automation-form",
        action=AUTOMATIONS.href(name, "settings"),
        cancel_href=AUTOMATIONS.href(name),
        groups=[
            Group(parts=[form.basics(), form.begins(), form.runs(), form.exits(), powers.powers(), people])
        ],
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


def _problems(draft: Drafted, automation: Data) -> Mapping[str, str]:
    """What the checks say of the automation as the draft has it, by the input that it is about."""
    found: dict[str, str] = {}
    names = [one["name"] for one in automation.get("exits", ())]
    for problem in draft.problems:
        spot = spot_of(draft, problem)
        parts = segments(spot.path)
        if (spot.kind, spot.name) != (AUTOMATION, automation["name"]) or not parts:
            continue
        if parts[0] == "exits" and parts[1:2] and parts[1] in names:
            at = f"exits.{names.index(parts[1])}.{parts[2] if parts[2:] else 'when'}"
        else:
            at = ".".join(parts[:2]) if parts[0] == "on" else parts[0]
        said = f"{problem.message} {problem.hint}".strip()
        for one in _INPUTS.get(at, (at,)):
            found.setdefault(one, said)
    return found


_INPUTS: Mapping[str, tuple[str, ...]] = {
    "on": ("on.kind",),
    "on.every": ("on.every.amount",),
    "on.before": ("on.span.amount",),
    "on.after": ("on.span.amount",),
    "on.decided": ("on.approval",),
    "on.changed": ("on.kind",),
}
"""The inputs that say what a path of a definition says, where they are called otherwise."""
