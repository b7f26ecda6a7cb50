"""Somebody saved first: both values side by side, and a choice for each field that both changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.views import RecordView
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES, FieldProblem, Money
from guanxi.definitions.labels import say
from guanxi.errors import N_
from guanxi.web.context import context_of
from guanxi.web.pages.cells import Cells, Titles, kind_of
from guanxi.web.pages.drawing import entity_href, formats_of, framed
from guanxi.web.pages.form_codec import in_utc, pairs_of
from guanxi.web.pages.form_draft import Draft, Part
from guanxi.web.pages.form_inputs import input_text, lines_text
from guanxi.web.pages.form_references import leads, link_in, resolve
from guanxi.web.rendering.views.forms import Conflict, ConflictPage
from guanxi.web.rendering.views.values import Cell, Hidden, Labelled, Link, Person

EDIT = N_("Edit {title}")


def apply_choices(draft: Draft) -> None:
    """Leave out of a draft what its author gave up for what somebody else saved."""
    for name, choice in draft.choices.items():
        if choice == "theirs":
            draft.head.values.pop(name, None)
            draft.head.texts.pop(name, None)
            draft.lines.pop(name, None)
            draft.unclear = [it for it in draft.unclear if it.field.split("/")[1] != name]


async def show(
    request: Request, entity: Entity, draft: Draft, current: RecordView, titles: Titles
) -> Response:
    """The page with both values."""
    context = context_of(request)
    before = Draft(head=_as_it_was(draft.head, entity))
    known = await resolve(context.workspace, context.signed_in, entity, before)
    cells = Cells(context.words, formats_of(request))
    comparison = Comparison(cells, draft, current, {**current.titles, **titles, **known})
    mine, theirs = comparison.changed_here(), comparison.changed_there()
    both = [one for one in mine if one in theirs and not comparison.same(one)]
    _keep_lines(entity, draft, current, [one.name for one in both])
    by = current.values.get("updated_by")
    page = ConflictPage(
        title=context.words.say(EDIT(title=current.title)),
        breadcrumb=[
            Link(say(entity.plural, context.words.language.tag), entity_href(entity.name)),
            Link(current.title, entity_href(entity.name, current.id)),
        ],
        by=Person(current.titles.get(("user", by), "") if by is not None else ""),
        at=current.values["updated_at"],
        action=entity_href(entity.name, current.id),
        cancel_href=entity_href(entity.name, current.id),
        conflicts=[comparison.conflict(one) for one in both],
        others=[comparison.other(one) for one in theirs if one not in mine],
        hidden=[Hidden(name, text) for name, text in _carried(entity, draft, current)],
    )
    return await framed(request, "conflict.html", page, 409)


class Comparison:
    """What the author of a draft and somebody else each made of a record."""

    def __init__(self, cells: Cells, draft: Draft, current: RecordView, titles: Titles) -> None:
        self.cells, self.draft, self.current, self.titles = cells, draft, current, titles
        self.fields = [one for one in current.entity.fields.values() if not one.computed]

    def changed_here(self) -> list[Field]:
        """The fields that the author of the draft changed."""
        return [
            one
            for one in self.fields
            if (self.draft.head.touched(one.name) if one.type != "lines" else self._lines_changed(one))
        ]

    def changed_there(self) -> list[Field]:
        """The fields of the form that are stored otherwise than they were when it was opened."""
        return [one for one in self.fields if self._was(one) not in (None, self._now(one))]

    def same(self, one: Field) -> bool:
        """Whether both came to the same."""
        return one.type != "lines" and self.draft.head.values.get(one.name) == self._now(one)

    def conflict(self, one: Field) -> Conflict:
        """A field that both changed."""
        return Conflict(
            name=one.name,
            label=self.cells.label(one),
            before=self._before(one),
            mine=self._mine(one),
            theirs=self._theirs(one),
        )

    def other(self, one: Field) -> Labelled:
        """A field that only the other one changed."""
        return Labelled(self.cells.label(one), self._theirs(one), one.type == "lines")

    def _lines_changed(self, one: Field) -> bool:
        return one.name in self.draft.lines and self.draft.lines_changed(one.name)

    def _was(self, one: Field) -> str | None:
        return (self.draft.head.was if one.type != "lines" else self.draft.lines_were).get(one.name)

    def _now(self, one: Field) -> str:
        if one.type == "lines":
            return lines_text(self.cells.formats, one, self.current.values.get(one.name) or ())
        return input_text(self.cells.formats, one, self.current.values)

    def _before(self, one: Field) -> Cell:
        if one.type == "lines":
            count = len((self._was(one) or "").partition(":")[0].split())
            text = self.cells.words.ngettext("{count} line", "{count} lines", count)
            return Cell("text", text.format(count=count))
        return self._typed(one, self._was(one) or "", self.current.values)

    def _mine(self, one: Field) -> Cell:
        if one.lines is not None and one.type == "lines":
            rows = [self._typed_line(one.lines, part) for part in self.draft.lines.get(one.name, [])]
            return Cell("long", "\n".join(rows))
        text = self.draft.head.values.get(one.name, "")
        return self._typed(one, text, self.current.values)

    def _theirs(self, one: Field) -> Cell:
        if one.lines is None or one.type == "references":
            return self.cells.cell(one, self.current.values, self.titles)
        rows = self.current.values.get(one.name) or ()
        return Cell("long", "\n".join(self._stored_line(one.lines, row) for row in rows))

    def _typed(self, one: Field, text: str, beside: Mapping[str, Any]) -> Cell:
        """What was typed, written as a value if it is one."""
        raw = in_utc(text, self.cells.formats.zone) if one.type == "datetime" else text
        try:
            value = FIELD_TYPES[one.type].coerce(one, raw, form=True)
        except FieldProblem:
            return Cell(kind_of(one), text)
        if isinstance(value, Money):
            currency = f"{one.name}.currency"
            return self.cells.cell(one, {one.name: value.amount, currency: beside.get(currency)}, self.titles)
        return self.cells.cell(one, FIELD_TYPES[one.type].kept(one, value), self.titles)

    def _typed_line(self, lines: Entity, part: Part) -> str:
        fields = [one for one in lines.fields.values() if one.name in part.values]
        texts = [
            self._typed(one, part.values[one.name], {}).text or part.texts.get(one.name, "") for one in fields
        ]
        return " · ".join(text for text in texts if text)

    def _stored_line(self, lines: Entity, row: Mapping[str, Any]) -> str:
        bare = {key: value for key, value in row.items() if not key.endswith(".currency")}
        fields = [one for one in lines.fields.values() if not one.computed]
        texts = [self.cells.cell(one, bare, self.titles).text for one in fields]
        return " · ".join(text for text in texts if text)


def _as_it_was(head: Part, entity: Entity) -> Part:
    """The references as they were, so that their titles can be told."""
    fields = [one for name, one in entity.fields.items() if leads(one) and name in head.was]
    chosen = {one.name: link for one in fields if (link := link_in(one, head.was[one.name])) is not None}
    values = {name: head.was[name] for name in chosen}
    return Part(values=values, texts={name: f"#{link.id}" for name, link in chosen.items()})


def _keep_lines(entity: Entity, draft: Draft, current: RecordView, names: Sequence[str]) -> None:
    """Make one's own lines stand as they are: whole, and new where the other one has removed them."""
    for name in names:
        if entity.fields[name].type != "lines":
            continue
        ids = {str(row["id"]) for row in current.values.get(name) or ()}
        for part in draft.lines.get(name, []):
            part.was.clear()
            part.id = part.id if part.id in ids else ""


def _carried(entity: Entity, draft: Draft, current: RecordView) -> list[tuple[str, str]]:
    marks = [("_version", str(current.version)), ("_key", draft.key or "")]
    return [*marks, *pairs_of(entity, draft)]
