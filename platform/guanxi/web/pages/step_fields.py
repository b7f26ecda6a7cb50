"""Fields that a step lets its people fill in while they decide: inputs of the decision form."""

from collections.abc import Iterable, Mapping, Sequence

from guanxi.commands.views import TaskView
from guanxi.definitions.entity import Entity
from guanxi.definitions.flow.powers import FILLED
from guanxi.errors import Problem
from guanxi.records.conditions import FieldState
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.form_codec import read_draft
from guanxi.web.pages.form_draft import Draft
from guanxi.web.pages.form_inputs import Inputs, Place
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden

FIELDS = "fields."
"""What the names of these inputs begin with; the marks of the page stand before it."""


def is_field(name: str) -> bool:
    """Whether a name of the form belongs to a field of the record."""
    return name.startswith((FIELDS, f"_was.{FIELDS}"))


def read_fields(entity: Entity, pairs: Iterable[tuple[str, str]]) -> Draft:
    """What was typed into these inputs."""
    return read_draft(entity, [(name.replace(FIELDS, "", 1), text) for name, text in pairs if is_field(name)])


def problems_by_field(cells: Cells, problems: Iterable[Problem]) -> Mapping[str, str]:
    """What is wrong with these inputs, by the name of each."""
    head = "/fields/"
    return {
        FIELDS + one.field.removeprefix(head): cells.words.say(one.message)
        for one in problems
        if one.field.startswith(head)
    }


def step_inputs(
    cells: Cells, task: TaskView, draft: Draft | None, problems: Mapping[str, str]
) -> tuple[Sequence[Input], Sequence[Hidden]]:
    """The inputs with what stands in them, and the hidden marks that go with them."""
    record, powers = task.record, task.powers
    if record is None or powers is None or not powers.answers:
        return (), ()
    typed = draft or Draft()
    place = Place(FIELDS, f"{record.entity.name}/", typed.head, record.values, problems)
    inputs = Inputs(cells, record.titles)
    made = []
    for name, access in powers.fields.items():
        field = record.entity.fields.get(name)
        if access not in FILLED or field is None or field.lines is not None:
            continue
        state = FieldState(visible=True, required=access == "required", read_only=False)
        made.append(inputs.entered(field, place, state, cells.label(field), wide=field.type == "longText"))
    return made, inputs.marks
