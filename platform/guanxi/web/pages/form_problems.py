"""Problems of a form: each at its input, and all of them in the summary at the top."""

from collections.abc import Iterable, Mapping, Sequence

from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Problem
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.form_draft import Draft
from guanxi.web.rendering.views.forms import FormProblem, FormSection, Input, LinesEditor

IN_LINE = N_("{label}, line {number}")


def relevant(problems: Iterable[Problem], draft: Draft) -> list[Problem]:
    """The problems to show while somebody types: not those of lines that are still empty.

    A field that stopped to apply goes away, so that something stands in it is no problem either.
    """
    empty = {
        f"/{name}/{position}"
        for name, rows in draft.lines.items()
        for position, row in enumerate(rows)
        if row.empty
    }
    return [
        problem
        for problem in problems
        if "/".join(problem.field.split("/")[:3]) not in empty
        and (problem.code != "not_applicable" or problem.field.count("/") > 1)
    ]


def merged(draft: Draft, problems: Iterable[Problem]) -> list[Problem]:
    """With the problems of look-ups, which say more than what follows from them."""
    unclear = {problem.field for problem in draft.unclear}
    return [*draft.unclear, *(problem for problem in problems if problem.field not in unclear)]


def by_input(entity: Entity, problems: Iterable[Problem], cells: Cells) -> dict[str, str]:
    """The message for each input by its name; the first where there are several."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(_name(entity, problem.field), cells.words.say(problem.message))
    return found


def summary(
    entity: Entity,
    problems: Iterable[Problem],
    cells: Cells,
    sections: Sequence[FormSection],
    lines: Sequence[LinesEditor],
) -> list[FormProblem]:
    """All problems in the order of the inputs; those without an input come first."""
    inputs = _inputs(sections, lines)
    order = {name: at for at, name in enumerate(inputs)}
    entries: dict[tuple[str, str], FormProblem] = {}
    for problem in problems:
        name = _name(entity, problem.field)
        message = cells.words.say(problem.message)
        target = inputs.get(name, "")
        label = _label(entity, name, cells)
        entries.setdefault((name, message), FormProblem(label=label, message=message, target=target))
    return [entries[key] for key in sorted(entries, key=lambda key: order.get(key[0], -1))]


def _inputs(sections: Sequence[FormSection], lines: Sequence[LinesEditor]) -> Mapping[str, str]:
    """The element of each input by its name, in the order of the page."""
    found = {one.name: one.id for section in sections for one in section.inputs if _enterable(one)}
    for editor in lines:
        found[editor.name] = f"f-{editor.name}"
        found |= {one.name: one.id for row in editor.rows for one in row.inputs if _enterable(one)}
        found |= {one.name: one.id for one in editor.inputs if _enterable(one)}
    return found


def _enterable(one: Input) -> bool:
    return one.widget != "shown"


def _name(entity: Entity, pointer: str) -> str:
    """The name of the input that a JSON pointer means; a line as a whole is its first input."""
    parts = pointer.removeprefix("/").split("/")
    field = entity.fields.get(parts[0])
    if field is not None and field.type == "references":
        return field.name
    if field is not None and field.lines is not None and len(parts) == 2:
        first = next((inner.name for inner in field.lines.fields.values() if not inner.computed), "")
        parts.append(first)
    return ".".join(part.replace("~1", "/").replace("~0", "~") for part in parts)


def _label(entity: Entity, name: str, cells: Cells) -> str:
    head, _, rest = name.partition(".")
    field = entity.fields.get(head)
    if field is None:
        return ""
    position, _, inner = rest.partition(".")
    if field.lines is None or not position.isdigit() or inner not in field.lines.fields:
        return cells.label(field)
    label = cells.label(field.lines.fields[inner])
    return cells.words.say(IN_LINE(label=label, number=int(position) + 1))
