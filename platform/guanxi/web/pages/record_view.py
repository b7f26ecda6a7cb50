"""The page of a record: highlights, path, sections, lines, what refers to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.commands.views import RecordView
from guanxi.definitions import Catalog
from guanxi.definitions.action import Action as Pressable
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.labels import say
from guanxi.definitions.layout import Layout
from guanxi.definitions.layout import Section as LayoutSection
from guanxi.definitions.stages import Transition
from guanxi.definitions.system_fields import field_of
from guanxi.errors import N_
from guanxi.rules.transitions import fillable
from guanxi.web.pages.cells import TONES, Cells, column_of
from guanxi.web.pages.drawing import entity_href
from guanxi.web.rendering.views.lists import Row, with_slots
from guanxi.web.rendering.views.records import Action, PathStage, Section, Table
from guanxi.web.rendering.views.values import Cell, Hidden, Labelled, Link

EDIT, DELETE, RECALL = N_("Edit"), N_("Delete"), N_("Recall")
WHO, WHO_OF = N_("Who would approve?"), N_("Who would approve “{label}”?")
WAS = N_("Created by {name}")


def highlights(cells: Cells, view: RecordView, layout: Layout) -> tuple[Labelled, ...]:
    """The few values that stand on top."""
    fields = (field_of(view.entity, name) for name in layout.highlight if name in view.values)
    return tuple(cells.labelled(f, view.values, view.titles, view.levels.get(f.name, "read")) for f in fields)


def badge(cells: Cells, view: RecordView) -> Cell | None:
    """The stage beside the title."""
    if view.stages is None or view.stages.field not in view.levels:
        return None
    return cells.cell(view.entity.fields[view.stages.field], view.values, view.titles)


def path(cells: Cells, view: RecordView) -> tuple[PathStage, ...]:
    """The stages in order: those before the current one are done."""
    if view.stages is None or view.stages.field not in view.levels:
        return ()
    names = [state.name for state in view.stages.states]
    current = view.values.get(view.stages.field)
    at = names.index(current) if current in names else -1
    last = len(names) - 1
    tag = cells.words.language.tag
    stages = []
    for place, state in enumerate(view.stages.states):
        done = place < at or (place == at == last and TONES.get(state.tint) == "ok")
        bad = place == at and TONES.get(state.tint) == "bad"
        stand = "failed" if bad else "done" if done else "now" if place == at else "todo"
        stages.append(PathStage(say(state.label, tag), stand))  # type: ignore[arg-type] # one of the four
    return tuple(stages)


def actions(cells: Cells, view: RecordView, key: str) -> tuple[Action, ...]:
    """The transitions and actions that can be pressed now, and recall."""
    hidden = (Hidden("_version", str(view.version)), Hidden("_key", key))
    tag = cells.words.language.tag
    base = entity_href(view.entity.name, view.id, "actions")
    pressed = [
        Action(
            label=say(transition.label, tag),
            href=f"{base}/{transition.name}",
            name=transition.name,
            icon="send" if getattr(transition, "approval", None) else "arrow-right",
            style="primary" if place == 0 else "plain",
            hidden=hidden,
            asks=_asks(view, transition),
        )
        for place, transition in enumerate(view.actions)
    ]
    if view.recall:
        recall = cells.words.say(RECALL)
        pressed.append(
            Action(label=recall, href=f"{base}/recall", name="recall", icon="undo-2", hidden=hidden)
        )
    return tuple(pressed)


def routes(cells: Cells, view: RecordView) -> tuple[Link, ...]:
    """For each transition that can be pressed and may need an approval, who would have to give it."""
    base, tag = entity_href(view.entity.name, view.id, "route"), cells.words.language.tag
    asking = [one for one in view.actions if isinstance(one, Transition) and one.approval is not None]
    if len(asking) == 1:
        return (Link(cells.words.say(WHO), f"{base}/{asking[0].name}"),)
    return tuple(
        Link(cells.words.say(WHO_OF(label=say(one.label, tag))), f"{base}/{one.name}") for one in asking
    )


def _asks(view: RecordView, pressed: Transition | Pressable) -> bool:
    """Whether something has to be entered first that the person can enter."""
    if pressed.input is not None:
        return True
    if not isinstance(pressed, Transition) or "update" not in view.can or view.locked:
        return False
    may_write = {name for name, level in view.levels.items() if level == "write"}
    return bool(fillable(view.entity, pressed, view.values, may_write))


def sections(cells: Cells, view: RecordView, layout: Layout) -> tuple[Section, ...]:
    """The field sections of the layout, without fields that are hidden or do not apply.

    Lines stand as a table where the layout places them; what is in their totals is not said again below.
    """
    found = []
    for section in layout.sections:
        if section.related is not None or section.name in view.folded:
            continue
        placed = [place.field for place in section.fields]
        tables = lines_tables(cells, view, placed)
        summed = {label for table in tables for label in (total.label for total in table.totals)}
        fields = tuple(one for one in _fields(cells, view, section) if one.label not in summed)
        if fields or tables:
            label = say(section.label, cells.words.language.tag)
            found.append(Section(label=label, fields=fields, columns=section.columns, tables=tables))
    return tuple(found)


def unplaced_lines(cells: Cells, view: RecordView, layout: Layout) -> tuple[Table, ...]:
    """Tables of the lines that no section of the layout holds."""
    placed = {place.field for section in layout.sections for place in section.fields}
    return lines_tables(cells, view, [f.name for f in view.entity.line_fields if f.name not in placed])


def lines_tables(cells: Cells, view: RecordView, names: Sequence[str]) -> tuple[Table, ...]:
    """A table for each of these lines fields, with the totals that sum it."""
    tables = []
    for field in view.entity.line_fields:
        if field.name not in names or field.lines is None or field.type != "lines":
            continue
        if view.levels.get(field.name) in (None, "masked"):
            continue
        inner = field.lines
        shown = [name for name, one in inner.fields.items() if one.lines is None]
        rows = [
            Row("", [cells.cell(inner.fields[name], line, view.titles) for name in shown])
            for line in view.values.get(field.name) or ()
        ]
        columns = with_slots([column_of(cells, inner, name) for name in shown])
        totals = tuple(_totals(cells, view, field))
        tables.append(Table(label=cells.label(field), icon="list", columns=columns, rows=rows, totals=totals))
    return tuple(tables)


def related_table(
    cells: Cells, catalog: Catalog, view: RecordView, section: LayoutSection, rows: Any, *, create: bool
) -> Table | None:
    """Records that refer to this one, as the layout asks for them."""
    related = section.related
    if related is None:
        return None
    entity = catalog.entities[related.entity]
    scope_names = list(related.columns)
    columns = with_slots([column_of(cells, entity, name) for name in scope_names])
    listed = [
        Row(
            entity_href(entity.name, row.id),
            [
                cells.cell(field_of(entity, name), row.values, row.titles, row.level_of(name))
                for name in scope_names
            ],
        )
        for row in rows.items
    ]
    query = f"{related.via}={view.id}"
    tag = cells.words.language.tag
    more = Link(
        cells.words.say(N_("All {plural}", plural=entity.plural)), f"{entity_href(entity.name)}?{query}"
    )
    new = Link(say(entity.label, tag), f"{entity_href(entity.name, 'new')}?{query}") if create else None
    return Table(
        label=say(section.label, tag),
        icon=entity.icon,
        columns=columns,
        rows=listed,
        more=more if rows.next is not None else None,
        create=new,
    )


def _fields(cells: Cells, view: RecordView, section: LayoutSection) -> Iterator[Labelled]:
    for place in section.fields:
        field = field_of(view.entity, place.field)
        level = view.levels.get(field.name, "read")
        if field.name not in view.values or field.type == "lines" or not applies(view, field):
            continue
        wide = place.span > 1
        labelled = cells.labelled(field, view.values, view.titles, level, wide=wide)
        if place.label is not None:
            labelled = replace(labelled, label=say(place.label, cells.words.language.tag))
        yield replace(labelled, why=why_href(view, field)) if has_reasons(field) else labelled


def has_reasons(field: Field) -> bool:
    """Whether the definition of a field says more than that it is there."""
    conditions = (field.formula, field.visible_when, field.required_when, field.read_only_when)
    return any(one is not None for one in conditions)


def why_href(view: RecordView, field: Field | None = None) -> str:
    """Where it is said why a field is as it is, or what stands against changing the record."""
    return entity_href(view.entity.name, view.id, "why", *([field.name] if field is not None else ()))


def unshown(cells: Cells, view: RecordView, layout: Layout) -> tuple[Link, ...]:
    """The fields of the page that do not apply to the record."""
    placed = {place.field for section in layout.sections for place in section.fields}
    fields = (one for one in view.entity.fields.values() if one.name in placed & view.levels.keys())
    return tuple(
        Link(cells.label(one), why_href(view, one))
        for one in fields
        if one.name in view.values and one.lines is None and not applies(view, one)
    )


def applies(view: RecordView, field: Field) -> bool:
    """Whether the field applies to the record: one that does not, and is empty, is left out."""
    state = view.states.get(field.name)
    return state is None or state.visible or view.values.get(field.name) not in (None, "", [])


def _totals(cells: Cells, view: RecordView, lines: Field) -> Iterator[Labelled]:
    """Money and number fields of the record whose formula adds up the lines."""
    entity: Entity = view.entity
    values: Mapping[str, Any] = view.values
    for field in entity.fields.values():
        summed = field.formula is not None and any(
            read.startswith(f"{lines.name}.") for read in field.formula.reads
        )
        if summed and field.type in ("money", "decimal", "integer") and field.name in view.levels:
            yield cells.labelled(field, values, view.titles, view.levels[field.name])
