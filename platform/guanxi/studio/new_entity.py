"""A new entity: what it is called, what names its records, who may work with it, where it is found."""

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.entities import add_entity, new_entity
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem, Refused
from guanxi.studio.field_editor import API_NAME, NAME_HELP
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_href, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.part_views import Grid, GridRow, Group, Part
from guanxi.studio.typed import TAGS, Typed, label_of, labels_typed, name_from
from guanxi.studio.views import EditorPage
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Link

NEW_ENTITY = N_("New entity")
CALLED, WORKED, FOUND = N_("What it is called"), N_("Who works with it"), N_("Where it is found")
LABEL, PLURAL, ICON = N_("Label"), N_("Label of several"), N_("Icon")
ICON_HELP = N_("The name of a Lucide icon, such as box or truck.")
TITLE = N_("Field that names a record")
OWNED = N_("Its records belong to somebody")
USUAL_TITLE = {"en": "Name", "zh-CN": "名称"}
"""What the naming field of most entities is called."""
ROLE, SHARE = N_("Role"), N_("May")
SHARE_WORDS = {
    "": N_("Nothing"),
    "read": N_("Read all"),
    "own": N_("Work with own"),
    "all": N_("Work with all"),
}
GROUP, NO_GROUP = N_("Group of the navigation"), N_("Not in the navigation")
NEEDS_LABEL = N_("Give it a label in English.")
NEEDS_NAME = N_("Give it an API name: small letters, digits and _.")
NEEDS_TITLE = N_("Say in English what the field is called that names a record.")
NEEDS_OWNER = N_("To work with own records, they have to belong to somebody. Tick that, or choose otherwise.")
NAME = re.compile(r"(?!.*__)[a-z][a-z0-9_]{0,50}")


async def show(request: Request) -> Response:
    """The form of a new entity."""
    draft = await draft_of(request)
    tag = tag_of(request)
    groups = [key for key, _ in _groups(draft, tag)]
    typed = {"icon": "box", "owned": "true", "group": groups[0] if groups else ""}
    typed |= labels_typed("title", USUAL_TITLE)
    return await _page(request, draft, typed)


async def add(request: Request) -> Response:
    """The entity is in the draft, or the form says what is wrong."""
    draft, typed = await draft_of(request), await read_typed(request)
    label = label_of(typed, "label", None) or {}
    title = label_of(typed, "title", None) or {}
    name = typed.get("name", "").strip() or name_from(label)
    shares = {role: typed.get(f"share.{role}", "") for role in _roles(draft)}
    try:
        _refuse(typed, name, shares)
        labels = {
            key: value
            for key, value in (
                ("label", label),
                ("plural", label_of(typed, "plural", None)),
                ("icon", typed.get("icon", "").strip()),
            )
            if value
        }
        naming = name_from(title) or "name"
        data = new_entity(name, labels, (naming, title), owned=typed.get("owned") == "true")

        def change(definitions: Definitions) -> None:
            add_entity(definitions, data, shares, typed.get("group", ""))

        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Invalid, Conflict, NotFound) as refusal:
        return await _page(request, draft, typed, refusal)
    return onward(entity_href(name), "drafted")


async def _page(request: Request, draft: Drafted, typed: Typed, refusal: Refused | None = None) -> Response:
    words, tag = context_of(request).words, tag_of(request)
    inputs = Inputs(words, typed, by_input(refusal, words))
    called = [
        *inputs.label("label", LABEL, required=True),
        *inputs.label("plural", PLURAL),
        inputs.text("name", API_NAME, help_=NAME_HELP),
        inputs.text("icon", ICON, help_=ICON_HELP),
        *inputs.label("title", TITLE, required=True),
        inputs.text("owned", OWNED, "boolean"),
    ]
    offered = [(key, words.say(text)) for key, text in SHARE_WORDS.items()]
    rows = [
        GridRow(label=label, inputs=[inputs.choice(f"share.{role}", SHARE, offered, first=True)])
        for role, label in _roles(draft, tag).items()
    ]
    grid = Grid(label=words.say(ROLE), columns=[words.say(SHARE)], rows=rows)
    groups = [("", words.say(NO_GROUP)), *_groups(draft, tag)]
    title = words.say(NEW_ENTITY)
    page = EditorPage(
        head=head_of(request, draft, title, "plus", crumbs=[Link(title, "")]),
        title=title,
        form="entity-form",
        action="/studio/new-entity",
        cancel_href="/studio",
        groups=[
            Group(
                parts=[
                    Part(title=words.say(CALLED), inputs=called),
                    Part(title=words.say(WORKED), grid=grid),
                    Part(title=words.say(FOUND), inputs=[inputs.choice("group", GROUP, groups, first=True)]),
                ]
            )
        ],
        hidden=(),
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


def _refuse(typed: Typed, name: str, shares: Typed) -> None:
    problems = []
    if not typed.get(f"label.{TAGS[0]}", "").strip():
        problems.append(Problem(f"/label.{TAGS[0]}", "required", NEEDS_LABEL))
    elif not NAME.fullmatch(name):
        problems.append(Problem("/name", "required", NEEDS_NAME))
    if not typed.get(f"title.{TAGS[0]}", "").strip():
        problems.append(Problem(f"/title.{TAGS[0]}", "required", NEEDS_TITLE))
    if typed.get("owned") != "true":
        problems += [
            Problem(f"/share.{role}", "own", NEEDS_OWNER) for role, share in shares.items() if share == "own"
        ]
    if problems:
        raise Invalid(problems[0].message, problems)


def _roles(draft: Drafted, tag: str = TAGS[0]) -> dict[str, str]:
    return {
        name: say(data.get("label") or humanised(name), tag)
        for (kind, name), data in draft.definitions.items()
        if kind == "role"
    }


def _groups(draft: Drafted, tag: str) -> Iterator[tuple[str, str]]:
    for (kind, name), data in draft.definitions.items():
        if kind == "pack":
            for group in data.get("navigation", ()):
                yield f"{name}/{group['name']}", say(group["label"], tag)
