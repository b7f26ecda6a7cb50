"""An approval or automation in Studio: the flow, its steps in their order, and what checks say of each."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.approvals import start_of
from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import CHANGED, Data
from guanxi.commands.studio.processes import APPROVAL, process_in, put_process
from guanxi.commands.studio.steps import MAIN, branches_in, press, sequences
from guanxi.definitions.flow.steps import OTHERWISE
from guanxi.errors import N_, Conflict, NotFound, Refused, Text
from guanxi.studio.flows.approvals import buttons_of
from guanxi.studio.flows.beginning_words import BEGINS
from guanxi.studio.flows.drawing import drawn
from guanxi.studio.flows.findings import Finding, findings_of
from guanxi.studio.flows.homes import Home, home_of, opened
from guanxi.studio.flows.views import ProcessPage, StepBranch, StepRow, StepSequence
from guanxi.studio.flows.words import TYPES, Names
from guanxi.studio.forms import read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_label, head_of, tag_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.pages.flow_view import ELSE
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.values import Hidden, Link

RECORDS, STARTED, NEEDED = N_("Records of"), N_("Started by"), N_("Needed where")
NOTHING_STARTS, ALWAYS = N_("nothing yet"), N_("always")
BEGUN, ONLY, STATE, ON, OFF = N_("Begins when"), N_("Only where"), N_("State"), N_("On"), N_("Off")
DEADLINES: Mapping[str, Text] = {
    "remind": N_("Reminds after {span}"),
    "escalate": N_("Asks others, too, after {span}"),
    "reassign": N_("Asks others instead after {span}"),
    "approve": N_("Counts as approved after {span}"),
    "reject": N_("Counts as rejected after {span}"),
}


async def show(request: Request) -> Response:
    """The process as the draft has it."""
    return await _page(request)


async def save(request: Request) -> Response:
    """A button moved or removed a step; it is in the draft at once, so that the checks judge it."""
    home, typed = home_of(request), await read_typed(request)
    name = request.path_params[home.kind]
    seen, button = typed.get("_seen", ""), typed.get("_do", "")

    def change(definitions: Definitions) -> None:
        data = process_in(definitions, home.kind, name)
        if print_of(data) != seen:
            raise Conflict(CHANGED)
        press(data, button)
        put_process(definitions, data, print_of(data))

    try:
        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Conflict, NotFound) as refusal:
        return await _page(request, refusal)
    return onward(home.href(name))


async def _page(request: Request, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    home, data = home_of(request), opened(request, draft)
    name = data["name"]
    names = Names(draft, data, words.say, tag)
    findings = findings_of(draft, data, tag, words)
    title = names.label(data, name)
    crumbs = [Link(words.say(home.title), home.address), Link(title, "")]
    wrong = {one.step for one in findings}
    page = ProcessPage(
        head=head_of(request, draft, title, home.icon, crumbs=crumbs),
        title=title,
        action=home.href(name),
        flow=drawn(
            data, names, wrong, lambda step: home.href(name, "steps", step), _start(draft, data, words)
        ),
        steps=_Steps(home, data, names, findings, words).sequence(MAIN),
        findings=[one for one in findings if not one.step],
        checked=draft.catalog is not None and all(one.warning for one in findings),
        facts=[
            (words.say(RECORDS), entity_label(draft, data["of"], tag)),
            *_facts(draft, data, names, words),
        ],
        settings_href=home.href(name, "settings"),
        try_href=home.href(name, "try") if home.kind == APPROVAL else "",
        hidden=[Hidden("_seen", print_of(data))],
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/process.html", page, refusal.status if refusal else 200)


def _start(draft: Drafted, data: Data, words: Catalog) -> str:
    """The button that starts an approval, or what an automation begins with."""
    if data["kind"] == APPROVAL:
        button = start_of(draft.definitions, data).transition
        return buttons_of(draft, data["of"], words.language.tag).get(button, "")
    return next((words.say(text) for key, text in BEGINS.items() if key in data["on"]), "")


def _facts(draft: Drafted, data: Data, names: Names, words: Catalog) -> list[tuple[str, str]]:
    """What holds of the whole."""
    start, say = _start(draft, data, words), words.say
    if data["kind"] == APPROVAL:
        return [
            (say(STARTED), start or say(NOTHING_STARTS)),
            (say(NEEDED), names.condition(data.get("when", "")) or say(ALWAYS)),
        ]
    said = (names.condition(data[key]) for key in ("where", "when") if data.get(key))
    only = "; ".join(said)
    return [
        (say(BEGUN), start),
        (say(ONLY), only or say(ALWAYS)),
        (say(STATE), say(ON if data.get("active", True) else OFF)),
    ]


class _Steps:
    """Lists the steps of a process."""

    def __init__(
        self, home: Home, data: Data, names: Names, findings: Sequence[Finding], words: Catalog
    ) -> None:
        self.home, self.data, self.names, self.findings, self.words = home, data, names, findings, words
        self.lists = sequences(data)

    def sequence(self, key: str) -> StepSequence:
        """The steps of one sequence."""
        add = f"{self.home.href(self.data['name'], 'new-step')}?in={key}"
        rows = [self._row(index, step) for index, step in enumerate(self.lists[key])]
        return StepSequence(name=key, rows=rows, add_href=add)

    def _row(self, index: int, step: Data) -> StepRow:
        kind, icon = TYPES[step["type"]]
        deadlines = [
            self.words.say(DEADLINES[one["do"]](span=self.names.span(one["after"])))
            for one in step.get("deadlines", ())
            if isinstance(one["after"], str)
        ]
        return StepRow(
            index=index,
            name=step["name"],
            label=self.names.label(step, step["name"]),
            kind=self.words.say(kind),
            icon=icon,
            href=self.home.href(self.data["name"], "steps", step["name"]),
            people=self.names.people(step.get("by", ())),
            when=self.names.condition(step.get("when", "")) if step["type"] != "wait" else "",
            deadlines=deadlines,
            findings=[one for one in self.findings if one.step == step["name"]],
            branches=[
                StepBranch(
                    label=self.words.say(ELSE)
                    if branch["name"] == OTHERWISE
                    else self.names.label(branch, branch["name"]),
                    when=self.names.condition(branch.get("when", "")),
                    steps=self.sequence(key),
                )
                for key, branch, _ in branches_in(step)
            ],
        )
