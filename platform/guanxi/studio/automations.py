"""Automations: the list with how they run, and whether they begin at all."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.automations.list_automations import AutomationView, Stopped, list_automations
from guanxi.commands.studio.drafting import Definitions, Drafted, of_release
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.processes import AUTOMATION, process_in
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_
from guanxi.studio.automation_views import AutomationRow, AutomationsPage, StoppedRow
from guanxi.studio.field_list import CHANGED as TOUCHED
from guanxi.studio.field_list import NEW
from guanxi.studio.flows.automation import NEW_NAME
from guanxi.studio.flows.beginning_words import BEGINS
from guanxi.studio.flows.homes import AUTOMATIONS
from guanxi.studio.heads import draft_of, entity_label, head_of, tag_of
from guanxi.studio.views import Badge
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.catalogs import Catalog

OFF, STATE = N_("Off"), {"done": N_("Done"), "running": N_("Running"), "cancelled": N_("Ended early")}
RUNS, OPEN = N_("{count}, {open} open"), N_("{person} → {chain}")
SOMEBODY, TIME = N_("A person"), N_("A time")


async def index(request: Request) -> Response:
    """All automations of the draft, with how the live ones run."""
    draft, context, tag = await draft_of(request), context_of(request), tag_of(request)
    view = await list_automations(context.workspace, context.signed_in)
    running = {one.automation.name: one for one in view.automations}
    automations = {name: data for (kind, name), data in draft.definitions.items() if kind == "automation"}
    rows = [
        _row(draft, context.words, tag, data, running.get(name)) for name, data in sorted(automations.items())
    ]
    labels = {row.name: row.label for row in rows}
    page = AutomationsPage(
        head=head_of(request, draft, context.words.say(AUTOMATIONS.title), AUTOMATIONS.icon),
        add_href=AUTOMATIONS.href(NEW_NAME),
        automations=rows,
        stopped=[_stopped(context.words, labels, one) for one in view.stopped],
    )
    return await framed(request, "studio/automations.html", page)


async def turn(request: Request) -> Response:
    """Turn one on or off, in the draft."""
    context, name = context_of(request), request.path_params["automation"]
    active = (await small_form(request, "active"))["active"] == "true"

    def edit(definitions: Definitions) -> None:
        data = process_in(definitions, AUTOMATION, name)
        definitions["automation", name] = {**data, "active": active}

    await edit_draft(context.workspace, context.signed_in, edit)
    return onward(AUTOMATIONS.address, "drafted")


def _row(
    draft: Drafted, words: Catalog, tag: str, data: Mapping[str, Any], run: AutomationView | None
) -> AutomationRow:
    name, active = data["name"], data.get("active", True)
    newest = run.newest[0] if run is not None and run.newest else None
    badges = [] if active else [Badge(words.say(OFF), "neutral")]
    if ("automation", name) not in of_release(draft.live):
        badges.append(Badge(words.say(NEW), "ok"))
    elif ("automation", name) in {(row.kind, row.name) for row in draft.rows}:
        badges.append(Badge(words.say(TOUCHED), "warn"))
    begins = next((words.say(text) for key, text in BEGINS.items() if key in data["on"]), "")
    return AutomationRow(
        name=name,
        label=say(data.get("label") or humanised(name), tag),
        help=say(data.get("help") or {}, tag),
        of=entity_label(draft, data["of"], tag),
        begins=begins,
        runs=words.say(RUNS(count=run.runs, open=run.open)) if run is not None else "",
        badges=badges,
        last=newest.started_at if newest is not None else None,
        last_state=words.say(STATE[newest.status]) if newest is not None and newest.status in STATE else "",
        next=run.next if run is not None else None,
        failed=len(run.failed) if run is not None else 0,
        href=AUTOMATIONS.href(name),
        toggle=AUTOMATIONS.href(name, "turn"),
        active=active,
    )


def _stopped(words: Catalog, labels: dict[str, str], one: Stopped) -> StoppedRow:
    names = [labels.get(link.automation, link.automation) for link in one.chain if link.automation]
    first = SOMEBODY if one.chain and one.chain[0].event.actor_id is not None else TIME
    chain = " → ".join([*names, labels.get(one.automation, one.automation)])
    return StoppedRow(
        label=labels.get(one.automation, one.automation),
        href=f"/records/{one.entity}/{one.record_id}",
        at=one.at,
        chain=words.say(OPEN(person=words.say(first), chain=chain)),
    )
