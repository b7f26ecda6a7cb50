"""Lines in a form: the buttons that change them, and the editor that shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from guanxi.commands.views import FormView
from guanxi.definitions.entity import Entity, Field
from guanxi.errors import N_
from guanxi.records.conditions import FieldState
from guanxi.web.pages.cells import kind_of
from guanxi.web.pages.form_draft import Draft, Part
from guanxi.web.pages.form_inputs import Inputs, Place
from guanxi.web.refusals import BadRequest
from guanxi.web.rendering.views.forms import Input, LineRow, LinesEditor
from guanxi.web.rendering.views.values import Labelled

Verb = Literal["", "add", "up", "down", "remove"]
UNKNOWN_BUTTON = N_("The form sent a button that is not there. Reload the page.")


@dataclass(frozen=True, slots=True)
class Focus:
    """Where the focus goes after a button of a line: to which line, and what of it."""

    lines: str = ""
    position: int = -1
    verb: Verb = ""


NO_FOCUS = Focus()


def press(draft: Draft, button: str) -> Focus:
    """Carry out a button such as `lines.add` or `lines.remove.2` on the draft; without one, nothing.

    Raises BadRequest for a button or line that is not there.
    """
    if not button:
        return NO_FOCUS
    name, _, rest = button.partition(".")
    verb, _, digits = rest.partition(".")
    rows = draft.lines.get(name)
    if rows is not None and verb == "add" and not digits:
        rows.append(Part())
        return Focus(name, len(rows) - 1, "add")
    at = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else -1
    if rows is None or not 0 <= at < len(rows):
        raise BadRequest(UNKNOWN_BUTTON)
    if verb == "remove":
        del rows[at]
        return Focus(name, min(at, len(rows) - 1), "remove")
    if verb == "up":
        return _move(rows, name, at, at - 1, "up")
    if verb == "down":
        return _move(rows, name, at, at + 1, "down")
    raise BadRequest(UNKNOWN_BUTTON)


def _move(rows: list[Part], name: str, at: int, to: int, verb: Verb) -> Focus:
    """Move a line; the focus stays on the button unless that is the end of its way."""
    if not 0 <= to < len(rows):
        return Focus(name, at, verb)
    rows.insert(to, rows.pop(at))
    if to == 0:
        verb = "down"
    elif to == len(rows) - 1:
        verb = "up"
    return Focus(name, to, verb)


@dataclass(frozen=True, slots=True)
class Editors:
    """Makes the editors of lines of one form."""

    inputs: Inputs
    view: FormView
    draft: Draft
    problems: Mapping[str, str]
    focus: Focus

    def editor(
        self, one: Field, label: str, totals: Sequence[Labelled], below: Sequence[Input]
    ) -> LinesEditor:
        """The editor of a lines field, with its totals and the inputs that belong to it."""
        lines = one.lines
        assert lines is not None  # noqa: S101 - only fields with lines are asked for
        rows = self._rows(one, lines)
        focused = self.focus.lines == one.name
        return LinesEditor(
            name=one.name,
            label=label,
            labels=[self.inputs.cells.label(inner) for inner in lines.fields.values()],
            numeric=[kind_of(inner) == "number" for inner in lines.fields.values()],
            rows=rows,
            totals=totals,
            problem=self.problems.get(one.name, ""),
            focus_add=focused and not rows,
            inputs=below,
        )

    def parts(self, one: Field) -> Sequence[tuple[Part, Mapping[str, Any]]]:
        """The lines as typed, each with the values worked out for it."""
        values: Sequence[Mapping[str, Any]] = self.view.values.get(one.name) or ()
        untouched = self.view.id is not None and not self.draft.lines_changed(one.name)
        if untouched or one.name not in self.draft.lines:
            return [(Part(id=str(row.get("id") or "")), row) for row in values]
        typed = self.draft.lines[one.name]
        return [(part, values[at] if at < len(values) else {}) for at, part in enumerate(typed)]

    def _rows(self, one: Field, lines: Entity) -> list[LineRow]:
        rows = []
        for at, (part, values) in enumerate(self.parts(one)):
            base = f"{one.name}.{at}."
            place = Place(base, f"{self.view.entity.name}/{one.name}.", part, values, self.problems)
            made = [
                self._input(inner, place, f"{one.name}/{at}/{inner.name}") for inner in lines.fields.values()
            ]
            here = self.focus if (self.focus.lines, self.focus.position) == (one.name, at) else NO_FOCUS
            if here.verb == "add":
                made = _focus_first(made)
            verb = "" if here.verb == "add" else here.verb
            rows.append(LineRow(inputs=made, id=part.id, focus=verb))
        return rows

    def _input(self, inner: Field, place: Place, state_key: str) -> Input:
        label = self.inputs.cells.label(inner)
        state = self.view.states.get(
            state_key, FieldState(visible=True, required=inner.required, read_only=False)
        )
        if inner.computed or state.read_only:
            return self.inputs.shown(inner, place, "read", label)
        if not state.visible and not place.part.values.get(inner.name, "").strip():
            return self.inputs.blank(inner, place, label)
        return self.inputs.entered(inner, place, state, label)


def _focus_first(made: list[Input]) -> list[Input]:
    at = next((at for at, one in enumerate(made) if one.widget != "shown"), None)
    return [replace(one, focus=True) if position == at else one for position, one in enumerate(made)]
