"""What an entity says of itself: names, title, search, and when its records cannot be changed."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import CHANGED, Data, entity_in
from guanxi.errors import N_, Conflict, Invalid, Refused, Text
from guanxi.studio.condition_editor import condition_editor
from guanxi.studio.forms import read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_href, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.new_entity import ICON, ICON_HELP, LABEL, PLURAL
from guanxi.studio.part_views import Button, Group, Part, PlaceRow, PlacesEditor
from guanxi.studio.pressing import pressed
from guanxi.studio.settings_typed import LOCKS, settings_of, settings_typed
from guanxi.studio.typed import Typed, positions
from guanxi.studio.views import EditorPage
from guanxi.studio.vocabulary import choices_of, labels_of, types_of
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden

ENTITY, HELP = N_("Entity"), N_("Description")
TITLE, OWNER = N_("Field that names a record"), N_("Field that says whose a record is")
SEARCH, ADD_SEARCH, FIELD = N_("Fields that the search looks into"), N_("Add field"), N_("Field")
LOCK, ADD_LOCK, LOCKS_TITLE = N_("Lock"), N_("Add lock"), N_("Locks")
LOCKED_WHEN, MESSAGE = N_("Cannot be changed when"), N_("What to tell the person")
STAYS_OPEN = N_("Fields that stay open")
NO_LOCKS, WHAT_LOCKS_ARE = (
    N_("No locks yet"),
    N_("While a lock holds, a record cannot be changed or deleted; its transitions can still be pressed."),
)


async def show(request: Request) -> Response:
    """What the entity says of itself."""
    return await _page(request, None)


async def save(request: Request) -> Response:
    """The settings are changed, or the form says what is wrong or shows what a button did."""
    context, draft = context_of(request), await draft_of(request)
    typed, name = await read_typed(request), request.path_params["entity"]
    types = types_of(entity_in(draft.definitions, name))
    if typed.get("_do"):
        return await _page(request, pressed(typed, typed.pop("_do"), types))

    def change(definitions: Definitions) -> None:
        before = entity_in(definitions, name)
        if print_of(_settings(before)) != typed.get("_seen", ""):
            raise Conflict(CHANGED)
        definitions["entity", name] = settings_of(typed, before, types)

    try:
        await edit_draft(context.workspace, context.signed_in, change)
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    return onward(entity_href(name, "settings"), "drafted")


def _settings(entity: Data) -> Data:
    """All but the fields, which have pages of their own."""
    return {key: value for key, value in entity.items() if key != "fields"}


async def _page(request: Request, typed: Typed | None, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    entity = entity_in(draft.definitions, request.path_params["entity"])
    name = entity["name"]
    if typed is None:
        typed = settings_typed(entity, types_of(entity)) | {"_seen": print_of(_settings(entity))}
    form = _Form(draft, entity, Inputs(words, typed), tag)
    title = entity_label(draft, name, tag)
    page = EditorPage(
        head=head_of(request, draft, title, entity.get("icon", "box"), entity=name, tab="settings"),
        title=title,
        form="settings-form",
        action=entity_href(name, "settings"),
        cancel_href=entity_href(name),
        groups=[
            Group(parts=[form.names()]),
            Group(
                name=LOCKS,
                title=words.say(LOCKS_TITLE),
                parts=[form.lock(index) for index in positions(typed, LOCKS)],
                adds=[Button(value=f"{LOCKS}.add", label=words.say(ADD_LOCK))],
                empty=words.say(NO_LOCKS),
                empty_more=words.say(WHAT_LOCKS_ARE),
            ),
        ],
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/editor.html", page, refusal.status if refusal else 200)


class _Form:
    """Draws the parts of the form."""

    def __init__(self, draft: Drafted, entity: Data, inputs: Inputs, tag: str) -> None:
        self.draft, self.entity, self.inputs, self.tag = draft, entity, inputs, tag
        self.labels, self.types = labels_of(entity, "", tag), types_of(entity)

    def names(self) -> Part:
        """What it is called, which fields mean something special."""
        titles = [(one, text) for one, text in self.labels.items() if one in self.types]
        people = [
            (one, self.labels[one])
            for one, field in self.entity["fields"].items()
            if field.get("to") == "user"
        ]
        return Part(
            title=self.inputs.words.say(ENTITY),
            inputs=[
                *self.inputs.label("label", LABEL, required=True),
                *self.inputs.label("plural", PLURAL),
                *self.inputs.label("help", HELP),
                self.inputs.text("icon", ICON, help_=ICON_HELP),
                self.inputs.choice("title", TITLE, titles, required=True),
                self.inputs.choice("owner", OWNER, people),
            ],
            places=[self._places("search", SEARCH)],
        )

    def lock(self, index: int) -> Part:
        """A lock: when it holds, what stays open, what people are told."""
        head = f"{LOCKS}.{index}"
        was = self.inputs.typed.get(f"{head}.was", "")
        choices = {one: choices_of(self.draft, self.entity, "", one, self.tag) for one in self.types}
        when = condition_editor(self.inputs, f"{head}.when", LOCKED_WHEN, self.labels, self.types, choices)
        return Part(
            index=index,
            title=was or self.inputs.words.say(LOCK),
            inputs=self.inputs.label(f"{head}.message", MESSAGE),
            hidden=[Hidden(f"{head}.was", was)],
            conditions=[when],
            places=[self._places(f"{head}.except", STAYS_OPEN)],
        )

    def _places(self, name: str, label: Text) -> PlacesEditor:
        offered = list(self.labels.items())
        rows = [
            PlaceRow(index=index, inputs=[self.inputs.choice(f"{name}.{index}.field", FIELD, offered)])
            for index in positions(self.inputs.typed, name)
        ]
        say = self.inputs.words.say
        return PlacesEditor(name=name, label=say(label), add=say(ADD_SEARCH), rows=rows)
