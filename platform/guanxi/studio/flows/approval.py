"""An approval in Studio: the flow, its steps in their order, and what the checks say beside each."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.approvals import approval_in, put_approval, start_of
from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import CHANGED, Data
from guanxi.commands.studio.steps import MAIN, branches_in, press, sequences
from guanxi.definitions.flow.steps import OTHERWISE
from guanxi.errors import N_, Conflict, NotFound, Refused, Text
from guanxi.studio.flows.approvals import HOME, TITLE, approval_href, buttons_of
from guanxi.studio.flows.drawing import drawn
from guanxi.studio.flows.findings import Finding, findings_of
from guanxi.studio.flows.views import ApprovalPage, StepBranch, StepRow, StepSequence
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
DEADLINES: Mapping[str, Text] = {
    "remind": N_("Reminds after {span}"),
    "escalate": N_("Asks others, too, after {span}"),
    "reassign": N_("Asks others instead after {span}"),
    "approve": N_("Counts as approved after {span}"),
    "reject": N_("Counts as rejected after {span}"),
}


async def show(request: Request) -> Response:
    """The approval as the draft has it."""
    return await _page(request)


async def save(request: Request) -> Response:
    """A button moved or removed a step; it is in the draft at once, so that the checks judge it."""
    name, typed = request.path_params["approval"], await read_typed(request)
    seen, button = typed.get("_seen", ""), typed.get("_do", "")

    def change(definitions: Definitions) -> None:
        data = approval_in(definitions, name)
        if print_of(data) != seen:
            raise Conflict(CHANGED)
        press(data, button)
        put_approval(definitions, data, print_of(data))

    try:
        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Conflict, NotFound) as refusal:
        return await _page(request, refusal)
    return onward(approval_href(name))


async def _page(request: Request, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    name = request.path_params["approval"]
    data = approval_in(draft.definitions, name)
    names = Names(draft, data, words.say, tag)
    findings = findings_of(draft, data, tag, words)
    start = start_of(draft.definitions, data)
    button = buttons_of(draft, data["of"], tag).get(start.transition, "")
    title = names.label(data, name)
    page = ApprovalPage(
        head=head_of(request, draft, title, "stamp", crumbs=[Link(words.say(TITLE), HOME), Link(title, "")]),
        title=title,
        action=approval_href(name),
        flow=drawn(data, names, {one.step for one in findings}, lambda step: step_href(name, step), button),
        steps=_Steps(data, names, findings, words).sequence(MAIN),
        findings=[one for one in findings if not one.step],
        checked=draft.catalog is not None and all(one.warning for one in findings),
        facts=[
            (words.say(RECORDS), entity_label(draft, data["of"], tag)),
            (words.say(STARTED), button or words.say(NOTHING_STARTS)),
            (words.say(NEEDED), names.condition(data.get("when", "")) or words.say(ALWAYS)),
        ],
        settings_href=approval_href(name, "settings"),
        try_href=approval_href(name, "try"),
        hidden=[Hidden("_seen", print_of(data))],
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/approval.html", page, refusal.status if refusal else 200)


def step_href(approval: str, step: str, *rest: str) -> str:
    """The address of a step in Studio."""
    return approval_href(approval, "steps", step, *rest)


class _Steps:
    """Lists the steps of an approval."""

    def __init__(self, data: Data, names: Names, findings: Sequence[Finding], words: Catalog) -> None:
        self.data, self.names, self.findings, self.words = data, names, findings, words
        self.lists = sequences(data)

    def sequence(self, key: str) -> StepSequence:
        """The steps of one sequence."""
        add = f"{approval_href(self.data['name'], 'new-step')}?in={key}"
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
            href=step_href(self.data["name"], step["name"]),
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
