"""A route as a page tells it: the flow drawn, and a sentence for everything that decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guanxi.commands.approvals.explanation_views import (
    ChangeView,
    ConditionView,
    NamedView,
    NamingView,
    RouteView,
    StepWhy,
    TableView,
    WayView,
)
from guanxi.commands.views import PersonView
from guanxi.definitions.flow.steps import OTHERWISE
from guanxi.definitions.labels import Label, say
from guanxi.errors import N_, Text
from guanxi.web.api.explain import part_json
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.flow_view import ELSE, Drawn, flow_view
from guanxi.web.pages.why import UNSEEN, why_step
from guanxi.web.rendering.views.explaining import (
    ToldCondition,
    ToldRoute,
    ToldRow,
    ToldStep,
    ToldTable,
    ToldWay,
)
from guanxi.web.rendering.views.flow import Flow

NEEDED, NOT_NEEDED = N_("An approval is needed."), N_("No approval is needed.")
WOULD, WOULD_NOT = N_("An approval would be needed."), N_("No approval would be needed.")
HOLDS, FAILS = N_("It holds: {why}."), N_("It does not hold: {why}.")
HOLDS_UNSEEN = N_("It holds, by values that are not for you to see.")
FAILS_UNSEEN = N_("It does not hold, by values that are not for you to see.")
NO_OTHER = N_("No other condition holds.")
NOT_ASKED_FOR = N_("Another branch was taken before it.")
ALWAYS = N_("It is always taken.")
LEFT_OUT, TAKEN = N_("Left out: its condition does not hold."), N_("Goes on with {ways}.")
NOWHERE = N_("Goes on without any branch.")
ASKED, NOBODY = N_("Asks {people}."), N_("Nobody was found, so an administrator assigns somebody.")
DONE_BY, GOES_ON = N_("Decided by {people}."), N_("Is passed on the way.")
NAMED, NAMED_NOBODY = N_("{who}: {people}"), N_("{who}: nobody")
PASSED = N_("{named} (not asked)")
WHY_NOT: Mapping[str, Text] = {
    "submitter": N_("{person} submitted it and may not approve it."),
    "sender": N_("{person} sent it for somebody else and may not approve it."),
    "editor": N_("{person} was the last to change what is approved and may not approve it."),
    "separated": N_("{person} decided a step that others must decide."),
    "inactive": N_("{person} is not active."),
}
INSTEAD, ADMINISTRATOR = N_("{why} {other} is asked instead."), N_("{why} An administrator assigns somebody.")
WITH, IN_LINE = (
    N_("With {field} {value} instead of {now}, {effect}."),
    N_("With {field} {value} instead of {now} in line {line}, {effect}."),
)
IN_ALL = N_("With {field} of at most {value} in every line, {effect}.")
NO_ONE = N_("nobody would have to approve")
SPARED, COMES_IN = N_("{steps} would not be asked"), N_("{steps} would be asked")
OTHERS, BOTH = N_("others would be asked at {steps}"), N_("{one} and {other}")
EMPTY = N_("empty")


def route_view(cells: Cells, view: RouteView, name: str = "flow") -> tuple[Flow, ToldRoute]:
    """The drawing and the explanation; `name` is the id of the drawing on its page."""
    teller = _Teller(cells)
    people = {step: teller.listed(one.name for one in persons) for step, persons in view.people.items()}
    drawn = Drawn(people=people, submitter=view.submitter.name, status=view.status)
    return flow_view(view.process, view.nodes, cells.words, drawn, name), teller.route(view)


@dataclass(frozen=True, slots=True)
class _Teller:
    cells: Cells

    def route(self, view: RouteView) -> ToldRoute:
        """All that is told."""
        before = view.status is None
        needed, not_needed = (WOULD, WOULD_NOT) if before else (NEEDED, NOT_NEEDED)
        return ToldRoute(
            text=self._say(needed if view.needed else not_needed),
            condition=self._condition(view.condition) if view.condition else None,
            steps=tuple(self._step(one, view.people.get(one.name, ())) for one in view.steps),
            changes=tuple(self._change(one) for one in view.changes),
        )

    def listed(self, texts: Iterable[str]) -> str:
        """Several things, as the reader's language lists them."""
        return ("、" if self._is_chinese else ", ").join(texts)

    @property
    def _is_chinese(self) -> bool:
        return self.cells.words.language.tag.startswith("zh")

    def _say(self, text: Text) -> str:
        return self.cells.words.say(text)

    def _label(self, label: Label) -> str:
        return say(label, self.cells.words.language.tag)

    def _names(self, people: Iterable[PersonView]) -> str:
        return self.listed(one.name for one in people)

    def _condition(self, view: ConditionView) -> ToldCondition:
        if view.why is not None:
            text = (HOLDS if view.holds else FAILS)(why=view.why)
        else:
            text = HOLDS_UNSEEN if view.holds else FAILS_UNSEEN
        parts = tuple(why_step(part_json(part), self.cells.words) for part in view.parts)
        return ToldCondition(self._say(text), view.text, parts)

    def _step(self, view: StepWhy, people: Sequence[PersonView]) -> ToldStep:
        return ToldStep(
            name=view.name,
            label=self._label(view.label),
            state=view.state,
            text=self._text(view, people),
            depth=view.depth,
            condition=self._condition(view.condition) if view.condition else None,
            ways=tuple(self._way(one, view) for one in view.ways),
            people=(*map(self._naming, view.namings), *filter(None, map(self._person, view.people))),
            tables=tuple(self._table(one.table) for one in view.namings if one.table is not None),
        )

    def _text(self, view: StepWhy, people: Sequence[PersonView]) -> str:
        if view.skipped:
            return self._say(LEFT_OUT)
        if view.ways:
            taken = self.listed(f"“{self._branch(way)}”" for way in view.ways if way.taken)
            return self._say(TAKEN(ways=taken) if taken else NOWHERE)
        if view.type not in ("approve", "task"):
            return self._say(GOES_ON)
        if view.state in ("done", "carried", "rejected") and people:
            return self._say(DONE_BY(people=self._names(people)))
        asked = [one.person if one.why is None else one.instead for one in view.people]
        names = self._names(one for one in asked if one is not None)
        return self._say(ASKED(people=names) if names else NOBODY)

    def _branch(self, way: WayView) -> str:
        return self._say(ELSE) if way.name == OTHERWISE else self._label(way.label)

    def _way(self, way: WayView, step: StepWhy) -> ToldWay:
        if way.condition is not None:
            condition = self._condition(way.condition)
        elif step.type == "choose":
            condition = ToldCondition(self._say(NO_OTHER if way.taken else NOT_ASKED_FOR))
        else:
            condition = ToldCondition(self._say(ALWAYS))
        return ToldWay(self._branch(way), way.taken, condition)

    def _naming(self, view: NamingView) -> str:
        who = self.listed(map(self._say, view.who))
        who = who[:1].upper() + who[1:]
        names = self._names(view.people)
        text = self._say(NAMED(who=who, people=names) if names else NAMED_NOBODY(who=who))
        return text if view.counted or not names else self._say(PASSED(named=text))

    def _person(self, view: NamedView) -> str:
        if view.why is None:
            return ""
        why = WHY_NOT[view.why](person=view.person.name)
        if view.instead is None:
            return self._say(ADMINISTRATOR(why=why))
        return self._say(INSTEAD(why=why, other=view.instead.name))

    def _table(self, view: TableView) -> ToldTable:
        first = view.rows[0].cells if view.rows else ()
        return ToldTable(
            label=self._label(view.label),
            inputs=tuple(
                (
                    self._label(cell.label),
                    self._say(UNSEEN)
                    if cell.withheld
                    else self.cells.text(None, cell.value) or self._say(EMPTY),
                )
                for cell in first
            ),
            rows=tuple(
                ToldRow(self._label(row.label), row.hit, tuple(cell.holds for cell in row.cells))
                for row in view.rows
            ),
            refused=self.cells.words.say(view.refused) if view.refused is not None else "",
        )

    def _change(self, view: ChangeView) -> str:
        field = self.cells.label(view.field)
        value = self.cells.text(view.field, view.value, view.currency)
        now = self.cells.text(view.field, view.now, view.currency) or self._say(EMPTY)
        effect = self._effect(view)
        if view.of is not None and view.line is None:
            return self._say(IN_ALL(field=field, value=value, effect=effect))
        if view.line is not None:
            return self._say(IN_LINE(field=field, value=value, now=now, line=view.line, effect=effect))
        return self._say(WITH(field=field, value=value, now=now, effect=effect))

    def _effect(self, view: ChangeView) -> Text:
        if not view.needed:
            return NO_ONE
        parts = [
            text(steps=self.listed(map(self._label, labels)))
            for text, labels in ((SPARED, view.spared), (COMES_IN, view.asked), (OTHERS, view.others))
            if labels
        ]
        first, *rest = parts
        for other in rest:
            first = BOTH(one=first, other=other)
        return first
