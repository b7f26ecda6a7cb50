"""The top of Studio's pages, and where problems of the draft are mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.read_draft import read_draft
from guanxi.definitions.extension import KIND
from guanxi.definitions.extension_paths import path_at, path_of, segments
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, DefinitionProblem
from guanxi.studio.views import Head, Tab, Trouble
from guanxi.web.context import context_of
from guanxi.web.rendering.views.values import Link, Notice

STUDIO = N_("Studio")
FIELDS, LAYOUTS, RULES = N_("Fields"), N_("Layouts"), N_("Rules")
STAGES, ACTIONS = N_("States"), N_("Buttons")
ACCESS, SETTINGS = N_("Access"), N_("Settings")
CLASH = N_("A release has changed the same as the draft")
CLASH_MORE = N_(
    "What the draft says of it is left out. Discard it under Publish, then make the change again."
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a definition."""

    kind: str
    name: str
    path: str


async def draft_of(request: Request) -> Drafted:
    """The draft, for who may change the configuration."""
    context = context_of(request)
    return await read_draft(context.workspace, context.signed_in)


def tag_of(request: Request) -> str:
    """The reader's language."""
    return context_of(request).words.language.tag


def entity_label(draft: Drafted, name: str, tag: str) -> str:
    """What an entity is called."""
    data = draft.entities.get(name, {})
    return say(data.get("label") or humanised(name), tag)


def field_label(draft: Drafted, entity: str, path: str, tag: str) -> str:
    """What a field is called; its name where it brings no label."""
    data = draft.entities.get(entity, {})
    for part in path.split("."):
        data = (data.get("fields") or {}).get(part, {})
    return say(data.get("label") or humanised(path.rpartition(".")[2]), tag)


def entity_href(entity: str, *rest: str) -> str:
    """The address of an entity in Studio, or of a part of it."""
    return "/".join(["/studio/entities", entity, *rest])


def head_of(
    request: Request,
    draft: Drafted,
    title: str,
    icon: str,
    *,
    crumbs: Sequence[Link] = (),
    entity: str = "",
    tab: str = "",
    notices: Sequence[Notice] = (),
) -> Head:
    """The head of a page; with an `entity`, the tabs of its parts."""
    words, tag = context_of(request).words, tag_of(request)
    clash = (Notice("warn", words.say(CLASH), words.say(CLASH_MORE)),) if draft.clashes else ()
    trail = [Link(words.say(STUDIO), "/studio")]
    if entity and crumbs:
        trail.append(Link(entity_label(draft, entity, tag), entity_href(entity)))
    return Head(
        title=title,
        icon=icon,
        breadcrumb=[*trail, *(crumbs or ([Link(title, "")] if title != trail[0].label else []))],
        changes=len(draft.changes),
        tabs=_tabs(request, draft, entity, tab) if entity else (),
        preview_href=entity_href(entity, "preview") if entity and entity in draft.entities else "/studio",
        notices=(*clash, *notices),
        troubles=[trouble_of(draft, one, tag) for one in draft.problems],
    )


def trouble_of(draft: Drafted, problem: DefinitionProblem, tag: str) -> Trouble:
    """A problem of the draft in the reader's sight."""
    spot = spot_of(draft, problem)
    where, href = f"{spot.kind} {spot.name}", "/studio/publish"
    parts = segments(spot.path)
    if spot.kind == "entity" and spot.name in draft.entities:
        where, href = entity_label(draft, spot.name, tag), entity_href(spot.name)
        path = field_of_path(spot.path)
        if path:
            where = f"{where} › {field_label(draft, spot.name, path, tag)}"
            href = entity_href(spot.name, "fields", path)
        elif parts[:1] == ("constraints",):
            href = entity_href(spot.name, "rules")
        elif parts[:1] != ("fields",):
            href = entity_href(spot.name, "settings")
    if spot.kind in ("stages", "action") and (spot.kind, spot.name) in draft.definitions:
        of = str(draft.definitions[spot.kind, spot.name].get("of", ""))
        where = entity_label(draft, of, tag)
        href = entity_href(of, *(("stages",) if spot.kind == "stages" else ("actions", spot.name)))
    if spot.kind == "role" and ("role", spot.name) in draft.definitions:
        role = draft.definitions["role", spot.name]
        where = say(role.get("label") or humanised(spot.name), tag)
        below = parts[1:2] if parts[:1] == ("grants",) else ()
        href = "/".join(("/studio/roles", spot.name, *below))
    if spot.kind == "decision" and ("decision", spot.name) in draft.definitions:
        data = draft.definitions["decision", spot.name]
        where, href = say(data.get("label") or humanised(spot.name), tag), f"/studio/tables/{spot.name}"
    if spot.kind in ("approval", "automation") and (spot.kind, spot.name) in draft.definitions:
        data = draft.definitions[spot.kind, spot.name]
        where, href = say(data.get("label") or humanised(spot.name), tag), f"/studio/{spot.kind}s/{spot.name}"
    if spot.kind == "layout":
        data = draft.definitions.get(("layout", spot.name), {})
        of = str(data.get("of", ""))
        where = f"{entity_label(draft, of, tag)} › {spot.name}"
        href = entity_href(of, "layouts", str(data.get("view", "detail")))
    return Trouble(where=where, message=problem.message, hint=problem.hint, href=href)


def spot_of(draft: Drafted, problem: DefinitionProblem) -> Spot:
    """The place in the effective definitions that a problem is about."""
    document = next((one for one in draft.documents if one.file == problem.file), None)
    if document is None:
        kind, _, name = problem.file.partition("/")
        return Spot(kind, name, "")
    if document.kind != KIND:
        return Spot(document.kind, document.name, path_at(document.data, problem.pointer))
    of = document.data["of"]
    parts = segments(problem.pointer.removeprefix("/"))
    inner = parts[1] if len(parts) > 1 and parts[0] in ("add", "change", "place") else ""
    rest = path_of(parts[2:])
    path = "/".join(part for part in (inner, rest) if part)
    return Spot(of["kind"], of["name"], path)


def field_of_path(path: str) -> str:
    """The field (`total`, `lines.price`) that a path within an entity leads into; empty for none."""
    parts = segments(path)
    if len(parts) > 3 and parts[0] == "fields" and parts[2] == "fields":
        return f"{parts[1]}.{parts[3]}"
    return parts[1] if len(parts) > 1 and parts[0] == "fields" else ""


def _tabs(request: Request, draft: Drafted, entity: str, tab: str) -> list[Tab]:
    words = context_of(request).words
    data = draft.entities.get(entity, {})
    return [
        Tab(
            label=words.say(FIELDS),
            href=entity_href(entity),
            current=tab == "fields",
            count=len(data.get("fields", ())),
        ),
        Tab(label=words.say(LAYOUTS), href=entity_href(entity, "layouts"), current=tab == "layouts"),
        Tab(
            label=words.say(RULES),
            href=entity_href(entity, "rules"),
            current=tab == "rules",
            count=len(data.get("constraints", ())),
        ),
        Tab(label=words.say(STAGES), href=entity_href(entity, "stages"), current=tab == "stages"),
        Tab(label=words.say(ACTIONS), href=entity_href(entity, "actions"), current=tab == "actions"),
        Tab(label=words.say(ACCESS), href=entity_href(entity, "access"), current=tab == "access"),
        Tab(label=words.say(SETTINGS), href=entity_href(entity, "settings"), current=tab == "settings"),
    ]
