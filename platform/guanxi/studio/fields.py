"""The fields of an entity: list, form, add, change, remove."""

import re

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import Showing, add_field, change_field, entity_in, field_in
from guanxi.errors import N_, Conflict, Invalid, Problem, Refused
from guanxi.studio.field_editor import FieldForm
from guanxi.studio.field_list import field_rows
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_href, entity_label, field_label, head_of, spot_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.pressing import pressed
from guanxi.studio.typed import TAGS, Typed, field_of, label_of, name_from, typed_of
from guanxi.studio.views import Badge, FieldEditor, FieldsPage
from guanxi.studio.vocabulary import types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden

NEW_FIELD = N_("New field")
DRAFT = N_("Draft")
NEEDS_LABEL = N_("Give it a label in English.")
NEEDS_NAME = N_("Give it an API name: small letters, digits and _.")
NAME = re.compile(r"(?!.*__)[a-z][a-z0-9_]{0,50}")
"""What the schema of entities allows; anything else would have no address either."""


async def show(request: Request) -> Response:
    """The fields of an entity."""
    draft = await draft_of(request)
    entity = entity_in(draft.definitions, request.path_params["entity"])
    return await _page(request, draft, entity, None)


async def new(request: Request) -> Response:
    """The form of a new field."""
    return await _form(request, await draft_of(request), "", _fresh(request))


async def edit(request: Request) -> Response:
    """The form of a field."""
    draft, path = await draft_of(request), request.path_params["path"]
    field = field_in(entity_in(draft.definitions, request.path_params["entity"]), path)
    return await _form(request, draft, path, typed_of(field, _types(draft, request, path)) | _seen(field))


async def add(request: Request) -> Response:
    """A field is added, or the form says what is wrong or shows what a button did."""
    draft, typed = await draft_of(request), await read_typed(request)
    name, lines = request.path_params["entity"], request.query_params.get("lines", "")
    types = _types(draft, request, f"{lines}." if lines else "")
    if typed.get("_do"):
        return await _form(request, draft, "", pressed(typed, typed.pop("_do"), types))
    own = typed.get("name", "").strip() or name_from(label_of(typed, "label", None) or {})
    path = f"{lines}.{own}" if lines else own
    showing = Showing(
        "" if typed.get("_section") == "-" else typed.get("_section", ""),
        typed.get("_column") == "true",
        typed.get("_filter") == "true",
    )
    try:
        _refuse_unnamed(typed, own)
        data = field_of(typed, None, types)

        def change(definitions: Definitions) -> None:
            add_field(definitions, name, path, data, showing)

        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Invalid, Conflict) as refusal:
        return await _form(request, draft, "", typed, refusal)
    return onward(entity_href(name, "fields", path), "drafted")


async def save(request: Request) -> Response:
    """A field is changed, or the form says what is wrong or shows what a button did."""
    draft, typed = await draft_of(request), await read_typed(request)
    name, path = request.path_params["entity"], request.path_params["path"]
    types = _types(draft, request, path)
    if typed.get("_do"):
        return await _form(request, draft, path, pressed(typed, typed.pop("_do"), types))

    def change(definitions: Definitions) -> None:
        before = field_in(entity_in(definitions, name), path)
        change_field(definitions, name, path, field_of(typed, before, types), typed.get("_seen", ""))

    try:
        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Invalid, Conflict) as refusal:
        return await _form(request, draft, path, typed, refusal)
    return onward(entity_href(name, "fields", path), "drafted")


async def _form(
    request: Request, draft: Drafted, path: str, typed: Typed, refusal: Refused | None = None
) -> Response:
    words, tag = context_of(request).words, tag_of(request)
    entity = entity_in(draft.definitions, request.path_params["entity"])
    name, new = entity["name"], not path
    lines = request.query_params.get("lines", "") if new else ""
    problems = {**_wrong(draft, name, path), **by_input(refusal, words)}
    form = FieldForm(draft, entity, path or (f"{lines}." if lines else ""), Inputs(words, typed, problems))
    action = entity_href(name, "fields", path) if path else entity_href(name, "new-field")
    editor = FieldEditor(
        title=words.say(NEW_FIELD) if new else field_label(draft, name, path, tag),
        action=f"{action}?lines={lines}" if lines else action,
        cancel_href=entity_href(name),
        basics=form.basics(new=new),
        details=form.details(),
        flags=form.flags(),
        options=form.options(),
        conditions=form.conditions(),
        computed=form.computed(),
        places=form.places() if new and not lines else (),
        hidden=[] if new else [Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
        remove_href="" if new else entity_href(name, "fields", path, "remove"),
        rename_href="" if new else entity_href(name, "fields", path, "rename"),
        column_href=_column_href(name, path, typed),
        badge=Badge(path) if path else None,
    )
    status = refusal.status if refusal is not None else 200
    return await _page(request, draft, entity, editor, path, status)


async def _page(
    request: Request,
    draft: Drafted,
    entity: dict[str, object],
    editor: FieldEditor | None,
    path: str = "",
    status: int = 200,
) -> Response:
    words, tag = context_of(request).words, tag_of(request)
    name = str(entity["name"])
    head = head_of(
        request,
        draft,
        entity_label(draft, name, tag),
        str(entity.get("icon", "box")),
        entity=name,
        tab="fields",
    )
    page = FieldsPage(
        head=head,
        fields=field_rows(draft, entity, words, path),
        add_href=entity_href(name, "new-field"),
        editor=editor,
    )
    return await framed(request, "studio/fields.html", page, status)


def _column_href(entity: str, path: str, typed: Typed) -> str:
    """Where lines that are there get another column."""
    return f"{entity_href(entity, 'new-field')}?lines={path}" if path and typed.get("type") == "lines" else ""


def _fresh(request: Request) -> Typed:
    """A new field as the form offers it: shown in the first section of the page."""
    typed = {"type": "text", "audit": "true", "_column": "false", "_filter": "false"}
    return typed | {key: value for key, value in request.query_params.items() if key == "type"}


def _seen(field: object) -> Typed:
    return {"_seen": print_of(field)}


def _types(draft: Drafted, request: Request, path: str) -> dict[str, str]:
    return types_of(entity_in(draft.definitions, request.path_params["entity"]), path)


def _refuse_unnamed(typed: Typed, name: str) -> None:
    problems = []
    if not any(typed.get(f"label.{tag}", "").strip() for tag in TAGS):
        problems.append(Problem(f"/label.{TAGS[0]}", "required", NEEDS_LABEL))
    elif not NAME.fullmatch(name):
        problems.append(Problem("/name", "required", NEEDS_NAME))
    if problems:
        raise Invalid(problems[0].message, problems)


def _wrong(draft: Drafted, entity: str, path: str) -> dict[str, str]:
    """What the compiler says of the field, by the input that it is about."""
    base = "fields/" + path.replace(".", "/fields/")
    found: dict[str, str] = {}
    for problem in draft.problems if path else ():
        spot = spot_of(draft, problem)
        if (spot.kind, spot.name) != ("entity", entity) or not f"{spot.path}/".startswith(f"{base}/"):
            continue
        name = spot.path.removeprefix(base).strip("/").partition("/")[0]
        text = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        found.setdefault(name or "type", text[:1].upper() + text[1:] + ("" if text.endswith(".") else "."))
    return found
