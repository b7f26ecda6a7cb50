"""Whether somebody can be found to decide, where the definition alone tells."""

from collections.abc import Iterator

from guanxi.definitions.decisions.boxes import space_of
from guanxi.definitions.decisions.model import Decision, Output
from guanxi.definitions.decisions.spoken import facts_text
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Approve, Asking, Need, Task, walk
from guanxi.definitions.proving.flaws import Flaw, Known
from guanxi.definitions.who import Selector
from guanxi.errors import N_, Text

ANY = Need()
FEW = N_('"{step}" can never be approved: it needs {wanted} people, and never more than {can} are asked.')
FEW_HINT = N_("Ask for fewer, or name more people.")
NOBODY = N_('"{step}" asks nobody where the row "{row}" of "{table}" decides, as for {facts}.')
NOBODY_ELSE = N_('"{step}" asks nobody where no row of "{table}" hits.')
NOBODY_HINT = N_("Name people there, or whom to ask instead.")
SAME_PERSON = N_('"{step}" and "{other}" are to be decided by different people, and both ask only {person}.')
SAME_DECIDER = N_('"{step}" asks who decided "{other}", and may not be decided by the same person.')
SEPARATE_HINT = N_("Ask somebody else in one of them, or do not separate them.")
EDITS = N_('Who fills in "{field}" at "{step}" is asked about it, and may then not decide: it is watched.')
EDITS_HINT = N_('Take it out of "watch", or let an earlier step fill it in.')


def people(process: Process, known: Known) -> Iterator[Flaw]:
    """Steps for which nobody, or too few, can be found, and people who bar themselves."""
    for step in walk(process.steps):
        if not isinstance(step, Asking):
            continue
        most = _most(step.by)
        need = step.need if isinstance(step, Approve) else ANY
        if need.kind == "atLeast" and most is not None and most < need.number:
            text = FEW(step=step.label, wanted=need.number, can=most)
            yield Flaw(step.name, "need", text, FEW_HINT)
        yield from _tables(step, known)
        if isinstance(step, Approve):
            yield from _edits(process, step)
    yield from _separated(process)


def _most(by: tuple[Selector, ...]) -> int | None:
    """How many people can be asked at most; None where the definition does not tell."""
    found = [_size(one) for one in by]
    return None if None in found else max((one for one in found if one is not None), default=0)


def _size(one: Selector) -> int | None:
    if one.teams or one.roles or one.chain_of or one.decider_of or one.decision or one.formula:
        return None
    chosen = one.chosen.most if one.chosen is not None else 0
    return len(one.people) + (one.field is not None) + (one.manager_of is not None) + chosen


def _tables(step: Approve | Task, known: Known) -> Iterator[Flaw]:
    """The rows that name nobody, where nobody else is asked after the table."""
    last = step.by[-1] if step.by else None
    if last is None or last.decision is None or last.where is not None or _others(last):
        return
    table = known.tables.get(last.decision)
    output = table.output(last.output or "") if table is not None else None
    if table is None or output is None or output.measure.type != "who":
        return
    text = _gap(step, table, output)
    if text is not None:
        yield Flaw(step.name, "by", text, NOBODY_HINT)


def _others(one: Selector) -> bool:
    named = (one.people, one.teams, one.roles, one.field, one.manager_of, one.chain_of, one.formula)
    return any(named) or one.decider_of is not None or one.chosen is not None


def _gap(step: Approve | Task, table: Decision, output: Output) -> Text | None:
    space = space_of(table)
    for row, box in zip(table.rows, space.rows, strict=True):
        if output.name in row.then and not row.then[output.name].who and all(box):
            names = [one.name for one in table.inputs]
            facts = facts_text(table, dict(zip(names, space.point(box), strict=True)))
            return NOBODY(step=step.label, row=row.label, table=table.label, facts=facts)
    rest = table.otherwise
    if rest is not None and output.name in rest and not rest[output.name].who:
        return NOBODY_ELSE(step=step.label, table=table.label)
    return None


def _edits(process: Process, step: Approve) -> Iterator[Flaw]:
    watched = {path.partition(".")[0] for path in process.places[step.name].watch}
    for name, access in step.fields.items():
        if access in ("editable", "required") and name in watched:
            text = EDITS(field=name, step=step.label)
            yield Flaw(step.name, f"fields/{name}", text, EDITS_HINT, warning=True)


def _separated(process: Process) -> Iterator[Flaw]:
    for number, group in enumerate(process.policies.separate):
        asked = [place.step for name in group if (place := process.places.get(name)) is not None]
        steps = [one for one in asked if isinstance(one, Asking)]
        key = f"policies/separate/{number}"
        for at, one in enumerate(steps):
            for other in steps[:at]:
                if _only(one.by) and _only(one.by) == _only(other.by):
                    person = _only(one.by)
                    text = SAME_PERSON(step=one.label, other=other.label, person=person)
                    yield Flaw(one.name, key, text, SEPARATE_HINT)
            for selector in one.by:
                if len(one.by) == 1 and selector.decider_of in group and selector == _plain(selector):
                    whom = process.places[selector.decider_of].step
                    text = SAME_DECIDER(step=one.label, other=whom.label)
                    yield Flaw(one.name, key, text, SEPARATE_HINT)


def _plain(one: Selector) -> Selector:
    return Selector(decider_of=one.decider_of)


def _only(by: tuple[Selector, ...]) -> str:
    """The one person whom they name; empty where there is another."""
    if len(by) == 1 and len(by[0].people) == 1 and by[0] == Selector(people=by[0].people):
        return by[0].people[0]
    return ""
