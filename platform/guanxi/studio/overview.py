"""The first page of Studio: all entities."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import of_release
from guanxi.studio.field_list import CHANGED, NEW
from guanxi.studio.heads import STUDIO, draft_of, entity_href, entity_label, head_of, tag_of
from guanxi.studio.views import Badge, EntityRow, OverviewPage
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed


async def show(request: Request) -> Response:
    """All entities with how many fields each has, and which of them the draft changes."""
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    live = of_release(draft.live)
    touched = {(row.kind, row.name) for row in draft.rows}
    rows = []
    for name, data in draft.entities.items():
        badges = []
        if ("entity", name) not in live:
            badges.append(Badge(words.say(NEW), "ok"))
        elif ("entity", name) in touched:
            badges.append(Badge(words.say(CHANGED), "warn"))
        rows.append(
            EntityRow(
                name=name,
                label=entity_label(draft, name, tag),
                icon=data.get("icon", "box"),
                href=entity_href(name),
                fields=len(data["fields"]),
                badges=badges,
            )
        )
    rows.sort(key=lambda row: row.label)
    head = head_of(request, draft, words.say(STUDIO), "layers")
    return await framed(request, "studio/overview.html", OverviewPage(head=head, entities=rows))
