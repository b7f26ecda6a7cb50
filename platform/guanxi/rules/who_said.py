"""A selector in words: whom it means, before anybody is looked up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guanxi.definitions.labels import Label
from guanxi.definitions.who import Selector, Subject
from guanxi.errors import N_, Text
from guanxi.expressions import Formula

Named = Mapping[str, Label]

PEOPLE = N_("people that the definition names")
TEAM, ROLE = N_("the team {name}"), N_("who has the role {name}")
FIELD, SUBMITTER = N_("the person in {field}"), N_("the submitter")
MANAGER, HIGHER = N_("the manager of {whom}"), N_("the manager {level} levels above {whom}")
CHAIN, CHAIN_TO = N_("the managers above {whom}"), N_("the managers above {whom}, up to {end}")
MANAGERS = N_("{number} managers")
DECIDER, TABLE = N_("who decided “{step}”"), N_("whom the table “{table}” names")
CHOSEN, COMPUTED = N_("whom the submitter chose"), N_("the person that {formula} gives")
NARROWED = N_("{who}, where {condition}")


@dataclass(frozen=True, slots=True)
class Labels:
    """What things are called: fields of the entity, roles, steps of the process, tables; by name."""

    fields: Named
    roles: Named
    steps: Named
    tables: Named


def said(selector: Selector, labels: Labels) -> tuple[Text, ...]:
    """Everybody whom a selector names, one text for each of its keys."""
    parts = tuple(_said(selector, labels))
    if selector.where is None:
        return parts
    return tuple(NARROWED(who=part, condition=selector.where.text) for part in parts)


def _said(selector: Selector, labels: Labels) -> Iterator[Text]:
    if selector.people:
        yield PEOPLE
    yield from (TEAM(name=name) for name in selector.teams)
    yield from (ROLE(name=labels.roles.get(name, name)) for name in selector.roles)
    if selector.field is not None:
        yield FIELD(field=_field(selector.field, labels))
    if selector.manager_of is not None:
        whom = _whom(selector.manager_of, labels)
        yield MANAGER(whom=whom) if selector.level == 1 else HIGHER(level=selector.level, whom=whom)
    if selector.chain_of is not None:
        yield _chain(selector.chain_of, selector.up_to, labels)
    if selector.decider_of is not None:
        yield DECIDER(step=labels.steps.get(selector.decider_of, selector.decider_of))
    if selector.decision is not None:
        yield TABLE(table=labels.tables.get(selector.decision, selector.decision))
    if selector.chosen is not None:
        yield CHOSEN
    if selector.formula is not None:
        yield COMPUTED(formula=selector.formula.text)


def _chain(subject: Subject, end: str | int | None, labels: Labels) -> Text:
    whom = _whom(subject, labels)
    if end is None:
        return CHAIN(whom=whom)
    last = ROLE(name=labels.roles.get(end, end)) if isinstance(end, str) else MANAGERS(number=end)
    return CHAIN_TO(whom=whom, end=last)


def _whom(subject: Subject, labels: Labels) -> Text:
    return SUBMITTER if subject.path is None else FIELD(field=_field(subject.path, labels))


def _field(path: Formula, labels: Labels) -> Label | str:
    return labels.fields.get(path.text, path.text)
