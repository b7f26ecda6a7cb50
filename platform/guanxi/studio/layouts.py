"""The layouts of an entity: what a list, a page and a card show, and in which order."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import entity_in
from guanxi.commands.studio.layouts import VIEWS, change_layout, layout_in
from guanxi.definitions.system_fields import SYSTEM_FIELDS
from guanxi.errors import N_, Conflict, Invalid, NotFound, Refused, Text
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.field_editor import LABEL
from guanxi.studio.forms import read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_href, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.layout_typed import LISTS, RELATED, is_related, layout_of, layout_typed
from guanxi.studio.part_views import Button, Group, Part, PlaceRow, PlacesEditor
from guanxi.studio.pressing import pressed
from guanxi.studio.typed import Typed, positions
from guanxi.studio.views import EditorPage, Tab
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden

NAMES = {"detail": N_("Page and form"), "list": N_("List"), "compact": N_("Compact")}
PARTS: dict[str, tuple[Text, Text]] = {
    "columns": (N_("Columns"), N_("Add column")),
    "filters": (N_("Filters"), N_("Add filter")),
    "sort": (N_("Sorted by"), N_("Add order")),
    "highlight": (N_("Beside the title"), N_("Add field")),
    "fields": (N_("Fields"), N_("Add field")),
}
FIELD, WIDE, DOWN = N_("Field"), N_("Full width"), N_("Largest or newest first")
COLUMNS, ONE, TWO = N_("Columns"), N_("One"), N_("Two")
SHOWN_WHEN = N_("Show this section when")
ADD_RELATED, RECORDS, LIMIT = N_("Add related records"), N_("Records"), N_("At most rows")
ADD_RELATED_BUTTON = "sections.related"
ADD_SECTION, NEW_SECTION = N_("Add section"), N_("New section")
NO_VIEW = N_("There is no such layout.")


async def first(request: Request) -> Response:
    """The layout of the page."""
    return await _page(request, "detail", None)


async def show(request: Request) -> Response:
    """The layout of a view."""
    return await _page(request, request.path_params["view"], None)


async def save(request: Request) -> Response:
    """A layout is changed, or the form says what is wrong or shows what a button did."""
    context, draft, view = context_of(request), await draft_of(request), request.path_params["view"]
    typed, name = await read_typed(request), request.path_params["entity"]
    types = types_of(entity_in(draft.definitions, name))
    button = typed.pop("_do", "")
    if button == ADD_RELATED_BUTTON:
        head = f"sections.{len(positions(typed, 'sections'))}"
        return await _page(request, view, typed | {f"{head}.was": "", f"{head}.kind": RELATED})
    if button:
        return await _page(request, view, pressed(typed, button, types))
    layout, before = _layout(draft, name, view)

    def change(definitions: Definitions) -> None:
        change_layout(definitions, layout, layout_of(typed, before, types), typed.get("_seen", ""), before)

    try:
        await edit_draft(context.workspace, context.signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, view, typed, refusal)
    return onward(entity_href(name, "layouts", view), "drafted")


def _layout(draft: Drafted, entity: str, view: str) -> tuple[str, dict[str, object]]:
    if view not in VIEWS:
        raise NotFound(NO_VIEW)
    return layout_in(draft.definitions, draft.catalog or draft.live, entity, view)


async def _page(request: Request, view: str, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    entity = entity_in(draft.definitions, request.path_params["entity"])
    name = entity["name"]
    _, layout = _layout(draft, name, view)
    if typed is None:
        typed = layout_typed(layout, types_of(entity)) | {"_seen": print_of(layout)}
    form = _Form(draft, entity, Inputs(words, typed), tag)
    tabs = [
        Tab(label=words.say(NAMES[one]), href=entity_href(name, "layouts", one), current=one == view)
        for one in VIEWS
    ]
    title = entity_label(draft, name, tag)
    lists = [form.places(one, PARTS[one]) for one in LISTS[view]]
    groups = [Group(parts=[Part(title=words.say(NAMES[view]), places=lists)])]
    if view == "detail":
        adds = [Button(value="sections.add", label=words.say(ADD_SECTION))]
        if form.references:
            adds.append(Button(value=ADD_RELATED_BUTTON, label=words.say(ADD_RELATED)))
        groups.append(Group(name="sections", parts=form.sections(), adds=adds))
    page = EditorPage(
        head=head_of(request, draft, title, entity.get("icon", "box"), entity=name, tab="layouts"),
        title=title,
        form="layout-form",
        views=tabs,
        action=entity_href(name, "layouts", view),
        cancel_href=entity_href(name),
        groups=groups,
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


class _Form:
    """Draws the parts of a layout's form."""

    def __init__(self, draft: Drafted, entity: Mapping[str, object], inputs: Inputs, tag: str) -> None:
        self.draft, self.entity, self.inputs, self.tag = draft, entity, inputs, tag
        self.labels = labels_of(entity, "", tag)
        self.types = types_of(entity)
        self.references = self._references()

    def places(self, name: str, words: tuple[Text, Text]) -> PlacesEditor:
        """A list of fields, each to be chosen, moved, left out."""
        say = self.inputs.words.say
        cell = not name.startswith("sections.")
        system = [(one, say(field.label)) for one, field in SYSTEM_FIELDS.items()]
        own = [(one, text) for one, text in self.labels.items() if not cell or one in self.types]
        rows = []
        for index in positions(self.inputs.typed, name):
            found = [self.inputs.choice(f"{name}.{index}.field", FIELD, [*own, *(system if cell else ())])]
            if name == "sort":
                found.append(self.inputs.text(f"{name}.{index}.down", DOWN, "boolean"))
            elif not cell:
                found.append(self.inputs.text(f"{name}.{index}.wide", WIDE, "boolean"))
            rows.append(PlaceRow(index=index, inputs=found))
        return PlacesEditor(name=name, label=say(words[0]), add=say(words[1]), rows=rows)

    def sections(self) -> list[Part]:
        """The sections of a page."""
        return [self._section(index) for index in positions(self.inputs.typed, "sections")]

    def _section(self, index: int) -> Part:
        say, head = self.inputs.words.say, f"sections.{index}"
        was = self.inputs.typed.get(f"{head}.was", "")
        related = is_related(self.inputs.typed, index)
        columns = [("2", say(TWO)), ("1", say(ONE))]
        inputs = self.inputs.label(f"{head}.label", LABEL)
        if related:
            inputs.append(
                self.inputs.choice(f"{head}.via", RECORDS, list(self.references.items()), first=True)
            )
            inputs.append(self.inputs.text(f"{head}.limit", LIMIT, "integer"))
        else:
            inputs.append(self.inputs.choice(f"{head}.columns", COLUMNS, columns, first=True))
        choices = {one: choices_of(self.draft, self.entity, "", one, self.tag) for one in self.types}
        return Part(
            index=index,
            title=self.inputs.typed.get(f"{head}.label.{self.tag}", "") or was or say(NEW_SECTION),
            inputs=inputs,
            hidden=[
                Hidden(f"{head}.was", was),
                Hidden(f"{head}.kind", self.inputs.typed.get(f"{head}.kind", "")),
            ],
            places=[self._shows(head) if related else self.places(f"{head}.fields", PARTS["fields"])],
            conditions=[
                condition_editor(
                    self.inputs, f"{head}.visibleWhen", SHOWN_WHEN, self.labels, self.types, choices
                )
            ],
        )

    def _shows(self, head: str) -> PlacesEditor:
        """The columns of related records: fields of the entity that refers to this one."""
        say, name = self.inputs.words.say, f"{head}.shows"
        via = self.inputs.typed.get(f"{head}.via") or next(iter(self.references), "")
        target = self.draft.entities.get(via.partition(".")[0])
        own = labels_of(target, "", self.tag) if target is not None else {}
        system = [(one, say(field.label)) for one, field in SYSTEM_FIELDS.items()]
        rows = [
            PlaceRow(
                index=place,
                inputs=[self.inputs.choice(f"{name}.{place}.field", FIELD, [*own.items(), *system])],
            )
            for place in positions(self.inputs.typed, name)
        ]
        label, add = PARTS["columns"]
        return PlacesEditor(name=name, label=say(label), add=say(add), rows=rows)

    def _references(self) -> dict[str, str]:
        """The references of all entities that lead to this one, with the entity that has each."""
        found = {}
        for name, data in self.draft.entities.items():
            labels = labels_of(data, "", self.tag)
            for field, one in data["fields"].items():
                if one["type"] == "reference" and one.get("to") == self.entity["name"]:
                    found[f"{name}.{field}"] = f"{entity_label(self.draft, name, self.tag)} · {labels[field]}"
        return found
