"""The page of a form: the sections of the record's page as inputs, with what the server has worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from guanxi.commands.views import FormView
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.labels import say
from guanxi.definitions.layout import Layout, Section
from guanxi.definitions.layout import Place as Placed
from guanxi.records.conditions import FieldState
from guanxi.web.pages.cells import Cells, Titles
from guanxi.web.pages.drawing import entity_href
from guanxi.web.pages.form_draft import Draft
from guanxi.web.pages.form_inputs import Inputs, Place, lines_text
from guanxi.web.pages.form_lines import Editors, Focus
from guanxi.web.rendering.views.forms import FormSection, Input, LinesEditor
from guanxi.web.rendering.views.values import Hidden


class FormDrawing:
    """Draws one form."""

    def __init__(
        self,
        cells: Cells,
        layout: Layout,
        view: FormView,
        draft: Draft,
        titles: Titles,
        problems: Mapping[str, str],
        focus: Focus,
    ) -> None:
        self.cells, self.layout, self.view, self.draft = cells, layout, view, draft
        self.entity: Entity = view.entity
        self.problems = problems
        self.inputs = Inputs(cells, {**view.titles, **titles})
        self.editors = Editors(self.inputs, view, draft, problems, focus)
        self.kept: list[Hidden] = []

    def parts(self) -> tuple[list[FormSection], list[LinesEditor], list[FormSection]]:
        """The sections before the lines, the lines, and the sections after them."""
        before: list[FormSection] = []
        editors: list[LinesEditor] = []
        after: list[FormSection] = []
        for section in self._sections():
            lines = [place for place in section.fields if self._editable_lines(place.field)]
            totals = {name for place in lines for name in self._totals(place.field)}
            others = [place for place in section.fields if place.field not in totals]
            made = [one for place in others if (one := self._input(place)) is not None]
            editors.extend(self._editor(place, ()) for place in lines[:-1])
            if lines:
                editors.append(self._editor(lines[-1], made))
            elif made:
                label = say(section.label, self.cells.words.language.tag)
                (after if editors else before).append(FormSection(label=label, inputs=made))
        return before, editors, after

    @property
    def hidden(self) -> list[Hidden]:
        """The marks of the inputs and of the lines; complete once the parts are made."""
        marks = [*self.inputs.marks, *self.kept]
        for one in self.entity.line_fields:
            if self._editable_lines(one.name):
                now = lines_text(self.cells.formats, one, self.view.values.get(one.name) or ())
                fresh = now if self.view.id is not None else ""
                marks.append(Hidden(f"_was.{one.name}", self.draft.lines_were.get(one.name, fresh)))
        return marks

    def _sections(self) -> list[Section]:
        """The sections with fields; a required field that no section has is put into the first."""
        sections = [self._open(section) for section in self.layout.sections if section.related is None]
        placed = {place.field for section in sections for place in section.fields}
        missing = tuple(
            Placed(field=name)
            for name, one in self.entity.fields.items()
            if one.required and name not in placed
        )
        if missing and sections:
            sections[0] = replace(sections[0], fields=(*sections[0].fields, *missing))
        return sections

    def _open(self, section: Section) -> Section:
        """A section as it is shown now: folded, it keeps only what must be filled in or is wrong.

        What every record has besides its fields, such as who created it, is on the page and in no form.
        """
        fields = tuple(place for place in section.fields if place.field in self.entity.fields)
        if section.name not in self.view.folded:
            return replace(section, fields=fields)
        states = self.view.states
        kept = [
            place
            for place in fields
            if place.field in self.problems
            or (place.field in states and states[place.field].required and not self._filled(place.field))
        ]
        return replace(section, fields=tuple(kept))

    def _filled(self, name: str) -> bool:
        return self.view.values.get(name) not in (None, "", [])

    def _editable_lines(self, name: str) -> bool:
        one = self.entity.fields[name]
        state = self.view.states.get(name)
        visible = state is None or (state.visible and not state.read_only)
        return one.type == "lines" and self.view.levels.get(name) == "write" and visible

    def _totals(self, lines: str) -> list[str]:
        """The computed fields that sum up lines: they stand below them."""
        return [
            name
            for name, one in self.entity.fields.items()
            if one.formula is not None and any(path.startswith(f"{lines}.") for path in one.formula.reads)
        ]

    def _editor(self, place: Placed, below: Sequence[Input]) -> LinesEditor:
        one = self.entity.fields[place.field]
        totals = [
            self.cells.labelled(self.entity.fields[name], self.view.values, self.inputs.titles, level)
            for name in self._totals(place.field)
            if (level := self.view.levels.get(name, "hidden")) != "hidden" and self._placed(name)
        ]
        return self.editors.editor(one, self._label(place), totals, below)

    def _placed(self, name: str) -> bool:
        return any(place.field == name for section in self.layout.sections for place in section.fields)

    def _input(self, placed: Placed) -> Input | None:
        one, name = self.entity.fields[placed.field], placed.field
        level = self.view.levels.get(name, "hidden")
        if one.type == "lines" or level == "hidden":
            return None
        wide = placed.span > 1 or one.type in ("longText", "address")
        state = self.view.states.get(name, FieldState(visible=True, required=False, read_only=False))
        place = Place("", f"{self.entity.name}/", self.draft.head, self.view.values, self.problems)
        if one.computed or level != "write" or state.read_only:
            return self._shown(one, place, placed, state, wide=wide)
        if not state.visible and name not in self.problems:
            self._keep(one)
            return None
        if name in self.draft.kept and name not in self.draft.head.values:
            self.draft.head.values[name] = self.draft.kept[name]
            self.draft.head.was.setdefault(name, "")
        return self.inputs.entered(one, place, state, self._label(placed), wide=wide)

    def _shown(
        self, one: Field, place: Place, placed: Placed, state: FieldState, *, wide: bool
    ) -> Input | None:
        """What cannot be entered is shown when there is something to show."""
        level = self.view.levels.get(one.name, "hidden")
        if not state.visible or (self.view.values.get(one.name) is None and level != "masked"):
            return None
        if self.view.id is None and one.type in ("sequence", "stage"):
            return None
        return self.inputs.shown(one, place, level, self._label(placed), wide=wide)

    def _keep(self, one: Field) -> None:
        """A text that does not apply now comes back when it does again."""
        text = self.draft.head.values.get(one.name) or self.draft.kept.get(one.name, "")
        if text.strip() and one.to is None and one.type != "boolean":
            self.kept.append(Hidden(f"_kept.{one.name}", text))

    def _label(self, placed: Placed) -> str:
        one = self.entity.fields[placed.field]
        return say(placed.label or one.label, self.cells.words.language.tag)


def title_of(view: FormView) -> str:
    """The title of a stored record as the person may see it."""
    clear = view.levels.get(view.entity.title) in ("read", "write")
    title = view.values.get(view.entity.title) if clear else None
    return str(title) if title else f"#{view.id}"


def address_of(view: FormView) -> str:
    """Where the form is sent."""
    name = view.entity.name
    return entity_href(name) if view.id is None else entity_href(name, view.id)
