"""Telling a route to one actor: with names, and without the values of fields that are not for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guanxi.commands.approvals.card import person
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.disclosing import shows_of_case
from guanxi.commands.approvals.explanation_views import (
    CellView,
    ChangeView,
    ConditionView,
    NamedView,
    NamingView,
    RouteView,
    RowView,
    StepWhy,
    TableView,
    WayView,
)
from guanxi.commands.records.explain_field import StepView
from guanxi.commands.views import PersonView
from guanxi.commands.workspace import Turn
from guanxi.definitions.decisions import Input
from guanxi.errors import Refused
from guanxi.expressions import Explanation, Shows, sentence
from guanxi.rules.who_said import Labels, said
from guanxi.storage.people import titles_of_users
from guanxi.workflow import ChainStep, State, chain
from guanxi.workflow.alternatives import Alternative, alternatives
from guanxi.workflow.explaining import RouteTold, StepTold, TableTold
from guanxi.workflow.picture import picture
from guanxi.workflow.route import Submission


async def route_view(
    turn: Turn, case: Case, state: State, told: RouteTold, *, status: str | None, changes: bool
) -> RouteView:
    """The route of a case as the actor may see it; with `changes`, what would make it another."""
    shows = await shows_of_case(turn, case)
    steps = chain(case.process, state, turn.now, case.facts)
    names = await titles_of_users(turn.session, turn.catalog, _people(told, steps, state))
    teller = _Teller(case, shows, _labels(case), names)
    needed = told.needed is None or told.needed.holds
    return RouteView(
        process=case.process,
        status=status,
        submitter=person(state.submitter, names),
        needed=needed,
        nodes=picture(case.process, state, turn.now, case.facts),
        people={one.step: teller.persons([one.by] if one.by else one.people) for one in steps},
        condition=teller.condition(told.needed),
        steps=tuple(teller.step(one) for one in told.steps) if needed else (),
        changes=tuple(teller.changes(_alternatives(turn, case, state, shows))) if changes else (),
    )


def _alternatives(turn: Turn, case: Case, state: State, shows: Shows) -> Sequence[Alternative]:
    submission = Submission(case.process, state.submitter, turn.now, state.chosen)
    try:
        return alternatives(submission, case.entity, case.facts, case.catalog.decisions, shows)
    except Refused:
        return ()  # a table has no answer for the record as it is


def _labels(case: Case) -> Labels:
    return Labels(
        fields={name: field.label for name, field in case.entity.fields.items()},
        roles={name: role.label for name, role in case.catalog.roles.items()},
        steps={name: place.step.label for name, place in case.process.places.items()},
        tables={name: table.label for name, table in case.catalog.decisions.items()},
    )


def _people(told: RouteTold, steps: Sequence[ChainStep], state: State) -> set[int]:
    found = {state.submitter}
    for one in steps:
        found |= {id_ for id_ in (*one.people, one.by) if id_ is not None}
    for step in told.steps:
        found |= {id_ for naming in step.namings for id_ in naming.people}
        found |= {id_ for one in step.people for id_ in (one.person, one.instead) if id_ is not None}
    return found


@dataclass(frozen=True, slots=True)
class _Teller:
    case: Case
    shows: Shows
    labels: Labels
    names: Mapping[int, str]

    def persons(self, ids: Sequence[int]) -> tuple[PersonView, ...]:
        """People with their names."""
        return tuple(person(id_, self.names) for id_ in ids)

    def condition(self, explanation: Explanation | None) -> ConditionView | None:
        """A condition with the values that may be told."""
        if explanation is None:
            return None
        parts = tuple(StepView(one, not all(map(self.shows, one.reads))) for one in explanation.steps)
        why = sentence(explanation, self.shows)
        return ConditionView(explanation.formula.text, explanation.holds, why, parts)

    def step(self, told: StepTold) -> StepWhy:
        """Why one step is as it is."""
        return StepWhy(
            name=told.step,
            label=told.label,
            type=told.type,
            state=told.state,
            skipped=told.skipped,
            depth=len(told.path),
            condition=self.condition(told.condition),
            ways=tuple(
                WayView(one.name, one.label, one.taken, self.condition(one.condition)) for one in told.ways
            ),
            namings=tuple(
                NamingView(
                    said(one.selector, self.labels),
                    self.persons(one.people),
                    one.counted,
                    self._table(one.table) if one.table else None,
                )
                for one in told.namings
            ),
            people=tuple(
                NamedView(
                    person(one.person, self.names),
                    one.why,
                    person(one.instead, self.names) if one.instead is not None else None,
                )
                for one in told.people
            ),
        )

    def changes(self, found: Sequence[Alternative]) -> Iterator[ChangeView]:
        """What would make the route another."""
        record = self.case.record
        for one in found:
            field, of, line = one.variation.field, one.variation.of, one.variation.line
            holder = record[of.name][line or 0] if of is not None else record
            yield ChangeView(
                field=field,
                of=of,
                line=line + 1 if line is not None else None,
                now=one.now,
                value=one.value,
                currency=holder.get(f"{field.name}.currency") if field.type == "money" else None,
                needed=one.needed,
                asked=one.asked,
                spared=one.spared,
                others=one.others,
            )

    def _table(self, told: TableTold) -> TableView:
        """A table row by row; a refusal names the inputs, so it is told only to who may see all of them."""
        inputs = {one.name: one for one in told.table.inputs}
        hidden = {name for name, one in inputs.items() if not self._may_see(one)}
        rows = tuple(
            RowView(
                row.name,
                next((one.label for one in told.table.rows if one.name == row.name), {}),
                row.hit,
                tuple(
                    CellView(
                        inputs[cell.input].label,
                        inputs[cell.input].measure,
                        None if cell.input in hidden else cell.value,
                        None if cell.input in hidden else cell.holds,
                        cell.input in hidden,
                    )
                    for cell in row.cells
                ),
            )
            for row in told.rows
        )
        refused = told.refused.message if told.refused is not None and not hidden else None
        return TableView(told.table.name, told.table.label, rows, refused)

    def _may_see(self, one: Input) -> bool:
        if one.table is not None:
            return all(map(self.shows, one.table.reads))
        return one.formula is None or all(map(self.shows, one.formula.reads))
